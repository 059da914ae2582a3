"""Texts: endless paragraphs, characters that are none, Markdown that nests and repeats."""

from __future__ import annotations

from tests.hostile.case import SHORT, Box, Ends, hostile

_SENTENCE = "科技是第一生产力，创新是引领发展的第一动力。"


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def paragraph_of_300_000(box: Box) -> None:
    """a paragraph of 300,000 characters"""
    box.issue(_SENTENCE * (300_000 // len(_SENTENCE)))


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def letters_without_a_space(box: Box) -> None:
    """100,000 Latin letters without a space"""
    box.issue("abcdefghij" * 10_000)


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def text_just_below_the_limit(box: Box) -> None:
    """a text of 7.9 MB, just below the limit"""
    paragraph = _SENTENCE * 20 + "\n\n"
    box.issue(paragraph * (7_600_000 // len(paragraph.encode())))


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def paragraphs_of_one_character(box: Box) -> None:
    """20,000 paragraphs of one character"""
    box.issue("字\n\n" * 20_000)


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def marks_that_may_not_begin_a_line(box: Box) -> None:
    """20,000 marks that may not begin a line"""
    box.issue("字" + "，" * 20_000)


@hostile(Ends.ERROR, "CST-F010", tells="issue.yaml:10")
def private_use_characters(box: Box) -> None:
    """private-use characters, 6,400 different ones"""
    box.issue("".join(map(chr, range(0xE000, 0xF900))))


@hostile(Ends.EITHER, limits=SHORT)
def bidi_controls(box: Box) -> None:
    """1,000 marks that turn the direction of writing"""
    box.issue("甲\u202e乙\u2066丙\u202d丁" * 1000)


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def combining_marks(box: Box) -> None:
    """20,000 combining marks on one letter"""
    box.issue("e" + "\u0301" * 20_000 + "字")


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def joiners(box: Box) -> None:
    """100,000 zero-width joiners, spaces and variation selectors"""
    box.issue("字\u200d\u200b\ufe00\u2060" * 25_000)


@hostile(Ends.ERROR, "CST-Y017", "CST-Y010", tells="issue.yaml:3")
def lone_surrogate(box: Box) -> None:
    """half of a pair, written as an escape"""
    box.issue(title='"刊\\ud800名"')


@hostile(Ends.ERROR, "CST-Y004", tells="issue.yaml:3")
def surrogate_bytes(box: Box) -> None:
    """half of a pair, as bytes"""
    path = box.issue(title="刊名")
    path.write_bytes(path.read_bytes().replace("刊名".encode(), b"\xed\xa0\x80"))


@hostile(Ends.ERROR, "CST-Y017", tells="issue.yaml:10")
def nul_in_the_text(box: Box) -> None:
    """a NUL in a text"""
    box.issue("前\0后")


@hostile(Ends.ERROR, "CST-Y017", tells="issue.yaml:3")
def nul_as_an_escape(box: Box) -> None:
    """a NUL in a title, written as an escape"""
    box.issue(title='"刊\\0名"')


@hostile(Ends.EITHER, keeps="前")
def terminal_controls(box: Box) -> None:
    """escapes that would act on a terminal"""
    box.issue("\x1b]0;title\x07\x1b[2J前")


@hostile(Ends.EITHER)
def markup_in_every_field(box: Box) -> None:
    """markup and template tags in every field of one line"""
    hostile_line = "'</title><script>x</script>{{ 7*7 }}{% raw %}\"&amp;'"
    box.issue("{{ ''.__class__ }} {% include '/etc/passwd' %}", title=hostile_line, headline=hostile_line)


# ── Markdown ──


@hostile(Ends.EITHER, limits=SHORT, slow=True, keeps="末")
def nested_quotations(box: Box) -> None:
    """10,000 quotations in each other"""
    box.issue("> " * 10_000 + "末")


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def open_brackets(box: Box) -> None:
    """50,000 open brackets"""
    box.issue("[" * 50_000 + "字")


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def open_pictures(box: Box) -> None:
    """20,000 beginnings of pictures and links"""
    box.issue("![a](b " * 10_000 + "[a](<b" * 10_000)


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def stars(box: Box) -> None:
    """100,000 stars"""
    box.issue("字" + "*" * 100_000 + "字")


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def open_emphasis(box: Box) -> None:
    """60,000 beginnings of emphasis that never end"""
    box.issue("*a **b _c " * 20_000)


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def nested_emphasis(box: Box) -> None:
    """5,000 emphases in each other"""
    box.issue("*字**" * 5000 + "字" + "**字*" * 5000)


@hostile(Ends.EITHER, limits=SHORT, slow=True, keeps="末")
def nested_lists(box: Box) -> None:
    """lists in each other, 500 deep"""
    box.issue("\n".join("  " * n + "- 字" for n in range(500)) + "末")


@hostile(Ends.EITHER, limits=SHORT, keeps="末")
def lists_on_one_line(box: Box) -> None:
    """lists in each other on one line, 1,000 deep"""
    box.issue("- " * 1000 + "末")


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def reference_bomb(box: Box) -> None:
    """a link reference of 10 kB that is used 20,000 times"""
    box.issue(f"[a]: http://example.org/{'x' * 10_000}\n\n" + "[a] " * 20_000)


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def backticks(box: Box) -> None:
    """runs of one to 1,500 backticks that never close"""
    box.issue("字".join("`" * n for n in range(1, 1500)))


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def entities(box: Box) -> None:
    """20,000 entities between code and emphasis"""
    box.issue("`x` &amp; *字* " * 20_000)


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def tags_as_text(box: Box) -> None:
    """50,000 tags, each of which is told"""
    box.issue("<b>字" * 50_000)


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def stars_in_a_title(box: Box) -> None:
    """a headline of 40,000 stars that open and never close"""
    box.issue(headline="标题" + "*a " * 40_000 + "*a")


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def list_numbers(box: Box) -> None:
    """lists that begin at 999,999,999"""
    box.issue("999999999. 字\n\n段\n\n" * 200)


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def pipes(box: Box) -> None:
    """a line of 100,000 pipes and spaces"""
    box.issue("|  " * 100_000 + "字")


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def headings(box: Box) -> None:
    """10,000 headings, each in the contents"""
    box.issue("# 节\n\n## 小节\n\n" * 5000)
