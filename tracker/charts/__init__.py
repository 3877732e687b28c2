"""Charts: data in, Altair out; nothing here fetches, and every colour comes from one theme.

Each chart has a `spec` that is built once and holds no data, a `frame` that holds only data, a
`chart` that joins the two into a picture, and an `alt_text` that says the same in words.
"""
