"""Which elements of HTML there are, and what each is here."""

from __future__ import annotations

#: What stands in a line: element → type of the token, tag that is printed.
MARKS = {
    "b": ("strong", "strong"),
    "strong": ("strong", "strong"),
    "i": ("em", "em"),
    "em": ("em", "em"),
    "u": ("u", "u"),
    "ins": ("u", "u"),
    "s": ("s", "s"),
    "del": ("s", "s"),
    "mark": ("mark", "mark"),
    "sub": ("sub", "sub"),
    "sup": ("sup", "sup"),
    "small": ("small", "small"),
    "kbd": ("kbd", "kbd"),
}
#: Other elements in a line.
INLINE = frozenset({*MARKS, "br", "code", "a", "img", "span", "ruby", "rt", "rp", "rb", "wbr", "font"})
#: Elements that only hold blocks, or a paragraph.
TRANSPARENT = frozenset({"p", "div", "center", "section", "article", "picture", "details", "rtc"})
#: Elements that blocks are made of.
BLOCKS = TRANSPARENT | {
    *("blockquote", "ul", "ol", "li", "dl", "dt", "dd", "hr", "pre", "summary", "figure", "figcaption"),
    *("h1", "h2", "h3", "h4", "h5", "h6"),
    *("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th"),
}
#: Read, and nothing of them printed: another form of a picture.
SILENT = frozenset({"source"})
#: What these hold is no text.
NOT_TEXT = frozenset(
    {
        "script",
        "style",
        "template",
        "head",
        "title",
        "meta",
        "link",
        "base",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
    }
    | {"canvas", "audio", "video", "track", "map", "area", "select", "input", "textarea", "param", "noscript"}
)
KNOWN = INLINE | BLOCKS | SILENT
#: Other elements of HTML, old ones too: their text is printed. Any other name in angle brackets is text itself.
OTHERS = NOT_TEXT | {
    *(
        "html",
        "body",
        "header",
        "footer",
        "main",
        "nav",
        "aside",
        "address",
        "hgroup",
        "search",
        "menu",
        "dir",
    ),
    *(
        "abbr",
        "bdi",
        "bdo",
        "cite",
        "data",
        "dfn",
        "time",
        "q",
        "samp",
        "var",
        "acronym",
        "big",
        "tt",
        "strike",
    ),
    *("nobr", "basefont", "xmp", "listing", "plaintext", "marquee", "blink", "frame", "frameset", "noframes"),
    *("noembed", "button", "label", "form", "fieldset", "legend", "optgroup", "option", "output", "progress"),
    *("meter", "datalist", "dialog", "slot", "applet", "image"),
}
