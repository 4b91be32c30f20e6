"""The picture desk."""
