"""Links within the text, ``[…](#heading)``: to a heading by its text, as GitHub does, or by the name of anything."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from cstprint.blocks.common.block import Block, walk
from cstprint.blocks.heading import Heading
from cstprint.diagnostics import Diagnostic
from cstprint.issue.markdown.inline import leads_nowhere
from cstprint.issue.markdown.plain import LETTERS
from cstprint.issue.model import Issue
from cstprint.issue.names import targets
from cstprint.issue.tokens import tokens_in

_BLANK = re.compile(r"\s")


def slug_of(heading: str) -> str:
    """Return what GitHub calls a heading in addresses: small letters, blanks as hyphens, no marks."""
    kept = (
        character
        for character in heading.translate(LETTERS).strip().lower()
        if character in "-_ " or unicodedata.category(character)[0] in "LMN"
    )
    return _BLANK.sub("-", "".join(kept))


def resolve_anchors(issue: Issue) -> Iterator[Diagnostic]:
    """Make links within the text lead to the ids of the page; yield a warning for each that leads nowhere."""
    everywhere: dict[str, str] = {}
    parts: list[object] = [
        (issue.headline, issue.cover, issue.cover_notes, *_heads(issue)),
        *((article, article.notes) for article in issue.articles),
    ]
    local = [_anchors(issue.cover), *(_anchors(article.blocks) for article in issue.articles)]
    for anchors in local:
        everywhere = {**anchors, **everywhere}
    for article in issue.articles:
        everywhere.setdefault(slug_of(article.title.plain), article.id)
    everywhere.update((str(target.name), target.id) for target in targets(issue))
    ids = {section.id for section in issue.sections} | {article.id for article in issue.articles}
    ids |= {block.id for block in issue.blocks()}
    for part, anchors in zip(parts, local, strict=True):
        yield from _resolve(part, {**{one: one for one in ids}, **everywhere, **anchors})


def _heads(issue: Issue) -> Iterator[object]:
    """Yield the texts of sections that stand in no article."""
    for section in issue.sections:
        yield section.title, section.intro, section.notes


def _resolve(part: object, anchors: dict[str, str]) -> Iterator[Diagnostic]:
    for link in tokens_in(part, "link_open"):
        address = str(link.attrGet("href") or "")
        if not address.startswith("#"):
            continue
        typed = unquote(address[1:])
        target = anchors.get(typed) or anchors.get(slug_of(typed))
        if target:
            link.attrs["href"] = f"#{target}"
        else:
            link.attrs = {}
            yield leads_nowhere(f"#{typed}", link.meta["span"])


def _anchors(blocks: Iterable[Block]) -> dict[str, str]:
    """Return the ids of headings by what they are called in addresses; the second of a text is called text-1."""
    found: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for block in walk(blocks):
        if not isinstance(block, Heading):
            continue
        slug = slug_of(block.content.plain)
        again = seen[slug]
        seen[slug] += 1
        found.setdefault(f"{slug}-{again}" if again else slug, block.id)
        if block.anchor:
            found.setdefault(block.anchor, block.id)
    return found
