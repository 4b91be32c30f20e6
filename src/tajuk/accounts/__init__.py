"""Accounts: the one user model that staff and readers share, and the engine that finds out who somebody is.

In: an address with a code, a password, a passkey, a second factor or Google (django-allauth, dressed in our words).
Out: `accounts.User` (through `AUTH_USER_MODEL`), Django's `user_logged_in`; `accounts.personal_data`, where departments
say what they hold of a reader and how it is erased. Owns: users, their addresses and second factors, counted tries.
What a reader may do is circulation's, what a colleague may do is the newsroom's; here stands only who they are.
"""
