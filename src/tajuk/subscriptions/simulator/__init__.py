"""A payment provider to try things with: a real HTTP server that speaks Midtrans's, Xendit's and Stripe's protocols.

It has pages where one pays, signs what it sends, repeats, delays, doubles and reorders it as it is told, and keeps a
book of its own. Adapters don't know it from the providers: it imports nothing of them, nor they of it.
"""
