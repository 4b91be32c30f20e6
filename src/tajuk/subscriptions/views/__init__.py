"""Doors for readers who pay: plans, an order, what was paid, gifts and seats. In the paper's dress, without a script."""
