"""All blocks that there are, found in the folder ``blocks/``, and the type of a body, which can hold each of them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from inspect import isclass
from pkgutil import iter_modules
from types import ModuleType
from typing import TYPE_CHECKING, Annotated, Union

from pydantic import BeforeValidator, Discriminator, Tag

import cstprint.blocks as package
from cstprint.blocks.common.declared import BlockType
from cstprint.blocks.common.entry import BlockEntry
from cstprint.blocks.common.keys import NotEmpty, as_list
from cstprint.reading.models import TAG, Located, Text

#: The files of blocks.
MODULES: tuple[ModuleType, ...] = tuple(
    import_module(f"{package.__name__}.{found.name}")
    for found in iter_modules(package.__path__)
    if not found.ispkg
)


def _declared(module: ModuleType) -> BlockType:
    declared: BlockType = module.BLOCK
    return declared


#: All blocks, by their ranks.
BLOCKS: tuple[BlockType, ...] = tuple(sorted(map(_declared, MODULES), key=lambda block: block.rank))
#: The entries of all blocks, in the order of the JSON Schema.
ENTRIES: tuple[type[BlockEntry], ...] = tuple(entry for block in BLOCKS for entry in block.entries)


def _tag_of(value: object) -> str | None:
    """Return the tag by which pydantic chooses the entry of a value, ``None`` where it fits none."""
    if isinstance(value, str):
        return TAG + "text"
    if isinstance(value, dict):
        return next((TAG + entry.block_tag for entry in ENTRIES if entry.fits(value)), None)
    return None


def _templates() -> Iterator[tuple[str, str]]:
    """Yield what `omits` may name, and the template that prints it."""
    for block in BLOCKS:
        if block.model is not None and block.view is not None:
            yield from ((name, f"blocks/{block.view.kind}") for name in block.model.omits)


#: What `omits` in layout.yaml may name of blocks → the template that prints it, without its suffix.
OMITS = dict(_templates())

if TYPE_CHECKING:
    from cstprint.blocks.common.entry import AnyBlock, Body
else:
    _MEMBERS = (
        Annotated[Text, Tag(TAG + "text")],
        *(Annotated[one, Tag(TAG + one.block_tag)] for one in ENTRIES),
    )
    AnyBlock = Annotated[
        Union[_MEMBERS],  # noqa: UP007 - the members are found
        Discriminator(_tag_of, custom_error_type="cst_block", custom_error_message=""),
    ]
    Body = Annotated[
        tuple[AnyBlock, ...],
        BeforeValidator(as_list, json_schema_input_type=Text | tuple[AnyBlock, ...]),
        NotEmpty,
    ]
    # Blocks that hold blocks name the type of a body, which only now exists.
    for _module in MODULES:
        for _model in vars(_module).values():
            if isclass(_model) and issubclass(_model, Located) and not _model.__pydantic_complete__:
                _model.model_rebuild(_types_namespace={"Body": Body})

__all__ = ["BLOCKS", "ENTRIES", "MODULES", "OMITS", "AnyBlock", "Body"]
