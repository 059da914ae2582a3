"""What things are called: in references, and, in one plain form of each title, wherever a title is repeated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cstprint.blocks.common.parts import Inline, Target, TargetKind
from cstprint.issue.markdown.plain import plain_form
from cstprint.issue.model import Issue
from cstprint.issue.names import targets
from cstprint.languages.dates import issue_line
from cstprint.languages.known import language_of
from cstprint.languages.record import Language


@dataclass(frozen=True, slots=True)
class Titles:
    """Calls the things of an issue in its language."""

    language: Language
    targets: Mapping[str, Target]

    @classmethod
    def of(cls, issue: Issue) -> Titles:
        """Return what calls the things of an issue."""
        return cls(language_of(issue.language), {str(target.name): target for target in targets(issue)})

    def label(self, name: str) -> str:
        """Return what a reference to ``name`` says: a number or a title."""
        target = self.targets[name]
        if target.kind is TargetKind.FIGURE:
            return self.language.words.figure_label.format(number=target.number)
        if target.kind is TargetKind.TABLE:
            return self.language.words.table_label.format(number=target.number)
        words = self.language.words
        form = words.title_reference if target.kind is TargetKind.ARTICLE else words.section_reference
        return form.format(title=target.title)

    def plain(self, title: Inline) -> str:
        """Return the plain form of a title, for bookmarks, contents and running heads."""
        return plain_form(title.tokens, self.label)

    def document(self, issue: Issue) -> str:
        """Return the title of the document: name, number or date, and the headline, if there is one."""
        line = f"{issue.title} {issue_line(issue.date, issue.number, self.language)}"
        if issue.headline is None:
            return line
        return self.language.words.headline.format(issue=line, headline=self.plain(issue.headline))
