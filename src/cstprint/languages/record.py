"""The record of a language: what layouts print in it, how its dates are written, how its lines are set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cstprint.languages.scripts import LIKE_LATIN, Lines, Script

#: The language whose words are printed where a language has no record.
DEFAULT = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words and marks that layouts print themselves, as templates see them; ``{…}`` are filled in."""

    contents: str
    figure: str
    figure_label: str  #: {number}
    table_label: str  #: {number}
    question: str
    answer: str
    speaker: str  #: {speaker}
    names_separator: str
    authors_separator: str
    affiliations_separator: str
    credit_line: str  #: {role}, {names}
    credits_separator: str
    by: str  #: {by}
    address: str  #: {address}
    page_reference: str  #: {page}
    title_reference: str  #: {title}, of an article, in the quotes of the language
    section_reference: str  #: {title}, of a section or a heading
    key_colon: str
    key_separator: str
    key_end: str
    source: str  #: {source}
    missing_picture: str
    words_in_picture: str  #: {alt}, {words}
    picture_words_separator: str
    credit: str  #: {credit}
    issue_of_year: str  #: {year}, {number}
    issue_of_date: str  #: {year}, {number}, {date}
    issue_number: str  #: {number}
    headline: str  #: {issue}, {headline}
    #: The words of blocks that are not among cstprint's own, by their names.
    more: Mapping[str, str] = field(default_factory=dict)

    def word(self, name: str) -> str:
        """Return a word by its name."""
        return self.more[name] if name in self.more else str(getattr(self, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """How dates are written: of ``{year}``, ``{month}``, ``{day}`` and ``{month_name}``, one of ``months``."""

    year: str
    month: str
    day: str
    months: Sequence[str] = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12")


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What is known of a language.

    ``tags`` are those that its record is for, the canonical one first; ``name`` is its English name, ``own_name``
    what its speakers call it. ``script`` says which letters fonts must have, and which forms of Han. ``list_marks``
    are the forms (:data:`cstprint.html.marks.FORMS`) of the marks of ordered lists, level by level; ``note_marks``
    is that of the marks of notes. ``hyphenation`` is the tag of the dictionary that divides words, where it is not
    the language's own tag: in Chinese, that of Latin words. ``printed`` is the tag of the language whose words and
    dates these are, where it is another one.
    """

    tags: tuple[str, ...]
    name: str
    own_name: str
    script: Script
    lines: Lines
    words: Words
    dates: Dates
    list_marks: tuple[str, ...]
    note_marks: str
    hyphenation: str | None = None
    printed: str | None = None

    @property
    def tag(self) -> str:
        """The canonical tag."""
        return self.tags[0]

    @property
    def is_like_english(self) -> bool:
        """Whether it is another language than English, and in letters that are set as those of English are."""
        return self.tag != DEFAULT and self.script.code in LIKE_LATIN

    @property
    def dictionary(self) -> str:
        """The tag of the dictionary that divides words."""
        return self.hyphenation or self.tag
