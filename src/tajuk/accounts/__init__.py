"""Accounts: the one user model that staff and readers share.

In: nothing. Out: `accounts.User` (through `AUTH_USER_MODEL`). Owns: users. What a reader may do is
circulation's, what a colleague may do is the newsroom's; here stands only who they are.
"""
