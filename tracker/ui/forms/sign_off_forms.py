"""Signing a snapshot, and answering an objection."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from tracker.domain.review_drafts import SignOffDraft
from tracker.domain.review_state import ReviewState, Seat
from tracker.domain.review_words import Vote
from tracker.domain.reviews import SignOffRecord
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState
from tracker.domain.validation import build
from tracker.services.act import Act
from tracker.services.sign_offs import answer_objection, sign_off
from tracker.ui.forms import condition_fields, fields
from tracker.ui.save import Form, Values
from tracker.ui.session import Here
from tracker.ui.text import plain
from tracker.views import review as view

_TEXTS: Final = ("comment", "dissent", "would_change")


def draw(here: Here, launch: LaunchState, review: ReviewState) -> str | None:
    """Offer the acting person each seat that is theirs."""
    seats = view.own_seats(review, here.actor.key if here.actor else None)
    if review.stale and seats:
        st.warning(
            "The launch changed in a way that voids signatures; nobody signs before the policy "
            "lead takes a new snapshot.",
            icon=":material/sync_problem:",
        )
        _since_signed(seats)
        return None
    first = next((seat for seat in seats if not seat.answered), None)
    saved = [_seat(here, launch, review, seat, seat is first) for seat in seats]
    return next((outcome for outcome in saved if outcome is not None), None)


def _since_signed(seats: Sequence[Seat]) -> None:
    changes = view.since_signed(seats)
    if changes:
        st.markdown("**Since you signed**")
        for words in changes:
            st.markdown(f"- {plain(words)}")


def _seat(
    here: Here, launch: LaunchState, review: ReviewState, seat: Seat, first: bool
) -> str | None:
    def work(values: Values, act: Act) -> str:
        draft = build(
            SignOffDraft,
            {
                "snapshot": form.seen("snapshot", review.snapshot.ref),
                "area": seat.area,
                "conditions": condition_fields.entered(values),
                **fields.chosen(values, ("vote", *_TEXTS)),
            },
        )
        return sign_off(here.store, act, here.method, review.review.ref, draft)

    form = Form(f"sign_off.{review.review.ref}.{seat.capacity}.{seat.area}", here, work)
    snapshot = form.seen("snapshot", review.snapshot.ref)
    label = f"{'Sign again' if seat.answered else 'Sign'} as {view.as_what(seat, launch)}"
    with st.expander(plain(label), icon=":material/draw:", expanded=first):
        st.caption(plain(f"Your seat: {seat.because}."))
        for check in seat.checks:
            st.markdown(f"- {plain(check)}")
        words = {str(vote): view.vote_words(vote) for vote in Vote}
        vote = fields.one_of("Your answer", words, form.key("vote"))
        names = ("vote", *_TEXTS, *_given(here, form, vote))
        signs_in = here.settings.signs_in
        st.caption(plain(view.signing_words(snapshot, review.snapshot.sha256, signs_in)))
        form.button(f"Sign {snapshot.rpartition('/')[2]}", names, in_form=False)
        return form.finish()


def _given(here: Here, form: Form, vote: str | None) -> tuple[str, ...]:
    if vote == Vote.OBJECT:
        fields.text("Why you object", form.key("dissent"), height=100)
        fields.text("What would change your mind", form.key("would_change"), height=70)
        return ()
    label = "Reason for the recusal" if vote == Vote.RECUSE else "What you want to say, if anything"
    fields.text(label, form.key("comment"), height=70)
    return condition_fields.draw(here, form) if vote == Vote.APPROVE_WITH_CONDITIONS else ()


def answer(here: Here, launch: LaunchState, objection: SignOffRecord) -> str | None:
    """Draw an objection whole, with its answer or the form for one."""
    with st.container(border=True):
        who = launch.person_name(objection.person)
        as_what = view.as_what(objection, launch)
        identity = view.identity_words(objection.authenticated)
        short = objection.snapshot.rpartition("/")[2]
        st.markdown(
            f":material/front_hand: **{plain(who)}** objects, as {plain(as_what)}  \n"
            f":small[:gray[{plain(f'{identity}, on {short}')}]]"
        )
        st.text(objection.dissent)
        st.caption("What would change their mind")
        st.text(objection.would_change)
        if objection.answer:
            answered = launch.person_name(objection.answered_by)
            st.caption(plain(f"Answer by {answered}"))
            st.text(objection.answer)
            return None
        st.caption(":material/pending: No answer yet; a decision waits for one.")
        return _answer_form(here, launch, objection)


def _answer_form(here: Here, launch: LaunchState, objection: SignOffRecord) -> str | None:
    own = here.actor is not None and here.actor.key == objection.person
    if own or not here.may(Action.ANSWER_OBJECTION, launch):
        return None

    def work(values: Values, act: Act) -> str:
        return answer_objection(here.store, act, objection.id, str(values["answer"] or ""))

    form = Form(f"objection.{objection.id}", here, work)
    fields.text("Written answer", form.key("answer"), height=100)
    form.button("Answer the objection", ("answer",), in_form=False, type="secondary")
    return form.finish()
