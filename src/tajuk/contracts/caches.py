"""What caches in front of the newsstand are told: by which keys they may keep an answer, and must forget it again."""

from functools import lru_cache
from hashlib import blake2b

EVERYTHING = "paper"
"""On every answer a cache may keep."""


@lru_cache(maxsize=1 << 14)
def path_key(path: str) -> str:
    """On the answer at this path alone. Short: thousands of keys are told at a time."""
    return f"p-{blake2b(path.encode(), digest_size=8).hexdigest()}"
