"""``cstprint render --watch``: a render after every save, until Ctrl-C."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from cstprint.cli.files import is_named_as_picture, pdf_path
from cstprint.cli.language import _
from cstprint.cli.order import Order, Outcome, Workers
from cstprint.cli.report import Reporter
from cstprint.cli.streams import output_is_lost
from cstprint.diagnostics import InternalError, UsageError, msg
from cstprint.project import Project, issue_id, open_project
from cstprint.reading.files import shown_path
from cstprint.watching import Changes, Snapshot, look
from cstprint.worker.client import RenderCancelledError


@dataclass
class _Watched:
    """An issue that is watched: ``path`` is its file, which may go and come back."""

    order: Order
    path: Path
    #: What the render that began last, and the one that came to its end last, were made from.
    begun: Snapshot | None = None
    ended: Snapshot | None = None

    @property
    def pdfs(self) -> tuple[Path, ...]:
        """Where its PDF may go: which layout is the issue's own, its file says, which may change."""
        place = self.order.output, self.order.project, issue_id(self.path)
        layouts = dict.fromkeys((None, self.order.options.layout))
        return tuple(_resolved(pdf_path(*place, layout)) for layout in layouts)


@dataclass
class _Watch:
    """All that is watched, and the processes that render it."""

    watched: Sequence[_Watched]
    reporter: Reporter
    changes: Changes
    workers: Workers
    #: What the worker of each project, by its root, has in memory.
    loaded: dict[Path, Snapshot] = field(default_factory=dict)

    def step(self) -> None:
        """Render the first issue that something has changed for; where there is none, wait for a change."""
        seen = [self._look(one) for one in self.watched]
        if not self.changes.follow(frozenset().union(*(sources.folders for sources in seen))):
            return  # what has changed before they were followed is found by looking again
        for one, sources in zip(self.watched, seen, strict=True):
            if one.begun is None or sources.changed_since(one.begun):
                self._render(one, sources)
                return
        self.changes.wait()

    def _look(self, one: _Watched) -> Snapshot:
        pictures = one.order.options.picture_dpi is not None

        def is_output(path: Path) -> bool:
            pdfs = (pdf for other in self.watched for pdf in other.pdfs)
            return pictures and any(is_named_as_picture(path, pdf) for pdf in pdfs)

        return look(one.path, one.order.project, is_output)

    def _render(self, one: _Watched, sources: Snapshot) -> None:
        one.begun = sources
        self._renew_worker(one.order.project, sources)

        def is_outdated() -> bool:
            return bool(self._look(one).changed_since(sources))

        def is_stale() -> bool:  # cheap; on a busy machine word of a change may come after the render's end
            return self.changes.happened() and is_outdated()

        try:
            one.order = replace(one.order, project=open_project(one.order.project.root))
            outcome = one.order.run(self.workers, self.reporter, is_stale, is_outdated)
        except RenderCancelledError:
            self.changes.settle()
            return
        except (UsageError, InternalError) as exception:
            outcome = Outcome(issue_id(one.path), None, None, list(exception.diagnostics), 0.0)
            if isinstance(exception, InternalError):
                self.workers.renew(one.order.project)
        changed = sources.changed_since(one.ended) if one.ended else []
        one.ended = sources
        if self.reporter.as_json:
            self.reporter.data_line({"changed": [str(shown_path(p)) for p in changed], **outcome.data()})
        outcome.tell(self.reporter, _named(changed))

    def _renew_worker(self, project: Project, sources: Snapshot) -> None:
        """End the worker of a project where the fonts or the program are others than it has loaded."""
        known = self.loaded.setdefault(project.root, sources)
        if known.loaded != sources.loaded:
            self.workers.renew(project)
            self.loaded[project.root] = sources


def watch(orders: Sequence[Order], reporter: Reporter) -> int:
    """Render each issue, and again whenever something that it is made from is saved; return 0 at Ctrl-C."""
    watched = [_Watched(order, _resolved(order.project.issue_file(order.name))) for order in orders]
    try:
        with _ended_alike(), closing(Changes()) as changes, Workers(warm=True) as workers:
            if not reporter.as_json:
                names = tuple(issue_id(one.path) for one in watched)
                reporter.say(msg("Watching {names} · press Ctrl-C to stop.", names=names))
            state = _Watch(watched, reporter, changes, workers)
            while not output_is_lost():  # nobody reads what comes of it
                state.step()
    except KeyboardInterrupt:  # it is how watching ends: nothing has failed
        pass
    return 0


def _resolved(path: Path) -> Path:
    """Return where a file is, whatever links lead to its folder."""
    return path.parent.resolve() / path.name


@contextmanager
def _ended_alike() -> Iterator[None]:
    """Let a closed terminal and SIGTERM end the command as Ctrl-C does: no process, no part of a file is left."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = {kind: signal.signal(kind, interrupt) for kind in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)


def _named(changed: Sequence[Path]) -> str:
    """Return which files have changed, in a few words."""
    if not changed:
        return ""
    first = shown_path(changed[0])
    if len(changed) == 1:
        return str(first)
    return msg("{file} and {count} more", file=first, count=len(changed) - 1).render(_)
