"""Simplified Chinese."""

from __future__ import annotations

from cstprint.languages.record import Dates, Language, Words
from cstprint.languages.scripts import SCRIPTS, Lines

LANGUAGE = Language(
    tags=("zh-Hans", "zh", "yue-Hans"),
    name="Simplified Chinese",
    own_name="简体中文",
    script=SCRIPTS["hans"],
    lines=Lines.CHINESE,
    hyphenation="en-US",
    list_marks=("digits", "digits-brackets", "circled"),
    note_marks="circled",
    dates=Dates(
        year="{year} 年",
        month="{year} 年 {month} 月",
        day="{year} 年 {month} 月 {day} 日",
    ),
    words=Words(
        contents="目录",
        figure="图",
        figure_label="图 {number}",
        table_label="表 {number}",
        question="问",
        answer="答",
        speaker="{speaker}：",
        names_separator="、",
        authors_separator="\u3000",
        affiliations_separator="；",
        credit_line="{role}：{names}",
        credits_separator="\u3000",
        by="——{by}",
        address="（{address}）",
        page_reference="第 {page} 页",
        title_reference="《{title}》",
        section_reference="“{title}”",
        key_colon="：",
        key_separator="；",
        key_end="。",
        source="（来源：{source}）",
        missing_picture="缺图：",
        words_in_picture="{alt}（图中文字：{words}）",
        picture_words_separator="；",
        credit="（{credit}）",
        issue_of_year="{year} 年第 {number} 期",
        issue_of_date="{year} 年第 {number} 期\u3000{date}",
        issue_number="第 {number} 期",
        headline="{issue}：{headline}",
    ),
)
