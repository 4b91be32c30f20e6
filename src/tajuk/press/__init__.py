"""The press room: renders fragments and page plans; the only writer of the page store.

In: messages, through `site/flow.py`, and the public queries of every department. Out: fragments and page
plans in the page store; `press.render` for previews. Owns: the reader's templates, CSS and fonts.
"""
