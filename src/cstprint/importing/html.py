"""A web page to a document: its article is found, its blocks become Markdown, its pictures pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from cstprint.diagnostics import Diagnostic, error, msg, note
from cstprint.importing.document import Document, Head, Picture, Piece, Text
from cstprint.importing.html_blocks import BLOCKS, is_hidden, line_of, markdown_of, picture_of
from cstprint.importing.looks import LARGER, may_be_head
from cstprint.importing.page import article_of
from cstprint.issue.markdown.html_tree import text_of
from cstprint.source import SourceFile, Span

_HEADS = {f"h{level}": level for level in range(1, 7)}
_WRAPPERS = frozenset(
    """
    html body div section article main header center figure picture span font details fieldset
    """.split()  # noqa: SIM905 - words, to be read as such
)
#: What pages of public accounts print around an article: nothing of it belongs into an issue.
_AROUND = re.compile(
    r"(?:点击|點擊|长按|長按|扫码|掃碼|扫描|识别|識別|关注|關注|订阅|加入|阅读原文|閱讀原文|往期(?:推荐|精选|回顾)|点个?(?:赞|在看)|分享[、，]?收藏|↑|↓|end\b)",
    re.IGNORECASE,
)
_LONGEST_AROUND = 40
_SIZE = re.compile(r"font-size\s*:\s*([\d.]+)\s*(px|pt|em|rem)", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_PX = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0}
#: How far a text is looked for in the source, where it may be written otherwise.
_REACH = 20_000
#: How deep elements may stand in each other; pages that people write have less than a third of it.
MAX_DEPTH = 150


def read_html(file: SourceFile) -> Document:
    """Return the document of a web page."""
    import tinyhtml5

    root = tinyhtml5.parse(file.text, namespace_html_elements=False)
    if _is_deeper(root, MAX_DEPTH):
        message = msg("The elements of the page are nested more than {limit} deep.", limit=MAX_DEPTH)
        return Document((), found=(error("CST-I001", message, span=Span.point(file, 1, 1)),))
    body, meta = article_of(root)
    reading = _Reading(file, Span.point(file, 1, 1))
    has_heads = any(node.tag in _HEADS for node in body.iter())
    reading.blocks(body)
    pieces = reading.pieces if has_heads else reading.with_heads()
    return Document(tuple(reading.without_surroundings(pieces)), meta, {}, tuple(reading.found))


@dataclass(slots=True)
class _Reading:
    """Reads the blocks of a page; ``sizes`` are those of the type (px) of its texts, 0 where nothing says it."""

    file: SourceFile
    start: Span
    pieces: list[Piece] = field(default_factory=list)
    sizes: list[tuple[float, bool]] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)
    at: int = 0

    def blocks(self, node: Element) -> None:
        """Read what is in an element, block by block; runs of text between blocks are paragraphs."""
        run: list[Element | str] = [node.text or ""]
        for child in node:
            if not isinstance(child.tag, str) or is_hidden(child):
                run.append(child.tail or "")
                continue
            if child.tag in BLOCKS or (child.tag in _WRAPPERS and _holds_blocks(child)) or child.tag == "img":
                self._paragraph(run)
                run = []
                self._block(child)
            else:
                run.append(child)
            run.append(child.tail or "")
        self._paragraph(run)

    def _block(self, node: Element) -> None:
        if node.tag in _HEADS:
            self._head(node)
        elif node.tag == "img":
            if picture := picture_of(node, self._span(node.get("alt", ""))):
                self._add(picture)
        elif node.tag == "figure":
            self._figure(node)
        elif node.tag in _WRAPPERS or (node.tag == "p" and _holds_blocks(node)):
            self.blocks(node)
        elif node.tag == "p":
            self._paragraph([node], node)
        elif text := markdown_of([node]):
            self._add(Text(text, self._span(text_of(node))))

    def _head(self, node: Element) -> None:
        """Read a heading; one that nobody closed holds what follows it, and its text ends at the first block."""
        children = list(node)
        end = next((number for number, child in enumerate(children) if child.tag in BLOCKS), len(children))
        run: list[Element | str] = [node.text or ""]
        for child in children[:end]:
            run += [child, child.tail or ""]
        rest = children[end:]
        said = line_of(run)
        if not said:
            run, rest = [node], []
            said = line_of(run)
        if said:
            whole = "".join(one if isinstance(one, str) else text_of(one) for one in run)
            self._add(Head(_HEADS[node.tag], " ".join(said.split("\n")), self._span(whole)))
        if rest:
            following = Element("div")
            following.extend(rest)
            self.blocks(following)

    def _figure(self, node: Element) -> None:
        caption = next(iter(node.iter("figcaption")), None)
        said = markdown_of([caption], inline=True) if caption is not None else ""
        pictures = [one for image in node.iter("img") if (one := picture_of(image, self._span(said)))]
        for number, picture in enumerate(pictures, start=1):
            last = number == len(pictures)
            self._add(Picture(picture.address, picture.alt, said if last else picture.caption, picture.span))
        if not pictures:
            self.blocks(node)

    def _paragraph(self, run: Sequence[Element | str], node: Element | None = None) -> None:
        if text := markdown_of(run, inline=True):
            whole = "".join(one if isinstance(one, str) else text_of(one) for one in run)
            self._add(Text(text, self._span(whole), is_paragraph=True), _look_of(run, node))

    def _add(self, piece: Piece, look: tuple[float, bool] = (0.0, False)) -> None:
        self.pieces.append(piece)
        self.sizes.append(look)

    def _span(self, text: str) -> Span:
        """Return where a text stands in the source, as far as it is found there."""
        needle = text.strip()[:10]
        found = self.file.text.find(needle, self.at, self.at + _REACH) if needle else -1
        if found < 0:
            return self.file.place_of(self.at) if self.at else self.start
        self.at = found
        return self.file.place_of(found)

    def with_heads(self) -> list[Piece]:
        """Return the pieces, with short paragraphs of bold or larger type as heads."""
        lengths = Counter[float]()
        for piece, (size, _) in zip(self.pieces, self.sizes, strict=True):
            if isinstance(piece, Text):
                lengths[size] += len(piece.markdown)
        usual = max(lengths, key=lengths.__getitem__, default=0.0)
        found: list[Piece] = []
        count = 0
        for piece, (size, bold) in zip(self.pieces, self.sizes, strict=True):
            large = size > LARGER * usual > 0
            if isinstance(piece, Text) and (bold or large) and may_be_head(piece.markdown.strip("*")):
                found.append(Head(2, re.sub(r"^\*\*(.*)\*\*$", r"\1", piece.markdown), piece.span))
                count += 1
            else:
                found.append(piece)
        if count:
            message = msg(
                "Short paragraphs in bold or larger type are read as headings: {count}.", count=count
            )
            self.found.append(note("CST-I005", message, span=self.start))
        return found

    def without_surroundings(self, pieces: Sequence[Piece]) -> Iterator[Piece]:
        """Yield the pieces without lines that ask to follow, to scan or to read on."""
        for piece in pieces:
            is_line = (
                isinstance(piece, Text) and piece.is_paragraph and len(piece.markdown) <= _LONGEST_AROUND
            )
            if is_line and isinstance(piece, Text) and _AROUND.match(piece.markdown.strip("*_ \u3000【[（(")):
                self.found.append(
                    note(
                        "CST-I006",
                        msg("Left out: “{text}”.", text=piece.markdown.strip("*")),
                        span=piece.span,
                    )
                )
            else:
                yield piece


def _is_deeper(root: Element, limit: int) -> bool:
    level = [root]
    for _ in range(limit):
        level = [child for node in level for child in node]
        if not level:
            return False
    return True


def _holds_blocks(node: Element) -> bool:
    return any(
        isinstance(inner.tag, str)
        and (inner.tag in BLOCKS or inner.tag in ("img", "figure"))
        and inner is not node
        for inner in node.iter()
    )


def _look_of(run: Sequence[Element | str], node: Element | None) -> tuple[float, bool]:
    """Return the size (px) of a paragraph's type, 0 where nothing says it, and whether all of it is bold."""
    elements = [one for one in run if isinstance(one, Element)]
    size = 0.0
    for element in (*([node] if node is not None else ()), *elements):
        for inner in element.iter():
            if match := _SIZE.search(inner.get("style", "")):
                size = max(size, float(match[1]) * _PX[match[2].lower()])
    letters = sum(len("".join(text_of(one).split())) for one in elements)
    bold = sum(len("".join(text_of(one).split())) for element in elements for one in _bold(element))
    loose = any(isinstance(one, str) and one.strip() for one in run)
    return size, 0 < letters <= bold and not loose


def _bold(node: Element) -> Iterator[Element]:
    """Yield the outermost bold elements."""
    if node.tag in ("b", "strong") or _BOLD.search(node.get("style", "")):
        yield node
        return
    for child in node:
        if isinstance(child.tag, str):
            yield from _bold(child)
