"""Subscriptions at the desk: what is sold, and the books."""
