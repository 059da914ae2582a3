"""Templates from a layout's folder: regular files only, and no link is followed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jinja2 import BaseLoader, Environment, TemplateNotFound
from jinja2.loaders import split_template_path

from cstprint.diagnostics import Message, msg, reason_of
from cstprint.reading.files import Refused, read_below


class TemplateRefused(Exception):  # noqa: N818 - what it is, not an error of ours
    """A template that is there and may not be read: where, and why."""

    def __init__(self, path: str, reason: Message):
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class TemplateLoader(BaseLoader):
    """Loads the templates below ``folder``; a template that cannot be read is an error."""

    def __init__(self, folder: Path):
        self._folder = folder

    def get_source(
        self,
        environment: Environment,  # noqa: ARG002 - the base's signature
        template: str,
    ) -> tuple[str, str, Callable[[], bool] | None]:
        """Return a template's text and path; raises ``TemplateNotFound`` or ``TemplateRefused``."""
        steps = split_template_path(template)
        path = str(self._folder.joinpath(*steps))
        try:
            return read_below(self._folder, steps).decode("utf-8"), path, None
        except (FileNotFoundError, NotADirectoryError):
            raise TemplateNotFound(template) from None
        except Refused as problem:
            raise TemplateRefused(path, problem.reason) from None
        except OSError as problem:
            raise TemplateRefused(path, reason_of(problem)) from None
        except UnicodeDecodeError:
            raise TemplateRefused(path, msg("it is not UTF-8")) from None
