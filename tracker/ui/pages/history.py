"""Records, History: what was changed, by whom, and why."""

import streamlit as st

from tracker.services.history import chain_state, history, prove_register
from tracker.ui import filters, header, messages, session, tables
from tracker.ui.state import History
from tracker.views import history as view

COLUMNS = {
    "seq": tables.number("No."),
    "at": tables.moment("When (UTC)"),
    "who": tables.text("Who"),
    "action": tables.text("What was done", width=160),
    "entity": tables.text("Kind", width=150),
    "subject": tables.text("Reference"),
    "field": tables.text("Field", width=160),
    "old": tables.text("Old", width=160),
    "new": tables.text("New", width=300),
    "reason": tables.text("Reason", width=260),
}

here = session.here()
head = chain_state(here.store)
launches = {launch.key: launch.name for launch in here.launches()}
people = {person.key: person.name for person in here.people.values()}

header.title(view.ANSWERS, view.headline(head))
with filters.row():
    where = filters.one("Launch", launches, History.LAUNCH)
    who = filters.one("Who", people, History.WHO)
    kind = filters.one("Kind", {noun: noun for noun in view.KINDS}, History.KIND)
    subject = filters.text(History.SUBJECT, "Such as M-7", "Reference").strip() or None
    field = view.field_name(filters.text(History.FIELD, "Such as due", "Field"))
    since = st.date_input("Since", value=None, key=History.SINCE, width=150, format="YYYY-MM-DD")
    every = filters.switch("Every single entry", History.EVERY)

narrowed = {
    "subject": subject,
    "launch": where,
    "actor": who,
    "entity": kind,
    "field": field,
    "since": since,
}
changes = history(here.store, **narrowed, limit=view.LIMIT, every_entry=every, hidden=here.hidden)
shown = view.history_view(changes, head, any(narrowed.values()), field)
if shown.empty:
    messages.nothing_here(shown.empty)
else:
    tables.show(shown.frame, COLUMNS, key=History.TABLE, name="Changes", rows=18)
    st.caption(shown.note)

st.header("Is the record whole?", anchor=False)
st.caption(
    "Each record carries the hash of the one before it. Verifying reads the chain, holds every row "
    "against it, and every snapshot and stored export against its SHA-256."
)
st.text(shown.chain)
if st.button("Verify the register", key=History.VERIFY):
    proof = prove_register(here.store)
    told = view.verification_words(proof)
    if not proof.faults:
        st.success(told, icon=":material/verified:")
    else:
        st.error(told, icon=":material/gpp_bad:")
