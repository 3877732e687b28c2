"""Charts as SVG: made inside the process, without a browser and without the network."""

import json

import altair as alt
import vl_convert

_VEGA_LITE = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])


def svg(chart: alt.TopLevelMixin) -> str:
    """Return a chart as one SVG element that takes the colour of the text around it."""
    return vl_convert.vegalite_to_svg(
        json.dumps(chart.to_dict()), vl_version=_VEGA_LITE, allowed_base_urls=[]
    )
