"""Launch, Report: what the launch review reads, and the files to hand on."""

from datetime import UTC, datetime
from functools import partial
from uuid import uuid4

import streamlit as st

from tracker.exports.bundle.contents import bundled
from tracker.services.act import Act
from tracker.services.exporting import latest_snapshot, log_export, snapshot_to_bundle
from tracker.services.reports import Reader, readiness_report
from tracker.ui import badges, header, preview, session
from tracker.ui.text import plain
from tracker.views.report import ANSWERS, Download, report_view

here = session.here()
launch = header.launch_page(here)
reader = Reader(here.acting(), here.today, datetime.now(UTC))
report = readiness_report(here.store, reader, here.profile, launch.launch.key)
shown = report_view(report)
document = shown.document
snapshot = latest_snapshot(here.store, launch.launch.key)


def taken(download: Download) -> bytes:
    """Make a file when it is asked for, and record who takes it."""
    content = download.make()
    log_export(here.store, _act(), launch.launch.key, download.format, content)
    return content


def bundle() -> bytes:
    """Make the bundle of the snapshot that was decided on, else of the latest one."""
    made, content = snapshot_to_bundle(here.store, reader, launch.launch.key)
    packed, ref = bundled(made, content)
    log_export(here.store, _act(), launch.launch.key, "bundle", packed, ref)
    return packed


def _act() -> Act:
    """Return an act of whoever opened the page: a download is made where no page runs."""
    return Act(reader.actor, datetime.now(UTC), f"report-{uuid4().hex}")


header.title(ANSWERS, plain(shown.headline))
st.header("Download", anchor=False)
with st.container(horizontal=True, gap="small"):
    for download in shown.downloads:
        st.download_button(
            download.label,
            data=partial(taken, download),
            file_name=download.file_name,
            mime=download.media_type,
            key=f"report.{download.file_name}",
            on_click="ignore",
            icon=":material/download:",
        )
    if snapshot is not None:
        st.download_button(
            f"Readiness bundle of {snapshot.rpartition('/')[2]}, .zip",
            data=bundle,
            file_name=f"{launch.launch.key}-bundle.zip",
            mime="application/zip",
            key="report.bundle",
            on_click="ignore",
            icon=":material/inventory_2:",
        )
st.caption(plain(shown.sealed))
if snapshot is not None:
    st.caption(
        "The bundle holds the signed snapshot with its summary in every format, the decisions, "
        "the evidence manifest, and a verifier that works everything out again offline."
    )
if report.is_demo:
    st.markdown(badges.illustrative_mark())

first, *others = document.sections
st.header(plain(f"Page one: {first.title}"), anchor=False)
with st.container(border=True):
    preview.section(first)
st.header("The other sections", anchor=False)
for section in others:
    with st.expander(plain(section.title)):
        preview.section(section)
