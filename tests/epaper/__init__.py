"""The e-paper."""
