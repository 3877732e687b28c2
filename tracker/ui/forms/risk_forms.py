"""What people do with a risk: create, edit, ask to close, confirm, re-open, assess."""

import streamlit as st

from tracker.domain.roles import Action
from tracker.domain.state import LaunchState, RiskState
from tracker.ui import navigation
from tracker.ui.session import Here
from tracker.ui.state import Address


def risk_actions(here: Here, launch: LaunchState, risk: RiskState) -> None:
    """Draw what can be done with one risk, side by side."""
    if (
        risk.is_open
        and here.may(Action.ASSESS, launch)
        and st.button("Assess", type="primary", key="risk.assess")
    ):
        navigation.go("assess", Address(launch=launch.launch.key, risk=risk.risk.short_ref))
