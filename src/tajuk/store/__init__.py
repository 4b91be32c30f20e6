"""The page store: what is pressed, kept in LMDB where the newsstand reads it without asking anybody.

In: batches of the press (`PageStore.batch`), each one transaction under one run number. Out: page plans and
ready-compressed fragments (`PageStore.snapshot`). Owns: the folder `var/store`, and nothing that the press
couldn't press again: the folder may be deleted at any time.
"""

from tajuk.store.errors import OpenedBeforeForkError, ReadOnlyStoreError, StoreError
from tajuk.store.fragments import (
    DEFLATE,
    IDENTITIES,
    IDENTITY,
    LEAN,
    LEANS,
    NO_LEAN,
    Fragment,
    compressed,
    unpacked,
)
from tajuk.store.keys import fragment_key
from tajuk.store.page_store import Batch, PageStore
from tajuk.store.snapshot import Snapshot, plan_of

__all__ = [
    "DEFLATE", "IDENTITIES", "IDENTITY", "LEAN", "LEANS", "NO_LEAN", "Batch", "Fragment", "OpenedBeforeForkError", "PageStore",
    "ReadOnlyStoreError", "Snapshot", "StoreError", "compressed", "fragment_key", "plan_of", "unpacked",
]  # fmt: skip
