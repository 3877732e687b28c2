"""A readiness report into bytes of six formats; nothing here fetches and nothing reads a clock.

`outline` builds one neutral document from the report; Markdown, HTML, PDF and the spreadsheet
render that document, so that their content cannot differ. CSV and JSON hold the register and the
figures for machines.
"""
