"""Templates that reach for Python, for files outside the chain, or for all the time and memory there is."""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile.case import SHORT, Box, Case, Ends, add, hostile

#: Of what the parser refuses the file must be told, of the rest the line too; who includes himself is everywhere.
_WHERE = "layouts/hostile/issue.html.j2:3"
_PARSED = {"nested_blocks", "nested_brackets", "unclosed", "huge_index"}

#: Name → sentence, template; each is refused where it stands.
_REFUSED: dict[str, tuple[str, str]] = {
    "classes": ("a template that reaches for classes", "{{ ''.__class__.__mro__ }}"),
    "subclasses": (
        "a template that reaches for all classes",
        "{{ ().__class__.__base__.__subclasses__()[0] }}",
    ),
    "attr_filter": (
        "a template that reaches for a class by a filter",
        "{{ (''|attr('__class__')).__mro__ }}",
    ),
    "globals": ("a template that reaches for a function's globals", "{{ super.__globals__.os }}"),
    "view_globals": (
        "a template that reaches for a view's module",
        "{{ issue.__init__.__globals__['__builtins__'].open('/etc/passwd').read() }}",
    ),
    "format": (
        "a template that reaches for a class by format",
        "{{ '{0.__class__.__mro__}'.format(issue) }}",
    ),
    "format_map": (
        "a template that reaches for a class by format_map",
        "{{ '{a.__class__.__mro__}'.format_map({'a': issue}) }}",
    ),
    "context": (
        "a template that reaches for its own context",
        "{{ self._TemplateReference__context.environment.x }}",
    ),
    "lipsum": (
        "a template that reaches for modules by lipsum",
        "{{ lipsum.__globals__['os'].popen('id').read() }}",
    ),
    "include_absolute": ("a template that includes /etc/passwd", "{% include '/etc/passwd' %}"),
    "include_dots": ("a template that includes ../", "{% include '../../../outside/secret.txt' %}"),
    "include_prefix": (
        "a template that includes ../ by a layout's name",
        "{% include 'hostile/../../../outside/secret.txt' %}",
    ),
    "import_outside": (
        "a template that imports a layout outside its chain",
        "{% import 'newsletter/issue.html.j2' as x %}",
    ),
    "changes_views": (
        "a template that changes what it was given",
        "{{ articles[0].blocks.append(1) }}{{ words.update(a=1) }}",
    ),
    "long_range": ("a template that counts to 10⁹", "{% for i in range(10**9) %}{% endfor %}"),
    "unknown_name": ("a template that names what is not there", "{{ request.application }}"),
    "macro_recursion": (
        "a macro that calls itself",
        "{% macro m(n) %}{{ m(n + 1) }}{% endmacro %}{{ m(0) }}",
    ),
    "self_inclusion": ("a template that includes itself", "{% include 'issue.html.j2' %}"),
    "nested_blocks": ("500 conditions in each other", "{% if 1 %}" * 500 + "{% endif %}" * 500),
    "nested_brackets": ("50,000 brackets in an expression", "{{ " + "(" * 50_000),
    "unclosed": ("a template that breaks off", "{% for i in "),
    "huge_index": ("a number of 5,000 digits", "{{ " + "9" * 5000 + " }}"),
    "terabyte": ("a template that asks for a terabyte", "{{ ('a' * 10**12)|length }}"),
}

#: Name → sentence, template; each would go on for ever or take everything.
_ENDLESS: dict[str, tuple[str, str]] = {
    "nested_ranges": (
        "a loop of 10¹⁰ turns",
        "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}",
    ),
    "long_output": (
        "a loop that prints 10⁹ lines",
        "{% for i in range(50000) %}{{ ('x' * 20000) }}\n{% endfor %}",
    ),
    "gigabytes": ("a template that makes four gigabytes", "{{ ('a' * 4 * 10**9)|length }}"),
    "power": ("a template that calculates 9 to the power of 9⁹", "{{ 9 ** (9 ** 9) }}"),
    "doubling": (
        "a template that doubles a text forty times",
        "{% set ns = namespace(x='ab') %}{% for i in range(40) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
    ),
    "padding": ("a template that pads to 4 GB", "{{ '%04000000000d'|format(1)|length }}"),
    "format_padding": ("a template that pads to 4 GB by format", "{{ '{:>4000000000}'.format('a')|length }}"),
    "sorted_product": (
        "a template that makes a list of 10⁹ entries",
        "{{ (range(100000)|list * 10000)|length }}",
    ),
    "lorem": ("a template that makes up a million paragraphs", "{{ lipsum(n=1000000) }}"),
    "backtracking": ("a template that words-wraps 10 MB", "{{ ('a ' * 5000000)|wordwrap(3)|length }}"),
}


def _build(template: str) -> Callable[[Box], object]:
    return lambda box: box.layout(html=template)


for _name, (_sentence, _template) in _REFUSED.items():
    _tells = _WHERE.removesuffix(":3") if _name in _PARSED else _WHERE
    _tells = ".html.j2:" if _name == "self_inclusion" else _tells
    add(Case(f"template_{_name}", _sentence, _build(_template), Ends.ERROR, ("CST-L005",), _tells))
for _name, (_sentence, _template) in _ENDLESS.items():
    add(Case(f"template_{_name}", _sentence, _build(_template), Ends.EITHER, limits=SHORT, slow=True))


@hostile(Ends.ERROR, "CST-L005", tells="issue.html.j2")
def template_extends_itself(box: Box) -> None:
    """a template that extends itself"""
    box.layout(**{"issue.html.j2": '{% extends "issue.html.j2" %}'})


@hostile(Ends.ERROR, "CST-L005", tells="issue.html.j2")
def template_in_another_encoding(box: Box) -> None:
    """a template in GB 18030"""
    (box.layout() / "issue.html.j2").write_bytes("<p>中文</p>".encode("gb18030"))


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def template_of_a_million_elements(box: Box) -> None:
    """a template that makes a million paragraphs"""
    box.layout(html="{% for i in range(100000) %}" + "<p>字</p>" * 10 + "{% endfor %}")


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def template_repeats_ids(box: Box) -> None:
    """a template that gives every element the id of an article and links to nowhere"""
    box.layout(html='<p id="a1">字</p><p id="a1">字</p><p id="b1">字</p><a href="#a1">字</a>' * 100)


# ── layout.yaml ──


@hostile(Ends.ERROR, "CST-L002", tells="layout.yaml:2")
def layout_extends_itself(box: Box) -> None:
    """a layout that extends itself"""
    box.layout()
    box.project.write("layouts/hostile/layout.yaml", "title: x\nextends: hostile\n")


@hostile(Ends.ERROR, "CST-L001", tells="layout.yaml:2")
def layout_extends_outside(box: Box) -> None:
    """a layout that extends a folder outside"""
    (box.outside / "evil").mkdir()
    (box.outside / "evil" / "layout.yaml").write_text("title: x\nextends: base\n", "utf-8")
    box.layout()
    box.project.write("layouts/hostile/layout.yaml", "title: x\nextends: ../../outside/evil\n")


@hostile(Ends.ERROR, "CST-L001", tells="issue.yaml:1")
def layout_is_outside(box: Box) -> None:
    """an issue whose layout is a path to a folder outside"""
    (box.outside / "evil").mkdir()
    (box.outside / "evil" / "layout.yaml").write_text("title: x\nextends: base\n", "utf-8")
    box.issue(layout="../../outside/evil")


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def layout_chain(box: Box) -> None:
    """a layout that extends 1,000 others"""
    for n in range(1000):
        parent = f"l{n + 1}" if n < 999 else "base"
        box.project.write(f"layouts/l{n}/layout.yaml", f"title: x\nextends: {parent}\n")
    box.issue(layout="l0")


def _token(box: Box, kind: str, value: str) -> None:
    box.layout()
    token = f"  contents-depth:\n    type: {kind}\n    default: '{value}'\n    help: x\n"
    box.project.write("layouts/hostile/layout.yaml", f"title: x\nextends: base\ntokens:\n{token}")


@hostile(Ends.ERROR, "CST-L004", tells="layout.yaml")
def token_of_5_000_digits(box: Box) -> None:
    """a token that is a whole number of 5,000 digits"""
    _token(box, "integer", "9" * 5000)


@hostile(Ends.ERROR, "CST-L004", "CST-L006", tells="layout.yaml")
def token_of_another_type(box: Box) -> None:
    """a depth of contents that a layout declares as a colour"""
    _token(box, "color", "transparent")


@hostile(Ends.ERROR, "CST-L004", tells="layout.yaml:")
def token_with_markup(box: Box) -> None:
    """a token whose value closes the style element"""
    _token(box, "keyword", 'x}</style><img src="file:///etc/passwd">')


@hostile(Ends.ERROR, "CST-L004", arguments=("one", "--set", "accent=red;}</style>"))
def setting_with_markup(box: Box) -> None:
    """a token set on the command line that closes the style element"""
    box.issue()
