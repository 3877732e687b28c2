"""The fields of a risk, and what was typed as its draft names it."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from tracker.domain.records import RiskRecord
from tracker.domain.state import LaunchState
from tracker.readers.areas import packaged_crosswalk
from tracker.ui.forms import fields
from tracker.ui.save import Form
from tracker.ui.session import Here

NAMES = ("title", "scenario", "area", "also_touches", "owner", "due", "source", "tags")

_BETWEEN = " "


def draw(here: Here, launch: LaunchState, form: Form, present: RiskRecord | None = None) -> None:
    """Draw every field of a risk, empty or as the register holds it."""
    areas = {status.area.code: status.area.name for status in launch.areas}
    fields.title("Title", form.key("title"), present.title if present else "")
    fields.text(
        "Scenario: what could go wrong, by whom, to whom, by what path",
        form.key("scenario"),
        present.scenario if present else "",
    )
    left, right = st.columns(2)
    with left:
        fields.one_of("Policy area", areas, form.key("area"), present.area if present else None)
        _owner_and_due(here, form, present)
    with right:
        fields.several_of(
            "Also touches", areas, form.key("also_touches"), present.touches if present else ()
        )
        fields.several_of(
            "Codes of public taxonomies", tag_words(), form.key("tags"), tags_of(present)
        )
    fields.title("Source, if published", form.key("source"), present.source if present else "")


def _owner_and_due(here: Here, form: Form, present: RiskRecord | None) -> None:
    owner = present.owner if present else None
    fields.one_of("Owner", fields.persons(here), form.key("owner"), owner)
    fields.day("Due", form.key("due"), present.due if present else None)


def tag_words() -> dict[str, str]:
    """Return every code of the public taxonomies with its words."""
    return {
        f"{taxonomy.key}{_BETWEEN}{item.code}": f"{taxonomy.title}: {item.code} {item.name}"
        for taxonomy in packaged_crosswalk().taxonomies.values()
        for item in taxonomy.items
    }


def tags_of(present: RiskRecord | None) -> Sequence[str]:
    """Return the codes of a risk as the choice names them."""
    return [_BETWEEN.join(tag) for tag in present.tags] if present else []


def held(record: RiskRecord) -> dict[str, Any]:
    """Return what a risk holds in the fields of its form, as its draft names them."""
    return entered(
        {
            **{name: getattr(record, name) for name in NAMES if hasattr(record, name)},
            "also_touches": record.touches,
            "tags": tags_of(record),
        }
    )


def changed(values: Mapping[str, Any], opened: RiskRecord) -> dict[str, Any]:
    """Return what somebody changed on a form that was opened on this record."""
    before = held(opened)
    return {name: value for name, value in entered(values).items() if value != before[name]}


def words(given: Mapping[str, Any], launch: LaunchState, here: Here) -> dict[str, str]:
    """Return fields as a draft names them in words, by the label that a reader knows."""
    areas = {one.area.code: one.area.name for one in launch.areas}
    people = {key: person.name for key, person in here.people.items()}
    tags = [f"{tag['taxonomy']} {tag['code']}" for tag in given["tags"]]
    return {
        "Title": given["title"],
        "Scenario": given["scenario"],
        "Policy area": areas.get(given.get("area", ""), ""),
        "Also touches": ", ".join(sorted(areas[code] for code in given["also_touches"])),
        "Owner": people.get(given["owner"] or "", ""),
        "Due": given["due"].isoformat() if given["due"] else "",
        "Source": given["source"],
        "Codes of public taxonomies": ", ".join(sorted(tags)),
    }


def entered(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a risk as its draft names them."""
    tags = [tag.partition(_BETWEEN) for tag in values.get("tags") or ()]
    return {
        **{name: values.get(name) or "" for name in ("title", "scenario", "source")},
        **fields.chosen(values, ("area",)),
        **{name: values.get(name) for name in ("owner", "due")},
        "also_touches": tuple(values.get("also_touches") or ()),
        "tags": [{"taxonomy": taxonomy, "code": code} for taxonomy, _, code in tags],
    }
