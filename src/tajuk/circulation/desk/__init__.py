"""The circulation desk: readers, what they hold and why, the figures, and what colleagues do for readers.

In: users, grants and sign-ins; `subscriptions.desk_queries` and `subscriptions.figures`; the store's reader row;
`paywall.decide`. Out: screens under `/desk/readers/`, `/desk/figures/`, CSV files, audit lines. Owns: no rows.
"""
