"""A foreseen failure of a command."""


class CommandError(Exception):
    """What went wrong and what to do next, in a sentence for the terminal."""
