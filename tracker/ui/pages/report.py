"""Launch, Report: what the launch review reads, and the files to hand on."""

from datetime import UTC, datetime
from functools import partial
from uuid import uuid4

import streamlit as st

from tracker.services.act import Act
from tracker.services.exporting import log_export
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


def taken(download: Download) -> bytes:
    """Make a file when it is asked for, and record who takes it."""
    content = download.make()
    act = Act(here.acting(), datetime.now(UTC), f"report-{uuid4().hex}")
    log_export(here.store, act, launch.launch.key, download.format, content)
    return content


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
st.caption(plain(shown.sealed))
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
