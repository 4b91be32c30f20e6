"""What can go wrong in circulation, with the facts."""


class SignInEndedError(Exception):
    """The password was changed, the account closed or every sign-in ended while somebody was signing in."""

    def __init__(self) -> None:
        super().__init__(
            "The reader's sign-ins were ended meanwhile: let the reader sign in again."
        )


class GrantOverError(Exception):
    """The grant has ended already."""

    def __init__(self) -> None:
        super().__init__("This grant has ended already: make a new one instead.")
