"""What WeasyPrint was working on when it failed: it raises whatever its own mistake leads to."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

from cstprint.diagnostics import Diagnostic, error, msg
from cstprint.engine.weasy.reading import folder_of_weasyprint
from cstprint.engine.weasy.types import Box
from cstprint.source import Span


def is_weasyprints(fault: BaseException) -> bool:
    """Return whether WeasyPrint failed at its own work, and no code of ours that it calls."""
    *_, last = traceback.extract_tb(fault.__traceback__)
    return Path(last.filename).is_relative_to(folder_of_weasyprint())


def failed_box(
    fault: BaseException, owners: Mapping[Element, str], spans: Mapping[str, Span]
) -> Diagnostic | None:
    """Return the error that WeasyPrint fails on an element, at the place of its block; ``None`` for a fault of ours.

    ``owners`` are the ids of blocks by elements, ``spans`` where the blocks stand.
    """
    boxes = list(_boxes(fault)) if is_weasyprints(fault) else []
    if not boxes:
        return None
    element = boxes[-1].element
    span = spans.get(owners.get(element, ""))
    classes = element.get("class")
    shown = f'<{element.tag} class="{classes}">' if classes else f"<{element.tag}>"
    reason = f"{type(fault).__name__} {fault}"
    message = msg("WeasyPrint fails on {element}: {reason}.", element=shown, reason=reason)
    hint = msg(
        "Check what the layout's style sheets set for it: for example a transform that leaves no area."
    )
    return error("CST-E010", message, span=span, subject=None if span else "HTML", hint=hint)


def _boxes(fault: BaseException) -> Iterator[Box]:
    """Yield the boxes with elements that the calls up to the fault were about, the last one last."""
    from cstprint.engine.weasy import boxes

    for frame, _line in traceback.walk_tb(fault.__traceback__):
        for name in ("box", "child"):
            box = frame.f_locals.get(name)
            if isinstance(box, boxes.Box) and box.element is not None:
                yield box


def beyond(exception: Exception) -> Diagnostic:
    """Return the error that the pages hold more than WeasyPrint can do."""
    if isinstance(exception, RecursionError):
        message = msg("The pages are nested too deeply for WeasyPrint: elements, drawings or CSS.")
    else:
        message = msg("A number is too large for WeasyPrint: {reason}.", reason=exception)
    return error("CST-E010", message, hint=msg("Check the output of the layout's templates, and its CSS."))
