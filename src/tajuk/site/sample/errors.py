"""What can be wrong with the sample newspaper."""


class SampleError(Exception):
    """One of its files can't be read; the text names it and says why."""


class NotEmptyError(Exception):
    """The newspaper holds stories already: the sample would stand among them."""

    def __init__(self) -> None:
        super().__init__(
            "This newspaper holds stories already; the sample newspaper is only for an empty one. "
            "Make another with `tajuk new DIR`, or start the demo over with `tajuk demo --reset`."
        )
