"""Subscriptions: plans and what they cost, orders, payments, the ledger, vouchers, gifts and groups.

In: readers who subscribe, notices of payment providers, what colleagues decide at the desk. Out:
`subscriptions.queries` (which entitlements a reader holds, and from when to when), `ReaderChanged`, receipts.
Owns: plans, orders, subscriptions, payments, refunds, receipts, the ledger, vouchers, gifts, groups.
"""
