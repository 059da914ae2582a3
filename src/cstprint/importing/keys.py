"""The keys of an issue that a document does not name: guessed from its headline, front matter and file name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from cstprint.importing.document import Issue, Picture
from cstprint.languages.known import record_of
from cstprint.languages.tags import Tag, read_tag

_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:\s*[-/.年]\s*(0?[1-9]|1[0-2])(?:\s*[-/.月]\s*(0?[1-9]|[12]\d|3[01])(?!\d))?(?!\d))?"
)
_NUMBER = re.compile(
    r"第\s*0*(\d{1,4})\s*[期号]|(?:issue|no\.?|vol\.?|#)[ -]*0*(\d{1,4})(?!\d)|总第?\s*0*(\d{1,4})\s*期",
    re.IGNORECASE,
)
_NAME_NUMBER = re.compile(r"(?:^|\D)0*([1-9]\d{0,3})$")
#: A periodical's name, the issue's number, and its theme, as one headline says them.
_PARTS = re.compile(
    r"(?P<name>\S.*?)\s*(?:[（(【\[|·—-]+\s*)?(?:总?第\s*0*(?P<number>\d{1,4})\s*[期号]|(?:issue|no\.?|#)\s*0*(?P<other>\d{1,4})(?!\d))"
    r"\s*[）)】\]]?\s*(?:[：:|·—–-]+\s*(?P<theme>\S.*))?",
    re.IGNORECASE,
)
#: A year, a month or a day that ends a periodical's name: of the issue, and not of the name.
_DATED = re.compile(
    r"[\s（(]*(?:19|20)\d\d(?:\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?|[-/.]\d{1,2}(?:[-/.]\d{1,2})?)?[\s）)]*$"
)
#: Characters of which the traditional form is another one: enough to tell the two scripts apart.
_TRADITIONAL = frozenset(
    "這個們為國說時會來對發學經過還進動現開實關點問長車東馬見門間電話體機業務員級報導種應當樣與麼"
)
_SIMPLIFIED = frozenset(
    "这个们为国说时会来对发学经过还进动现开实关点问长车东马见门间电话体机业务员级报导种应当样与么"
)
_HAN = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z]+")


def date_of(*texts: str) -> str:
    """Return the first date in the texts, as much of it as they say: 2024, 2024-03 or 2024-03-15."""
    for text in texts:
        if match := _DATE.search(text):
            return "-".join(part.zfill(2) for part in match.groups() if part)
    return ""


def number_of(name: str, *texts: str) -> str:
    """Return the issue's number that the texts say, or that ends the file's name."""
    for text in (*texts, name):
        if match := _NUMBER.search(text):
            return next(part for part in match.groups() if part)
    match = _NAME_NUMBER.search(name) if not date_of(name) else None
    return match[1] if match else ""


def parts_of(headline: str) -> tuple[str, str, str] | None:
    """Return the periodical's name, the number and the theme of a headline that says them; the theme may be empty."""
    match = _PARTS.fullmatch(headline)
    if not match or not re.search(r"\w", match["name"]):
        return None
    name = match["name"].rstrip(" ：:,，")
    return _DATED.sub("", name) or name, match["number"] or match["other"], match["theme"] or ""


def language_of(issue: Issue, meta: Mapping[str, str]) -> str:
    """Return the language of most of the text: what the document says, if it has a record, or a guess."""
    said = read_tag(meta.get("lang") or meta.get("language") or "")
    record = record_of(said)
    if record is not None and said != Tag("zh"):  # which may be either of its scripts
        return record.tag
    texts = "".join(
        piece.caption if isinstance(piece, Picture) else piece.markdown
        for article in issue.articles
        for piece in article.body
    )
    if len(_HAN.findall(texts)) < len(_LATIN.findall(texts)) / 4:
        return "en"
    counts = Counter(texts)
    traditional, simplified = (sum(counts[one] for one in script) for script in (_TRADITIONAL, _SIMPLIFIED))
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def identity_of(name: str, date: str, number: str) -> str:
    """Return the id of the issue's folder."""
    stem = re.sub(r"[^\w.-]+", "-", name).strip("-._")[:60]
    if re.search("[A-Za-z]", stem) or not (date or number):
        return stem or "issue"
    return "issue-" + "-".join(part for part in (date, number.zfill(2) if number else "") if part)
