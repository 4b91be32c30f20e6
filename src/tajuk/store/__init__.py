"""The page store: what is pressed, kept in LMDB where the newsstand reads it without asking anybody.

In: batches of the press (`PageStore.batch`), each one transaction under one run number. Out: page plans and
ready-compressed fragments (`PageStore.snapshot`). Owns: the folder `var/store`, and nothing that the press
couldn't press again: the folder may be deleted at any time.
"""

from tajuk.store.errors import (
    DamagedStoreError,
    OpenedBeforeForkError,
    ReadOnlyStoreError,
    StoreError,
)
from tajuk.store.fragments import (
    DEFLATE,
    IDENTITIES,
    IDENTITY,
    LEANS_ON_NONE,
    Fragment,
    compressed,
    unpacked,
)
from tajuk.store.keys import fragment_key, reader_key
from tajuk.store.page_store import Batch, PageStore
from tajuk.store.snapshot import Snapshot

__all__ = [
    "DEFLATE", "IDENTITIES", "IDENTITY", "LEANS_ON_NONE", "Batch", "DamagedStoreError", "Fragment", "OpenedBeforeForkError", "PageStore",
    "ReadOnlyStoreError", "Snapshot", "StoreError", "compressed", "fragment_key", "reader_key", "unpacked",
]  # fmt: skip
