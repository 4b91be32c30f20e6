"""Circulation: readers, what they are entitled to, and their sign-ins.

In: readers who sign in, grants. Out: `circulation.queries` (what the newsstand may know of a reader),
`ReaderChanged`, the pass in its cookie. Owns: grants, sign-ins, the topics readers follow.
"""
