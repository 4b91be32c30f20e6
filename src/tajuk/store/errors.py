"""What may go wrong with the store, each with its remedy."""


class StoreError(Exception):
    """The page store can't be used so; the text says what to do."""


class OpenedBeforeForkError(StoreError):
    """An LMDB environment doesn't survive a fork."""

    def __init__(self) -> None:
        super().__init__(
            "The page store was opened before this process was forked. Open it after the fork, "
            "or start the process anew (multiprocessing's `spawn`)."
        )


class ReadOnlyStoreError(StoreError):
    """A batch was begun in a store opened to read."""

    def __init__(self) -> None:
        super().__init__("This page store was opened with readonly=True: only the press writes.")


class BatchInsideSnapshotError(StoreError):
    """A thread wrote while it held a snapshot: the store couldn't grow."""

    def __init__(self) -> None:
        super().__init__(
            "Leave the snapshot (`with store.snapshot()`) before the batch is written."
        )


class DamagedStoreError(StoreError):
    """LMDB itself can't read its files any more."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(
            f"The page store can't be read ({cause}). Stop the newspaper, delete the store's folder and start again: "
            "everything is pressed anew."
        )


class NoSurrogateKeyError(StoreError):
    """A surrogate key would not survive a header, or the index."""

    def __init__(self, key: str) -> None:
        super().__init__(
            f"{key[:60]!r} is no surrogate key: 1 to 200 ASCII characters without spaces, such as story-12."
        )
        self.key = key
