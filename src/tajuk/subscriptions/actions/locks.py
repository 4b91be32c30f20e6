"""One order of locks, so that no two transactions wait for each other."""

from django.contrib.auth import get_user_model


def lock_reader(reader_id: int | None) -> None:
    """The reader's row, until the caller's transaction ends.

    Whoever locks more than one row of a reader's (orders, subscriptions) locks the reader first: then the order of
    the others is no matter.
    """
    if reader_id is not None:
        # A list, for a reader who has left meanwhile is no error.
        list(get_user_model().objects.select_for_update().filter(pk=reader_id).values_list("pk"))
