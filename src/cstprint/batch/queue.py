"""Tasks to those who render, as many as keep all of them busy, and their answers as they come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field

from cstprint.batch.executors import Answer, Renderers, Task
from cstprint.diagnostics import UsageError

#: A child that was ended by a signal gets another chance: the machine may have been short of memory for a moment.
_DIED = "CST-X005"
_ATTEMPTS = 2


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of a task, at which attempt."""

    task: Task
    attempts: int
    answer: Answer


@dataclass(slots=True)
class Queue:
    """Tasks to do, as many under way as keep all workers busy, and their answers as they come."""

    renderers: Renderers
    waiting: list[Task]
    tell: Callable[[Sequence[str]], None]
    _under_way: dict[Future[Answer], tuple[Task, int]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Finished]:
        self.waiting.reverse()
        while self._fill():
            done, _ = wait(self._under_way, return_when=FIRST_COMPLETED)
            for future in [one for one in self._under_way if one in done]:  # in the order in which they began
                task, attempts = self._under_way.pop(future)
                answer = self.renderers.answer(future)
                if answer.concerns_all:
                    raise UsageError(answer.report.result.diagnostics)
                if attempts < _ATTEMPTS and _died(answer):
                    self._submit(task, attempts + 1)
                else:
                    yield Finished(task, attempts, answer)

    def repeat(self, task: Task) -> None:
        """Have a task done once more, before those that wait."""
        self.waiting.append(task)

    def drain(self) -> None:
        """Begin no more."""
        self.waiting.clear()

    def _fill(self) -> bool:
        """Send off as many tasks as there is room for, and one more for each; return whether any is under way."""
        while self.waiting and len(self._under_way) < 2 * self.renderers.width():
            self._submit(self.waiting.pop(), 1)
        self.tell([task.id for task, _ in self._under_way.values()][: self.renderers.width()])
        return bool(self._under_way)

    def _submit(self, task: Task, attempt: int) -> None:
        self._under_way[self.renderers.submit(task)] = (task, attempt)


def _died(answer: Answer) -> bool:
    return any(problem.code == _DIED for problem in answer.report.result.diagnostics)
