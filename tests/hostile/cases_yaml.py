"""YAML: bombs, loops, depth, encodings, sizes, values that are none."""

from __future__ import annotations

import os

from tests.hostile.case import SHORT, Box, Ends, hostile
from tests.support.projects import ISSUE


@hostile(Ends.ERROR, "CST-Y016", tells="issue.yaml:4")
def duplicate_keys(box: Box) -> None:
    """the same key twice"""
    box.project.issue(ISSUE.replace("title: 刊名\n", "title: 刊名\ntitle: 别的\n"))


@hostile(Ends.ERROR, "CST-Y016", "CST-Y014", tells="issue.yaml:", slow=True)
def many_duplicate_keys(box: Box) -> None:
    """the same key 400,000 times"""
    box.project.issue(ISSUE + "title: x\n" * 400_000)


@hostile(Ends.ERROR, "CST-Y012", tells="issue.yaml:1")
def alias_bomb(box: Box) -> None:
    """an alias bomb"""
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)]
    box.project.issue("a0: &a0 [x]\n" + "".join(levels) + ISSUE)


@hostile(Ends.ERROR, "CST-Y012", tells="issue.yaml:")
def recursive_anchor(box: Box) -> None:
    """a list that holds itself, a group of keys that is its own key"""
    box.project.issue(ISSUE + "x: &x [*x]\n? &y {*y : *y}\n: z\n")


@hostile(Ends.ERROR, "CST-Y012", "CST-Y020", tells="issue.yaml:10")
def merge_key(box: Box) -> None:
    """a merge key"""
    box.project.issue(ISSUE + "<<: {title: x}\n")


@hostile(Ends.ERROR, "CST-Y014", tells="issue.yaml:7")
def brackets(box: Box) -> None:
    """5,000 open brackets"""
    box.project.issue(ISSUE.partition("articles:")[0] + "articles: " + "[" * 5000)


@hostile(Ends.ERROR, "CST-Y014", tells="issue.yaml:")
def nested_by_indentation(box: Box) -> None:
    """2,000 keys in each other by indentation"""
    box.project.issue("".join(" " * n + "a:\n" for n in range(2000)))


@hostile(Ends.ERROR, "CST-Y014", "CST-Y010", tells="issue.yaml:")
def dashes_on_one_line(box: Box) -> None:
    """a million dashes on one line"""
    box.project.issue("- " * 1_000_000)


@hostile(Ends.ERROR, "CST-Y012", tells="issue.yaml:3")
def python_tag(box: Box) -> None:
    """a tag that would run a program"""
    box.issue(title="!!python/object/apply:os.system ['id']")


@hostile(Ends.ERROR, "CST-Y012", "CST-Y010", tells="issue.yaml:")
def own_tags(box: Box) -> None:
    """tags of its own, declared in a directive"""
    box.project.issue("%TAG ! tag:yaml.org,2002:python/\n---\n" + ISSUE.replace("刊名", "!name:os.system 刊"))


@hostile(Ends.ERROR, "CST-Y027", tells="issue.yaml:5")
def impossible_date(box: Box) -> None:
    """the 30th of February"""
    box.issue(date="2020-02-30")


@hostile(Ends.ERROR, "CST-Y026", tells="issue.yaml:6")
def number_of_5_000_digits(box: Box) -> None:
    """an issue number of 5,000 digits"""
    box.issue(number="9" * 5000)


@hostile(Ends.ERROR, "CST-Y027", tells="issue.yaml:5")
def date_of_5_000_digits(box: Box) -> None:
    """a date of 5,000 digits"""
    box.issue(date="2" * 5000)


@hostile(Ends.ERROR, "CST-Y026", "CST-Y027", tells="issue.yaml:")
def digits_that_are_none(box: Box) -> None:
    """a date and a number in digits of other scripts"""
    box.issue(date="２０２０-¹²-೧೦", number="²")


@hostile(Ends.ERROR, "CST-Y004", tells="issue.yaml:3")
def encoded_as_gb18030(box: Box) -> None:
    """an issue in GB 18030"""
    box.project.issue(ISSUE.encode("gb18030"))


@hostile(Ends.ERROR, "CST-Y004")
def encoded_as_utf16(box: Box) -> None:
    """an issue in UTF-16"""
    box.project.issue(ISSUE.encode("utf-16"))


@hostile(Ends.ERROR, "CST-Y004", "CST-Y017")
def encoded_as_utf16_without_a_mark(box: Box) -> None:
    """an issue in UTF-16 without a byte order mark"""
    box.project.issue(ISSUE.encode("utf-16-le"))


@hostile(Ends.ERROR, "CST-Y004")
def encoded_as_utf32(box: Box) -> None:
    """an issue in UTF-32"""
    box.project.issue(ISSUE.encode("utf-32"))


@hostile(Ends.WHOLE)
def byte_order_mark(box: Box) -> None:
    """an issue with a byte order mark"""
    box.project.issue("\ufeff" + ISSUE)


@hostile(Ends.ERROR, "CST-Y010", tells="issue.yaml:8")
def tabs(box: Box) -> None:
    """indentation by tabs"""
    box.project.issue(ISSUE.replace("  - title", "\t- title"))


@hostile(Ends.ERROR, "CST-Y011", tells="issue.yaml")
def empty_file(box: Box) -> None:
    """an empty issue.yaml"""
    box.project.issue("")


@hostile(Ends.ERROR, "CST-Y011", tells="issue.yaml")
def only_notes(box: Box) -> None:
    """an issue.yaml of notes only"""
    box.project.issue("# nothing\n" * 1000)


@hostile(Ends.ERROR, "CST-Y004", "CST-Y017", tells="issue.yaml")
def binary_file(box: Box) -> None:
    """an issue.yaml of noise"""
    box.project.issue(bytes((n * 7919 + n // 256) % 256 for n in range(100_000)))


@hostile(Ends.ERROR, "CST-Y017", tells="issue.yaml:1")
def file_of_zeros(box: Box) -> None:
    """an issue.yaml of a million zeros"""
    box.project.issue(bytes(1_000_000))


@hostile(Ends.ERROR, "CST-Y003", tells="issue.yaml")
def file_of_50_megabytes(box: Box) -> None:
    """an issue.yaml of 50 MB"""
    os.truncate(box.issue(), 50_000_000)


@hostile(Ends.ERROR, "CST-Y014", tells="issue.yaml:", slow=True)
def a_hundred_thousand_articles(box: Box) -> None:
    """100,000 articles"""
    box.project.issue(ISSUE + "  - title: 标题\n    body: 正文。\n" * 100_000)


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def twenty_thousand_articles(box: Box) -> None:
    """19,000 articles, just below the limit of values"""
    box.project.issue(ISSUE + "  - title: 标题\n    body: 正文。\n" * 19_000)


@hostile(Ends.ERROR, "CST-Y021", limits=SHORT, tells="issue.yaml:", slow=True)
def many_broken_articles(box: Box) -> None:
    """40,000 articles that lack everything"""
    box.project.issue(ISSUE + "  - {}\n" * 40_000)


@hostile(Ends.ERROR, "CST-Y020", limits=SHORT, tells="issue.yaml:", slow=True)
def many_unknown_keys(box: Box) -> None:
    """45,000 keys that are not known"""
    box.project.issue(ISSUE + "".join(f"titel{n}: x\n" for n in range(45_000)))


@hostile(Ends.ERROR, "CST-Y020", "CST-Y010", tells="issue.yaml:")
def key_of_a_megabyte(box: Box) -> None:
    """a key of a megabyte"""
    box.project.issue(ISSUE + "? " + "k" * 1_000_000 + "\n: x\n")


@hostile(Ends.ERROR, "CST-Y013", tells="issue.yaml:10")
def two_documents(box: Box) -> None:
    """two documents in one file"""
    box.project.issue(ISSUE + "---\n" + ISSUE)


@hostile(Ends.ERROR, "CST-Y015", "CST-Y010", tells="issue.yaml:")
def list_as_a_key(box: Box) -> None:
    """a list as a key"""
    box.project.issue(ISSUE + "? [a, b]\n: c\n")


@hostile(Ends.ERROR, "CST-Y017", "CST-Y010", tells="issue.yaml:", slow=True)
def a_million_escapes(box: Box) -> None:
    """a title of a million escaped NULs"""
    box.issue(title='"' + "\\0" * 1_000_000 + '"')


@hostile(Ends.ERROR, "CST-Y022", tells="issue.yaml:")
def wrong_shapes(box: Box) -> None:
    """lists where texts belong and texts where lists belong"""
    box.project.issue("layout: [a]\ntitle: {a: b}\narticles: x\ncover: {}\nlanguage: zh-Hans\n")
