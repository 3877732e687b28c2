"""Charts as SVG: made inside the process, without a browser and without the network."""

import json
from functools import lru_cache
from typing import Final

import altair as alt
import vl_convert

_VEGA_LITE: Final = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
_KEPT: Final = 32
"""Drawings kept, since the page and the paper of one report draw the same charts."""


def svg(chart: alt.TopLevelMixin) -> str:
    """Return a chart as one SVG element that takes the colour of the text around it."""
    return _drawn(json.dumps(chart.to_dict(), sort_keys=True))


@lru_cache(maxsize=_KEPT)
def _drawn(specification: str) -> str:
    return vl_convert.vegalite_to_svg(specification, vl_version=_VEGA_LITE, allowed_base_urls=[])
