"""The desk's lists and forms: one viewset a file."""
