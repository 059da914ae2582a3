"""Each layout of a chain has a cascade layer of its own (CSS Cascading 5, 6.4): a child wins over what it extends.

The tokens are the first layer, then come the layouts from the first ancestor on; what a layout's sheets import is in
its layer, too. WeasyPrint 70 does not turn the order around for ``!important``, so a child wins there, too, and it
keeps layers out of ``@page``: pages go by specificity, so that ``@page :first`` of an ancestor stays what it is.
"""

from __future__ import annotations

from collections.abc import Callable, MutableSequence
from urllib.parse import quote

from cstprint.engine.weasy.addresses import BASE_URL
from cstprint.html.compose import TOKENS_LAYER

_LAYOUTS = f"{BASE_URL}layout/"


def layer_of(url: object) -> str | None:
    """Return the layer of a style sheet by its address, ``None`` where that is none of a layout."""
    if not isinstance(url, str) or not url.startswith(_LAYOUTS):
        return None
    name = url.removeprefix(_LAYOUTS).partition("/")[0]
    return "layout-" + quote(name, safe="").replace(".", "%2E")  # a dot would begin a layer in this one


def in_layers(original: Callable[..., object]) -> Callable[..., object]:
    """Replace ``CSS``: put each style sheet of a layout into the layout's layer."""

    def sheet(**given: object) -> object:
        layer, layers = layer_of(given.get("url")), given.get("layers")
        if layer is None or given.get("layer") is not None or not isinstance(layers, MutableSequence):
            return original(**given)
        layers += [name for name in (TOKENS_LAYER, layer) if name not in layers]
        return original(**{**given, "layer": layer})

    return sheet
