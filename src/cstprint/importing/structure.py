"""Heads to an issue: which is its headline, which are sections, which articles, which stand in their texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cstprint.diagnostics import Diagnostic, msg, note
from cstprint.importing.contents import contents_at, letters_of
from cstprint.importing.document import Article, Document, Head, Issue, Picture, Piece, Section, Text

#: A section's own text before its first article is short; more of it is an article with sub-headings.
_LONGEST_INTRO = 400
#: The levels of headings in a text.
_DEPTHS = 3
#: Lines that say who wrote an article, where it comes from, and when; looked for in its first and last paragraphs.
_SAID = {
    "byline": re.compile(
        r"(?:作者|撰文|撰稿|文|by|author)[ \u3000]*[:：/／|｜][ \u3000]*(\S.{0,60})", re.IGNORECASE
    ),
    "source": re.compile(
        r"[（(]?(?:来源|來源|文章来源|source)[ \u3000]*[:：][ \u3000]*(\S[^()（）]{0,60})[）)]?",
        re.IGNORECASE,
    ),
    "date": re.compile(
        r"(?:(?:发布|发表|撰写)?(?:日期|时间)|date)[ \u3000]*[:：][ \u3000]*(\S.{0,30})", re.IGNORECASE
    ),
}
_ENDS = 3
#: Headings that are counted stand in one text.
_NUMBERED = re.compile(
    r"(?:第?[一二三四五六七八九十]+[、.．章节]|[（(][一二三四五六七八九十\d]+[）)]|\d+[、.．)）])"
)
_NAMES = re.compile(r"[、，,;；]|\band\b|&")


@dataclass(slots=True)
class Structuring:
    """Makes an issue, and remembers what was guessed."""

    found: list[Diagnostic] = field(default_factory=list)

    def of_document(self, document: Document, name: str) -> Issue:
        """Return the issue of one document; ``name`` stands in for a headline where there is none."""
        pieces = self._without_contents(document.pieces)
        headline, pieces = self._headline(pieces, document.meta)
        heads = [piece.level for piece in pieces if isinstance(piece, Head)]
        issue = Issue([], headline, definitions=dict(document.definitions))
        if not heads:
            article = Article(headline or name, _in_text(pieces, ()))
            issue.headline = ""
            self._say(article, document.meta)
            self._said_in(article)
            issue.sections = [Section("", [article])]
            return issue
        levels = sorted(set(heads))
        lead, groups = _groups(pieces, levels[0])
        issue.cover = _in_text(lead, ())
        if len(levels) > 1 and self._are_sections(groups, levels[1]):
            issue.sections = [self._section(head, inside, levels) for head, inside in groups]
        else:
            articles = _articles(groups, levels[1:])
            issue.sections = [Section("", articles)]
        for article in issue.articles:
            self._said_in(article)
        self._remark(issue, groups)
        return issue

    def of_folder(self, documents: Sequence[tuple[str, Document]]) -> Issue:
        """Return the issue of a folder whose files are its articles; with each goes its name."""
        issue = Issue([Section("", [])])
        for number, (name, document) in enumerate(documents, start=1):
            headline, pieces = self._headline(self._without_contents(document.pieces), document.meta)
            levels = sorted({piece.level for piece in pieces if isinstance(piece, Head)})
            article = Article(headline or name, _in_text(pieces, levels))
            self._say(article, document.meta)
            self._said_in(article)
            own = {
                label: f"[^{number}-{label[2:]}" for label in document.definitions if label.startswith("[^")
            }
            issue.definitions |= {own.get(label, label): text for label, text in document.definitions.items()}
            _rename(article, issue.definitions, own)
            issue.sections[0].articles.append(article)
        return issue

    def _without_contents(self, pieces: Sequence[Piece]) -> list[Piece]:
        found = contents_at(pieces)
        if found is None:
            return list(pieces)
        place, strangers = found
        self.found.append(
            note(
                "CST-I006",
                msg("Left out: a typed table of contents; the layout makes it from the titles."),
                span=pieces[place.start].span,
                hint=msg("These of its entries are not headings: {entries}", entries=strangers[:12])
                if strangers
                else None,
            )
        )
        return [*pieces[: place.start], *pieces[place.stop :]]

    def _headline(self, pieces: Sequence[Piece], meta: Mapping[str, str]) -> tuple[str, list[Piece]]:
        """Return the headline of a document, and the pieces without it."""
        heads = [piece for piece in pieces if isinstance(piece, Head)]
        said = meta.get("title", "")
        if heads:
            first = heads[0]
            alone = sum(head.level <= first.level for head in heads) == 1
            if alone and (not said or letters_of(said) == letters_of(first.text)):
                return first.text, [piece for piece in pieces if piece is not first]
        return said, list(pieces)

    def _are_sections(self, groups: Sequence[tuple[Head, list[Piece]]], level: int) -> bool:
        """Return whether the heads above ``level`` are sections, and those of it articles."""
        counts = [len(_heads([group], level)) for group in groups]
        leads = [_groups(inside, level)[0] for _, inside in groups]
        numbered = sum(bool(_NUMBERED.match(one.text)) for one in _heads(groups, level))
        short = 2 * numbered < sum(counts) and all(
            all(isinstance(one, Text) and one.is_paragraph for one in lead)
            and sum(len(one.markdown) for one in lead if isinstance(one, Text)) <= _LONGEST_INTRO
            for lead in leads
        )
        return short and min(counts) >= 1 and 2 * sum(count >= 2 for count in counts) >= len(counts)

    def _section(self, head: Head, inside: list[Piece], levels: Sequence[int]) -> Section:
        lead, groups = _groups(inside, levels[1])
        return Section(head.text, _articles(groups, levels[2:]), _in_text(lead, ()))

    def _say(self, article: Article, meta: Mapping[str, str]) -> None:
        """Give an article what the front matter says of it."""
        article.subtitle = meta.get("subtitle", "")
        article.byline = _names(meta.get("author", "") or meta.get("authors", "") or meta.get("byline", ""))
        article.date = meta.get("date", "").partition("T")[0].partition(" ")[0]
        article.source = meta.get("source", "")

    def _said_in(self, article: Article) -> None:
        """Take subtitle and standfirst, and the lines that say author, source and date, out of an article's text."""
        _take_roles(article)
        for where in (article.body[:_ENDS], article.body[-_ENDS:]):
            for piece in where:
                if not isinstance(piece, Text) or not piece.is_paragraph or piece not in article.body:
                    continue
                text = piece.markdown.strip().strip("*_")
                for key, pattern in _SAID.items():
                    match = pattern.fullmatch(text)
                    if match and len(article.body) > 1 and not getattr(article, key):
                        value = match[1].strip()
                        setattr(article, key, _names(value) if key == "byline" else value)
                        article.body.remove(piece)
                        message = msg("Read as the article's {key}: {value}", key=key, value=value)
                        self.found.append(note("CST-I005", message, span=piece.span))
                        break

    def _remark(self, issue: Issue, groups: Sequence[tuple[Head, list[Piece]]]) -> None:
        names = [section.name for section in issue.sections if section.name]
        kind = msg("sections with articles") if names else msg("articles")
        self.found.append(
            note(
                "CST-I005",
                msg("Headings of level {level} are read as {kind}.", level=groups[0][0].level, kind=kind),
                span=groups[0][0].span,
            )
        )


def _take_roles(article: Article) -> None:
    """Take what the document says is the subtitle and the standfirst out of the beginning of an article."""
    for role in ("subtitle", "standfirst"):
        first = article.body[0] if article.body else None
        if (
            isinstance(first, Text)
            and first.role == role
            and len(article.body) > 1
            and not getattr(article, role)
        ):
            setattr(article, role, first.markdown)
            del article.body[0]


def _heads(groups: Sequence[tuple[Head, list[Piece]]], level: int) -> list[Head]:
    return [one for _, inside in groups for one in inside if isinstance(one, Head) and one.level == level]


def _groups(pieces: Sequence[Piece], level: int) -> tuple[list[Piece], list[tuple[Head, list[Piece]]]]:
    """Return what stands before the first head of a level, and each such head with what follows it."""
    lead: list[Piece] = []
    groups: list[tuple[Head, list[Piece]]] = []
    for piece in pieces:
        if isinstance(piece, Head) and piece.level <= level:
            groups.append((piece, []))
        else:
            (groups[-1][1] if groups else lead).append(piece)
    return lead, groups


def _articles(groups: Sequence[tuple[Head, list[Piece]]], below: Sequence[int]) -> list[Article]:
    """Return the articles; a head without a text becomes a heading in the article before it, or after it."""
    articles: list[Article] = []
    waiting: list[Text | Picture] = []
    for head, inside in groups:
        if inside:
            articles.append(Article(head.text, [*waiting, *_in_text(inside, below)]))
            waiting = []
        elif articles:
            articles[-1].body.append(_heading(head, 1))
        else:
            waiting.append(_heading(head, 1))
    if waiting:  # heads alone
        articles.append(Article(groups[0][0].text, waiting[1:] or waiting))
    return articles


def _in_text(pieces: Sequence[Piece], below: Sequence[int]) -> list[Text | Picture]:
    """Return pieces with their heads as headings of a text; ``below`` has the levels of these, from the highest."""
    depths = {level: min(depth, _DEPTHS) for depth, level in enumerate(below, start=1)}
    return [_heading(one, depths.get(one.level, _DEPTHS)) if isinstance(one, Head) else one for one in pieces]


def _heading(head: Head, depth: int) -> Text:
    return Text(f"{'#' * depth} {head.text}", head.span)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in _NAMES.split(text) if name.strip())


def _rename(article: Article, definitions: dict[str, str], names: Mapping[str, str]) -> None:
    """Give the notes of one of several files labels of their own."""
    for old, new in names.items():
        definitions[new] = definitions[new].replace(old, new, 1)
    pattern = re.compile("|".join(map(re.escape, names)) or "(?!)")
    for number, piece in enumerate(article.body):
        if isinstance(piece, Text):
            article.body[number] = replace(piece, markdown=pattern.sub(lambda m: names[m[0]], piece.markdown))


def called(markdown: str, definitions: Mapping[str, str]) -> Iterator[str]:
    """Yield the labels of the definitions that a text calls, and those that they call."""
    waiting, seen = [markdown], set()
    while waiting:
        text = waiting.pop()
        for match in re.finditer(r"\[([^\[\]]+)\]", text):
            label = match[0] if match[0].startswith("[^") else match[0].lower()
            if label in definitions and label not in seen:
                seen.add(label)
                waiting.append(definitions[label].partition("]:")[2])
                yield label
