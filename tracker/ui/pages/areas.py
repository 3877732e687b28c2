"""Library, Policy areas: what each means, and how public taxonomies name it, both ways."""

import streamlit as st

from tracker.readers.areas import packaged_areas, packaged_crosswalk
from tracker.ui import filters, header, messages, tables
from tracker.ui.text import plain
from tracker.views import areas as view

ITEM_COLUMNS = {
    "code": tables.text("Code"),
    "name": tables.text("Name", width=240),
    "covered_by": tables.text("Our areas that cover it", width=420),
    "group": tables.text("Group"),
    "definition": tables.text("What it means, in our words", width=420),
}

areas, crosswalk = packaged_areas(), packaged_crosswalk()
names = {area.code: area.name for area in areas}
definitions = {area.code: area.definition for area in areas}
search = st.session_state.get("areas.text", "")
shown = view.areas_view(areas, crosswalk, search)

header.title(view.ANSWERS, shown.headline)
beside = st.grid(2, min_column_width=420, gap="medium")
with beside.cell():
    st.header("From our area to public taxonomies", anchor=False)
    area = filters.one("Policy area", names, "areas.area", 420, "Choose one")
    if area is None:
        messages.nothing_here("Choose a policy area to see how public taxonomies name it.")
    else:
        st.markdown(plain(definitions[area]))
        codes = view.codes_of_area(area, crosswalk)
        tables.show(
            codes,
            {
                "taxonomy": tables.text("Taxonomy"),
                "code": tables.text("Code"),
                "name": tables.text("Name", width=220),
                "version": tables.text("Version"),
                "definition": tables.text("What it means, in our words", width=420),
            },
            key="areas.codes",
            name=f"Items of public taxonomies that {names[area]} overlaps",
            rows=25,
        )
with beside.cell():
    st.header("From a public taxonomy to our areas", anchor=False)
    titles = {key: taxonomy.title for key, taxonomy in crosswalk.taxonomies.items()}
    chosen = filters.one("Taxonomy", titles, "areas.taxonomy", 420, "Choose one")
    if chosen is None:
        messages.nothing_here("Choose a taxonomy to see which of our areas cover each item.")
    else:
        taxonomy = crosswalk.taxonomies[chosen]
        items = view.items_of_taxonomy(taxonomy, crosswalk, areas)
        item = filters.one("Item", view.item_words(taxonomy), "areas.item", 420, "Every item")
        if item is not None:
            st.markdown(plain(view.answer(taxonomy, item, crosswalk, areas)))
        tables.show(items, ITEM_COLUMNS, key="areas.items", name=taxonomy.title, rows=25)
        st.caption(plain(view.provenance(taxonomy)))

st.header("All policy areas", anchor=False)
filters.text("areas.text", "Name, meaning or public code")
if shown.empty:
    messages.nothing_here(shown.empty)
else:
    tables.show(
        shown.frame,
        {
            "name": tables.text("Policy area", width=250),
            "definition": tables.text("The question it asks", width=430),
            "family": tables.text("Family", width=200),
            "gate_type": tables.text("Criterion"),
            "modalities": tables.text("Arises in"),
            "code": tables.text("Code"),
        },
        key="areas.table",
        name="Policy areas",
        rows=25,
    )
st.caption("; ".join(f"**{kind}**: {words}" for kind, words in view.GATE_TYPES.items()))
