"""The picture desk's lists and forms: one viewset a file."""
