"""What can go wrong with an account, with the facts."""


class ColleagueCantLeaveError(Exception):
    """A colleague wanted to delete their own account."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody who works here is not deleted by themselves: an administrator closes the account at the desk."
        )
