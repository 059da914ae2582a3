"""Addresses that lead out: in a layout's HTML, in its CSS, in an issue's text."""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile.case import Box, Case, Ends, add, hostile
from tests.support.projects import picture_bytes

#: Name → sentence, what stands in the template, what the message must tell. {out} is the folder outside.
_HTML: dict[str, tuple[str, str, str]] = {
    "file_in_img": ("a file URL in an img", '<img src="file://{out}/secret.png" alt="x">', "file://"),
    "file_in_link": (
        "a file URL as a style sheet",
        '<link rel="stylesheet" href="file://{out}/secret.css">',
        "file://",
    ),
    "link_attachment": (
        "a file attached by a link element",
        '<link rel="attachment" href="file://{out}/secret.txt">',
        "file://",
    ),
    "a_attachment": (
        "a file attached by an a element",
        '<p><a rel="attachment" href="file://{out}/secret.txt">附件</a></p>',
        "file://",
    ),
    "attachment_below": (
        "an attachment by a path with ../",
        '<link rel="attachment" href="issue/../../../../outside/secret.txt">',
        "secret.txt",
    ),
    "absolute_path": ("an absolute path in an img", '<img src="{out}/secret.png" alt="x">', "secret.png"),
    "dots_in_img": (
        "a path with ../ in an img",
        '<img src="issue/../../../outside/secret.png" alt="x">',
        "secret.png",
    ),
    "encoded_slash": (
        "a path with ..%2f in an img",
        '<img src="issue/..%2f..%2f..%2foutside/secret.png" alt="x">',
        "%2f",
    ),
    "encoded_dots": (
        "a path with %2e%2e/ in an img",
        '<img src="issue/%2e%2e/%2e%2e/%2e%2e/outside/secret.png" alt="x">',
        "%2e",
    ),
    "twice_encoded": (
        "a path encoded twice in an img",
        '<img src="issue/%252e%252e%252f%252e%252e%252foutside/secret.png" alt="x">',
        "%252e",
    ),
    "backslashes": (
        "a path with backslashes in an img",
        '<img src="issue/..\\..\\..\\outside\\secret.png" alt="x">',
        "secret.png",
    ),
    "encoded_nul": ("a path with %00 in an img", '<img src="issue/1.png%00.png" alt="x">', "%00"),
    "http_img": ("an http picture", '<img src="http://127.0.0.1:9/x.png" alt="x">', "http://127.0.0.1"),
    "https_css": (
        "an https style sheet",
        '<link rel="stylesheet" href="https://127.0.0.1:9/x.css">',
        "https://127.0.0.1",
    ),
    "ftp_img": ("an ftp picture", '<img src="ftp://127.0.0.1/x.png" alt="x">', "ftp://"),
    "no_scheme": (
        "a picture without a scheme, //host/x",
        '<img src="//127.0.0.1/x.png" alt="x">',
        "127.0.0.1",
    ),
    "object_element": (
        "a file in an object element",
        '<object data="file://{out}/secret.png">x</object>',
        "file://",
    ),
    "embed_element": ("a file in an embed element", '<embed src="file://{out}/secret.png">', "file://"),
    "style_attribute": (
        "a file in a style attribute",
        '<p style="background: url(file://{out}/secret.png)">x</p>',
        "file://",
    ),
    "style_element": (
        "a file imported by a style element",
        "<style>@import 'file://{out}/secret.css';</style>",
        "file://",
    ),
    "base_element": (
        "a base element that moves every address",
        '<base href="file://{out}/"><img src="secret.png" alt="x">',
        "secret.png",
    ),
    "svg_image": (
        "a file in an image of an inline SVG",
        '<svg width="9" height="9"><image href="file://{out}/secret.png" width="9" height="9"/></svg>',
        "file://",
    ),
    "svg_use_file": (
        "a file used by an inline SVG",
        '<svg width="9" height="9"><use href="file://{out}/secret.svg#a"/></svg>',
        "file://",
    ),
    "svg_file": ("an SVG file as a picture", '<img src="layout/hostile/bomb.svg" alt="x">', "bomb.svg"),
    "huge_data": (
        "a picture in a data URL of 7 MB",
        '<img src="data:image/png;base64,' + "A" * 7_000_000 + '" alt="x">',
        "data:image/png",
    ),
    "font_as_picture": (
        "a device as a picture",
        '<img src="file:///dev/zero" alt="x">',
        "/dev/zero",
    ),
}

#: The same for page.css.
_CSS: dict[str, tuple[str, str, str]] = {
    "file": ("a file URL in CSS", "body {{ background: url(file://{out}/secret.png) }}", "file://"),
    "absolute": ("an absolute path in CSS", "body {{ background: url({out}/secret.png) }}", "secret.png"),
    "dots": (
        "a path with ../ in CSS",
        "body {{ background: url(../../../outside/secret.png) }}",
        "secret.png",
    ),
    "http": ("http in CSS", "body {{ background: url(http://127.0.0.1:9/x.png) }}", "http://127.0.0.1"),
    "no_scheme": ("//host/x in CSS", "body {{ background: url(//127.0.0.1/x.png) }}", "127.0.0.1"),
    "escapes": (
        "a file URL written with CSS escapes",
        "body {{ background: url('\\66\\69\\6c\\65://{out}/secret.png') }}",
        "file://",
    ),
    "import": ("an @import of a file", "@import 'file://{out}/secret.css';", "file://"),
    "import_dots": ("an @import by ../", "@import '../../../outside/secret.css';", "secret.css"),
    "import_http": ("an @import over http", "@import url(http://127.0.0.1:9/x.css);", "http://127.0.0.1"),
    "import_data": ("an @import of a data URL", "@import 'data:text/css,body{{color:red}}';", "data:"),
    "font": (
        "a font from a file",
        "@font-face {{ font-family: X; src: url(file://{out}/secret.otf) }} p {{ font-family: X }}",
        "file://",
    ),
    "font_http": (
        "a font over http",
        "@font-face {{ font-family: X; src: url(http://127.0.0.1:9/x.otf) }} p {{ font-family: X }}",
        "http://127.0.0.1",
    ),
    "font_device": (
        "a device as a font",
        "@font-face {{ font-family: X; src: url(file:///dev/zero) }} p {{ font-family: X }}",
        "/dev/zero",
    ),
    "content": ("a file as content", "p::before {{ content: url(file://{out}/secret.png) }}", "file://"),
    "list": (
        "a file as a list's mark",
        "p {{ display: list-item; list-style-image: url(file://{out}/secret.png) }}",
        "file://",
    ),
    "border": (
        "a file as a border",
        "p {{ border: 9pt solid; border-image-source: url(file://{out}/secret.png) }}",
        "file://",
    ),
    "variable": (
        "a file in a custom property",
        ":root {{ --x: url(file://{out}/secret.png) }} body {{ background: var(--x) }}",
        "file://",
    ),
    "page": ("a file behind the page", "@page {{ background: url(file://{out}/secret.png) }}", "file://"),
    "margin": (
        "a file in the margin of the page",
        "@page {{ @top-left {{ content: url(file://{out}/secret.png) }} }}",
        "file://",
    ),
    "attribute": (
        "an address taken from an attribute",
        "p {{ content: attr(id url); background: url(file://{out}/secret.png) }}",
        "file://",
    ),
}


def _build_html(html: str) -> Callable[[Box], object]:
    def build(box: Box) -> None:
        _outside(box)
        folder = box.layout(html=html.replace("{out}", str(box.outside)))
        (folder / "bomb.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")

    return build


def _build_css(css: str) -> Callable[[Box], object]:
    def build(box: Box) -> None:
        _outside(box)
        box.layout(css=css.format(out=box.outside))

    return build


def _outside(box: Box) -> None:
    """Put files outside that would do harm if they were read."""
    (box.outside / "secret.png").write_bytes(picture_bytes())
    (box.outside / "secret.otf").write_bytes(b"OTTO")
    (box.outside / "secret.css").write_text(f"p::after {{ content: '{box.canary.read_text().strip()}' }}")
    (box.outside / "secret.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><g id='a'/></svg>")


for _name, (_sentence, _html, _tells) in _HTML.items():
    add(
        Case(
            f"html_{_name}",
            _sentence,
            _build_html(_html),
            Ends.ERROR,
            ("CST-E003", "CST-L007"),
            _tells,
            slow="data" in _name,
        )
    )
for _name, (_sentence, _css, _tells) in _CSS.items():
    add(
        Case(
            f"css_{_name}",
            _sentence,
            _build_css(_css),
            Ends.ERROR,
            ("CST-E003", "CST-E002", "CST-L007"),
            _tells,
        )
    )


@hostile(Ends.EITHER)
def css_color_profile(box: Box) -> None:
    """a colour profile from a file"""
    box.layout(css=f"@color-profile --x {{ src: url(file://{box.canary}) }} p {{ color: color(--x 1 0 0) }}")


@hostile(Ends.ERROR, "CST-L007", tells="file:///etc/passwd")
def html_links_to_files_and_scripts(box: Box) -> None:
    """links of a layout to a file and to a script"""
    box.layout(html='<p><a href="file:///etc/passwd">文件</a><a href="javascript:alert(1)">程序</a></p>')


@hostile(Ends.WHOLE, "CST-M010", tells="issue.yaml:10")
def text_links_to_files_and_scripts(box: Box) -> None:
    """links of a text to files, scripts and folders above"""
    targets = (
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "../../../outside/secret.txt",
        "//a/b",
    )
    box.issue("\n\n".join(f"见[这里]({target})和<{target}>。" for target in targets))


@hostile(Ends.EITHER, "CST-M024", "CST-M029", tells="issue.yaml:10")
def text_with_raw_html(box: Box) -> None:
    """raw HTML in a text: an img of a file, a script, an attachment"""
    box.issue(
        f'前<img src="file://{box.canary}">后<script>x</script><link rel="attachment" href="file://{box.canary}">'
    )


@hostile(Ends.WHOLE, "CST-M029", tells="issue.yaml:10")
def text_with_a_picture_of_a_file(box: Box) -> None:
    """a Markdown picture of a file outside"""
    box.issue("![x](../../outside/secret.png)")


@hostile(Ends.ERROR, "CST-L007", tells="(input)")
def fields_that_send_what_is_typed(box: Box) -> None:
    """a form whose fields would be filled in and sent"""
    box.layout(
        css="input, button { appearance: auto }",
        html='<form action="http://127.0.0.1:9/"><input name="x"><button>送</button></form>',
    )


@hostile(Ends.EITHER)
def frames_and_scripts(box: Box) -> None:
    """an iframe of a file, a script, a meta refresh, a form, a video"""
    out = f"file://{box.canary}"
    box.layout(
        html=f'<iframe src="{out}"></iframe><script src="{out}"></script><video src="{out}"></video>'
        f'<meta http-equiv="refresh" content="0;url={out}"><form action="{out}"><input name="x"></form>'
    )
