"""From the demo to a register of one's own."""

import streamlit as st

from tracker.ui.session import Here


@st.dialog("Start my own register", width="medium")
def open_dialog(here: Here) -> None:
    """Say how an own register is started; the demo's file stays where it is."""
    st.write("Run this command, then reload the page:")
    st.code("holdpoint init", language=None)
    st.caption(f"It is made in {here.settings.data_dir}; the demo stays beside it.")
