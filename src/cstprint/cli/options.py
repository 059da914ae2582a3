"""The options that all commands share that render: what is asked of a render, and what it may take."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import click

from cstprint.cli.language import _
from cstprint.diagnostics import UsageError, error, msg
from cstprint.job import MAX_PAGES, Limits, RenderOptions
from cstprint.pdf.standard import STANDARDS, choose_standard

LIMITS = Limits()
#: More seconds and MB than any machine gives; what the kernel counts limits in holds it.
MOST = 1_000_000_000


class _Seconds(click.FloatRange):
    """Refuses what is no number (nan), too: it is neither less nor more than any limit."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        number = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(_("{value} is not a number of seconds.").format(value=value), param, ctx)
        return number


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options ask for: of the render, of its process, and whether warnings fail it."""

    options: RenderOptions
    limits: Limits
    strict: bool


#: The options of what is rendered and how.
_CHOICES = (
    click.option("--layout", metavar=_("NAME"), help=_("Use another layout than the issue's own.")),
    click.option(
        "--set",
        "settings",
        multiple=True,
        metavar=_("TOKEN=VALUE"),
        help=_("Set a token of the layout for this run."),
    ),
    click.option(
        "--standard",
        type=click.Choice(tuple(STANDARDS)),
        help=_("The standards that the PDF conforms to; by default PDF/A-2a and PDF/UA-1."),
    ),
    click.option(
        "--embed-source",
        is_flag=True,
        help=_("Attach the issue's files and a list of all versions to the PDF, which then is PDF/A-3a."),
    ),
    click.option("--strict", is_flag=True, help=_("Warnings also fail the run.")),
)
#: The options of what a render may take.
_LIMITS = (
    click.option(
        "--limit-memory",
        type=click.IntRange(100, MOST),
        default=LIMITS.memory_mb,
        show_default=True,
        metavar=_("MB"),
        help=_("The memory limit for one issue."),
    ),
    click.option(
        "--limit-time",
        type=_Seconds(min=0, min_open=True, max=MOST),
        default=LIMITS.seconds,
        show_default=True,
        metavar=_("SECONDS"),
        help=_("The time limit for one issue."),
    ),
    click.option(
        "--limit-pages",
        type=click.IntRange(min=1),
        default=MAX_PAGES,
        show_default=True,
        metavar=_("PAGES"),
        help=_("The limit of pages for one issue."),
    ),
)


def render_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of a render; it receives them as ``asked``."""

    @wraps(function)
    def wrapped(**given: Any) -> Any:
        names = (
            "layout", "settings", "standard", "embed_source", "strict", "limit_memory", "limit_time", "limit_pages"
        )  # fmt: skip
        return function(asked=_asked(**{name: given.pop(name) for name in names}), **given)

    command: Callable[..., Any] = wrapped
    for option in reversed((*_CHOICES, *_LIMITS)):
        command = option(command)
    return command


def _asked(*, strict: bool, limit_memory: int, limit_time: float, limit_pages: int, **given: Any) -> Asked:
    """Return what is asked for; raises ``UsageError`` for what does not go together, once for all issues."""
    choose_standard(given["standard"], with_files=given["embed_source"])
    settings = _settings(given.pop("settings"))
    return Asked(
        RenderOptions(settings=settings, max_pages=limit_pages, **given),
        Limits(limit_memory, limit_time),
        strict,
    )


def _settings(pairs: tuple[str, ...]) -> dict[str, str]:
    settings = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise UsageError(
                error("CST-U006", msg("“{pair}” is not TOKEN=VALUE.", pair=pair), subject="--set")
            )
        settings[name.strip().removeprefix("--cst-")] = value.strip()
    return settings
