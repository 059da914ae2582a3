"""English."""

from __future__ import annotations

from cstprint.languages.record import Dates, Language, Words
from cstprint.languages.scripts import SCRIPTS, Lines

LANGUAGE = Language(
    tags=("en",),
    name="English",
    own_name="English",
    script=SCRIPTS["latn"],
    lines=Lines.WESTERN,
    # British rules, which pyphen takes where no region is named, divide fewer words; CLDR has en-US for en.
    hyphenation="en-US",
    list_marks=("digits", "letters", "roman"),
    note_marks="digits",
    dates=Dates(
        year="{year}",
        month="{month_name} {year}",
        day="{day} {month_name} {year}",
        months=(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ),
    ),
    words=Words(
        contents="Contents",
        figure="Figure",
        figure_label="Figure {number}",
        table_label="Table {number}",
        question="Q",
        answer="A",
        speaker="{speaker}: ",
        names_separator=", ",
        authors_separator=", ",
        affiliations_separator="; ",
        credit_line="{role}: {names}",
        credits_separator=" · ",
        by="— {by}",
        address=" ({address})",
        page_reference="page {page}",
        title_reference="“{title}”",
        section_reference="“{title}”",
        key_colon=": ",
        key_separator="; ",
        key_end=".",
        source="(Source: {source})",
        missing_picture="Picture missing: ",
        words_in_picture="{alt} (text in the picture: {words})",
        picture_words_separator="; ",
        credit="({credit})",
        issue_of_year="No. {number}, {year}",
        issue_of_date="No. {number}, {year} ({date})",
        issue_number="No. {number}",
        headline="{issue}: {headline}",
    ),
)
