"""Library, Scoring profile: the scales, what they trade off, and a calculator."""

import streamlit as st

from tracker.domain.words import EvidenceGrade, Factor
from tracker.ui import badges, header, session, tables
from tracker.ui.text import plain
from tracker.views import profile as view
from tracker.views.assess import forming_score

here = session.here()
shown = view.profile_view(here.profile)
scales = here.profile.scales

header.title(view.ANSWERS, shown.headline)
st.caption(plain(shown.signed_by))

left, right = st.columns([7, 5], gap="medium")
with left:
    st.header("What the points imply", anchor=False)
    st.markdown("One point is ten times more expected harm, so points add up where harms multiply.")
    for line in (*shown.trade_offs, shown.floor, shown.mitigations):
        st.markdown(f"- {plain(line)}")
with right:
    st.header("Try picks", anchor=False)
    st.caption("Nothing is kept. Nothing is picked until you pick it.")
    picked: dict[Factor, int] = {}
    for factor, scale in scales.items():
        pick = st.selectbox(
            scale.name,
            [anchor.pick for anchor in scale.anchors],
            index=None,
            key=f"profile.{factor.value}",
            format_func=view.anchor_words(scale),
            placeholder="not picked",
        )
        picked |= {} if pick is None else {factor: pick}
    grade = st.selectbox(
        "Evidence grade",
        [str(grade) for grade in here.profile.grades],
        index=None,
        key="profile.grade",
        format_func=lambda grade: f"{grade} · {here.profile.grades[EvidenceGrade(grade)].text}",
        placeholder="not picked",
    )
    score = forming_score(picked, EvidenceGrade(grade) if grade else None, here.profile)
    with st.container(border=True):
        st.markdown(badges.score_words(score))

st.header("Scales", anchor=False)
with st.grid("auto", min_column_width=430):
    for factor, scale in scales.items():
        with st.container():
            st.subheader(plain(scale.name), anchor=False)
            st.markdown(plain(scale.question))
            tables.show(
                view.anchors(scale),
                {
                    "pick": tables.number("Pick"),
                    "word": tables.text("Word", width=110),
                    "anchor": tables.text("Anchor", width=230),
                    "points": tables.text("Points"),
                },
                key=f"profile.scale.{factor.value}",
                name=f"Scale of {scale.name.lower()}",
            )

st.header("Levels, evidence and the matrix", anchor=False)
for frame, columns, name in view.tables_of(shown):
    words = {column: tables.text(title) for column, title in columns.items()}
    tables.show(frame, words, key=f"profile.{name}", name=name)
