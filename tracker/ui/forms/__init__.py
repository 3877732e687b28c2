"""Forms that pages and dialogs show; each is a function that takes what `session.here()` gave."""
