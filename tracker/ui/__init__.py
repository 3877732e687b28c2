"""The screen: the only room that knows Streamlit.

How a page is written (at most 90 lines: ask a view, draw it, hand the action to one service)::

    here = session.here()                                  # register, profile, day, who acts
    state = header.launch_page(here, "report")             # only in the group Launch
    view = report_view(state)                              # tracker.views: frames, figures, words
    header.title("What the launch review reads.", view.headline)
    tables.show(view.frame, {...}, key="report.table", name="Sections")

- `navigation`: the table of pages; a new page is one line there and one file in `pages/`.
- `session`: `here()`; nothing else opens the register or reads settings.
- `header`: top bar, title of a page, launch of a page, and the words when there is none.
- `save`: `Form`, the one way to save anything.
- `messages`: errors as words, empty states; `text`: register text made harmless in Markdown.
- `badges`, `tables`, `charts`: verdicts, levels, tables and charts, each drawn in one way.
- `state`: names of widgets (`page.field`) and what the address carries.
- `forms/`: forms that pages or dialogs show; a form is a function that takes `here`.

Text of the register goes through `st.text`, a table cell, or `text.plain`; never raw into
`st.markdown`, a heading, a caption, a label or a button.
"""
