"""Which languages have a record, and what holds for a tag."""

from __future__ import annotations

import pkgutil
from dataclasses import replace
from functools import cache
from importlib import import_module

from cstprint.languages import records
from cstprint.languages.record import DEFAULT, Language
from cstprint.languages.scripts import Lines, script_of
from cstprint.languages.tags import Tag, read_tag


@cache
def known_languages() -> tuple[Language, ...]:
    """Return the records of all languages: ``LANGUAGE`` of each file in ``records/``, in the order of their tags."""
    names = [module.name for module in pkgutil.iter_modules(records.__path__)]
    found = (import_module(f"{records.__name__}.{name}").LANGUAGE for name in names)
    return tuple(sorted(found, key=lambda language: language.tag))


def known_tags() -> tuple[str, ...]:
    """Return the canonical tags of the languages that have a record."""
    return tuple(language.tag for language in known_languages())


def record_of(tag: Tag) -> Language | None:
    """Return the record for a tag (RFC 4647, 3.4: lookup); ``None`` where its script is another than the record's."""
    by_tag = {one.lower(): language for language in known_languages() for one in language.tags}
    found = next((by_tag[one] for one in tag.ranges() if one in by_tag), None)
    return found if found is not None and found.script is script_of(tag) else None


@cache
def language_of(text: str) -> Language:
    """Return the language of a tag (BCP 47): its record, or what its script says, with English words and dates."""
    tag = read_tag(text)
    found = record_of(tag)
    if found is not None and found.lines is Lines.WESTERN and tag.region is not None:
        return replace(found, hyphenation=text)  # words of en-GB are divided in other places than those of en
    if found is not None:
        return found
    default, script = record_of(Tag(DEFAULT)), script_of(tag)
    assert default is not None, "the default language has a record"
    return replace(
        default,
        tags=(text,),
        name=text,
        own_name=text,
        script=script,
        lines=script.lines,
        hyphenation=None,
        printed=default.tag,
    )
