"""The wall's tests press too."""

from tests.press.conftest import paper

__all__ = ["paper"]
