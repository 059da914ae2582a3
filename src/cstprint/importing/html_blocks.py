"""Elements of HTML to Markdown; what Markdown cannot say stays HTML, which issues may hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from html import escape
from xml.etree.ElementTree import Element

from cstprint.blocks.common.links import may_lead
from cstprint.importing.document import Picture
from cstprint.issue.markdown.grammar import parse_inline
from cstprint.issue.markdown.html_tree import text_of
from cstprint.source import Span

#: Elements that stand for themselves.
BLOCKS = frozenset(
    """
    p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre hr figure address div section article
    main center header
    """.split()  # noqa: SIM905 - words, to be read as such
)
_LISTS = frozenset(("ul", "ol"))
_MARKS = {
    "b": "**",
    "strong": "**",
    "i": "*",
    "em": "*",
    "s": "~~",
    "del": "~~",
    "strike": "~~",
    "mark": "==",
}
_SIGNS = {"strong": "**", "em": "*", "s": "~~", "mark": "=="}
#: The attribute of an element whose mark is to be written as HTML; no page has it.
_AS_HTML = "as HTML"
#: Marks that Markdown has no sign for, or not for every text.
_KEPT = frozenset(["u", "ins", "sub", "sup", "kbd", "small"])
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
#: Without the closing bracket: from \[ to \] is a formula.
_SPECIAL = re.compile(r"([\\`*_\[<>$~^=|#])")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
#: What at the beginning of a line begins a block.
_BEGINS = re.compile(r"(?m)^(\s*)([-+>#|:]|(?:=+|-+)$)")
_NUMBERS = re.compile(r"(?m)^(\s*\d{1,9})([.)])(?=\s|$)")
_ENDS = re.compile(r"^(?:\\\n\s*)+|(?<![\\\n])(?:\n?\\\n?)+$|^\\$")
_SCRIPT = re.compile(r"[A-Za-z0-9+\-−()]{1,8}")


def is_hidden(node: Element) -> bool:
    """Return whether an element is not shown: by its style or its ``hidden``."""
    return node.get("hidden") is not None or bool(_HIDDEN.search(node.get("style", "")))


def picture_of(image: Element, span: Span) -> Picture | None:
    """Return the picture of an ``img``; ``None`` for one that has no address, or is a point that counts readers."""
    address = next(
        (image.get(name, "") for name in ("data-src", "data-original", "src") if image.get(name, "").strip()),
        "",
    ).strip()
    if not address or image.get("width") == "1" or image.get("height") == "1":
        return None
    return Picture(
        address, " ".join(image.get("alt", "").split()), " ".join(image.get("title", "").split()), span
    )


def markdown_of(run: Sequence[Element | str], *, inline: bool = False) -> str:
    """Return elements and texts as Markdown: blocks, or one paragraph with ``inline``."""
    if inline:
        return _NUMBERS.sub(r"\1\\\2", _BEGINS.sub(r"\1\\\2", line_of(run)))
    return "\n\n".join(block for one in run if isinstance(one, Element) for block in _blocks(one))


def line_of(run: Sequence[Element | str]) -> str:
    """Return running text as Markdown for where no block can begin: in headings, captions, titles."""
    text = _tidied("".join(_inline(one) for one in run))
    if _is_read_as_meant(run, text):
        return text
    return _tidied("".join(_inline(_in_html(one)) for one in run))


def _is_read_as_meant(run: Sequence[Element | str], text: str) -> bool:
    """Return whether the marks in a text are read as marks, around the letters that they stand around.

    Signs beside signs and beside punctuation are not always.
    """
    elements = [inner for one in run if isinstance(one, Element) for inner in one.iter()]
    if not any(inner.tag in _MARKS for inner in elements):
        return True
    read: list[tuple[str, frozenset[str]]] = []
    opened: list[str] = []
    for token in parse_inline(text).children or ():
        name, _, end = token.type.rpartition("_")
        if end == "open" and name in _SIGNS:
            opened.append(_SIGNS[name])
        elif end == "close" and name in _SIGNS:
            opened.remove(_SIGNS[name])
        elif token.type == "text":
            read += [(letter, frozenset(opened)) for letter in "".join(token.content.split())]
    return read == [letter for one in run for letter in _spelled(one, frozenset())]


def _spelled(one: Element | str, marks: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the letters of running text, each with the signs of the marks around it."""
    if isinstance(one, str):
        yield from ((letter, marks) for letter in "".join(one.split()))
    elif one.tag not in _WRITTEN and not is_hidden(one):
        inside = marks | {_MARKS[str(one.tag)]} if one.tag in _MARKS else marks
        for part in _content(one):
            if isinstance(part, str) or isinstance(part.tag, str):
                yield from _spelled(part, inside)


def _in_html(one: Element | str) -> Element | str:
    """Return an element whose marks are written as HTML."""
    if isinstance(one, str):
        return one
    node = deepcopy(one)
    for inner in node.iter():
        if inner.tag in _MARKS:
            inner.set(_AS_HTML, "")
    return node


# ── blocks ──


def _blocks(node: Element) -> Iterator[str]:
    if node.tag in _LISTS:
        yield _list(node)
    elif node.tag == "blockquote":
        inside = "\n\n".join(_inside(node))
        yield "\n".join(f"> {line}".rstrip() for line in inside.split("\n"))
    elif node.tag == "pre":
        code = text_of(node).strip("\n")
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", code)), default=0))
        yield f"{fence}\n{code}\n{fence}"
    elif node.tag == "hr":
        yield "---"
    elif node.tag == "table":
        yield _table(node)
    elif node.tag == "dl":
        yield "\n".join(_definitions(node))
    elif any(child.tag in BLOCKS for child in node.iter() if child is not node):
        yield from _inside(node)
    elif text := markdown_of([node], inline=True):
        yield text


def _inside(node: Element) -> Iterator[str]:
    """Yield the blocks in an element; runs of text between them are paragraphs."""
    run: list[Element | str] = [node.text or ""]
    for child in node:
        if isinstance(child.tag, str) and not is_hidden(child):
            if child.tag in BLOCKS:
                if text := markdown_of(run, inline=True):
                    yield text
                run = []
                yield from _blocks(child)
            else:
                run.append(child)
        run.append(child.tail or "")
    if text := markdown_of(run, inline=True):
        yield text


def _list(node: Element) -> str:
    items = [child for child in node if child.tag == "li"]
    start = node.get("start", "1")
    first = int(start) if start.isdigit() else 1
    lines: list[str] = []
    for number, item in enumerate(items, start=first):
        mark = f"{number}. " if node.tag == "ol" else "- "
        blocks = list(_inside(item)) or [""]
        # A list right below a line of its item needs no empty line between.
        inside = blocks[0]
        for block in blocks[1:]:
            nested = re.match(r"(?:- |\d+\. )", block)
            inside += ("\n" if nested else "\n\n") + block
        head, *rest = inside.split("\n")
        lines.append(mark + head)
        lines += [" " * len(mark) + line if line else "" for line in rest]
    return "\n".join(lines)


def _definitions(node: Element) -> Iterator[str]:
    for child in node.iter():
        if child.tag == "dt":
            yield ("\n" if child is not node[0] else "") + markdown_of([child], inline=True)
        elif child.tag == "dd":
            yield ": " + markdown_of([child], inline=True)


def _table(node: Element) -> str:
    """Return a table as lines with |; one that joins cells, or holds blocks in them, stays HTML."""
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in node.iter("tr")]
    cells = [cell for row in rows for cell in row]
    plain = all(
        not ({"rowspan", "colspan"} & set(cell.keys()))
        and not any(inner.tag in _LISTS for inner in cell.iter())
        for cell in cells
    )
    width = max((len(row) for row in rows), default=0)
    jagged = any(len(row) != width for row in rows)
    heads = any(cell.tag == "th" for row in rows[1:] for cell in row[1:])
    if not plain or not width or jagged or heads or node.find("caption") is not None:
        return _html(node)
    texts = [[_cell(cell) for cell in row] for row in rows]
    head, *rest = texts if rows[0][0].tag == "th" or len(rows) > 1 else ([""] * width, *texts)
    lines = [f"| {' | '.join(row)} |" for row in (head, ["---"] * width, *rest)]
    return "\n".join(lines)


def _cell(cell: Element) -> str:
    text = " ".join(" ".join(_inside(cell)).split("\n"))
    return re.sub(r"(?<!\\)\|", r"\\|", text)


def _html(node: Element) -> str:
    """Return an element as HTML, with the attributes that say something and no others."""
    kept = {
        name: value for name, value in node.items() if name in ("rowspan", "colspan", "src", "alt", "href")
    }
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in kept.items())
    inside = escape(_BLANKS.sub(" ", node.text or ""), quote=False)
    for child in node:
        if isinstance(child.tag, str):
            inside += _html(child)
        inside += escape(_BLANKS.sub(" ", child.tail or ""), quote=False)
    if node.tag in ("td", "th") and any(inner.tag in _MARKDOWN_ONLY for inner in node.iter()):
        # Between empty lines Markdown is read in HTML, too.
        return f"<{node.tag}{attributes}>\n\n{markdown_of([*_content(node)], inline=True)}\n\n</{node.tag}>"
    if node.tag in ("span", "font", "section"):
        return inside
    if node.tag in ("br", "img", "col"):
        return f"<{node.tag}{attributes}>"
    line = "\n" if node.tag in ("table", "thead", "tbody", "tr") else ""
    return f"<{node.tag}{attributes}>{line}{inside.strip()}</{node.tag}>{line}".rstrip("\n") + line * (
        node.tag != "table"
    )


def _content(node: Element) -> Iterator[Element | str]:
    yield node.text or ""
    for child in node:
        yield child
        yield child.tail or ""


# ── running text ──


def _inline(one: Element | str) -> str:
    if isinstance(one, str):
        return _escaped(_BLANKS.sub(" ", one))
    if is_hidden(one):
        return ""
    if one.tag in _WRITTEN:
        return _WRITTEN[str(one.tag)](one)
    inside = _inline(one.text or "")
    for child in one:
        inside += (_inline(child) if isinstance(child.tag, str) else "") + _inline(child.tail or "")
    return _marked(one, inside)


def _image(node: Element) -> str:
    address = next((node.get(name) for name in ("data-src", "src") if node.get(name)), "")
    return f"![{_escaped(node.get('alt', ''))}](<{address}>)" if address else ""


def _code(node: Element) -> str:
    code = _BLANKS.sub(" ", text_of(node))
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", code)), default=0))
    return f"{fence}{code}{fence}" if code.strip() else code


def _marked(node: Element, inside: str) -> str:
    text = inside.strip()
    if not text or text == "\\":
        return inside
    before, after = inside[: len(inside) - len(inside.lstrip())], inside[len(inside.rstrip()) :]
    tag = str(node.tag)
    if tag in _MARKS and node.get(_AS_HTML) is None and not _is_marked(text, _MARKS[tag]):
        return f"{before}{_MARKS[tag]}{text}{_MARKS[tag]}{after}"
    if tag in ("sub", "sup") and _SCRIPT.fullmatch(text):
        mark = "~" if tag == "sub" else "^"
        return f"{before}{mark}{text}{mark}{after}"
    if tag in _KEPT or node.get(_AS_HTML) is not None:
        return f"{before}<{tag}>{text}</{tag}>{after}"
    if tag == "a" and may_lead(address := node.get("href", "")) and not address.startswith("#"):
        return (
            f"{before}[{text}](<{address}>){after}"
            if re.search(r"[\s()]", address)
            else f"{before}[{text}]({address}){after}"
        )
    return inside


def _is_marked(text: str, mark: str) -> bool:
    """Return whether a text begins with a mark already; two stars may stand in one, and one in two."""
    stars = len(text) - len(text.lstrip("*"))
    return text.startswith(mark) and (mark[0] != "*" or stars in (len(mark), 3))


def _ruby(node: Element) -> str:
    """Return 漢字（かんじ）: readings in brackets after what they are of."""
    base = node.text or ""
    reading = ""
    for child in node:
        if child.tag == "rt":
            reading += text_of(child)
        elif child.tag == "rb":
            base += text_of(child)
        base += child.tail or ""
    base, reading = "".join(base.split()), "".join(reading.split())
    return _escaped(f"{base}（{reading}）" if reading else base)


def _note_call(node: Element) -> str:
    return f"[^{node.get('label', '')}]"


def _formula(node: Element) -> str:
    return f"${node.text}$" if node.text else ""


#: What is said in Markdown alone: calls of notes, formulas.
_MARKDOWN_ONLY = ("Note", "Formula")
#: Elements that are not written as their text with marks around it: those of HTML, and two of readers of other files,
#: with capitals, which no parser of HTML gives.
_WRITTEN: dict[str, Callable[[Element], str]] = {
    "br": lambda _: "\\\n",
    "img": _image,
    "code": _code,
    "ruby": _ruby,
    "Note": _note_call,
    "Formula": _formula,
}


def _escaped(text: str) -> str:
    """Return a text with backslashes before what would be a mark, where anything would be."""
    if not _SPECIAL.search(text):
        return text
    children = parse_inline(text).children or ()
    if (
        all(child.type == "text" for child in children)
        and "".join(child.content for child in children) == text
    ):
        return text
    return _SPECIAL.sub(r"\\\1", text)


def _tidied(text: str) -> str:
    """Return running text without blanks at the ends of its lines, and without line ends around it."""
    lines = [line.strip(" ") for line in re.sub(r" {2,}", " ", text).split("\n")]
    # A line end at either end of a paragraph ends nothing; two of them part paragraphs.
    text = _ENDS.sub("", "\n".join(lines).strip())
    return re.sub(r"(?:\\\n){2,}", "\n\n", text)
