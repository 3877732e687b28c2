"""The entry of the screen: identity, navigation, run."""

from pathlib import Path

import streamlit as st

import tracker.ui
from tracker.ui import header, messages, sign_in
from tracker.ui.navigation import menu

st.set_page_config(
    page_title="Holdpoint",
    page_icon=str(Path(tracker.ui.__file__).parent / "icon.png"),
    layout="wide",
)

refusal = sign_in.refusal()
page = st.navigation(menu(), position="hidden" if refusal else "top")
if refusal:
    sign_in.offer(refusal)
else:
    header.draw(page.title)
    with messages.shown():
        page.run()
