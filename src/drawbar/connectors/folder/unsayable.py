"""What a partner cannot be told in the files that it takes."""


class Unsayable(ValueError):
    """What is to be sent cannot be said to this partner. ``field`` is what has to change."""

    def __init__(self, text: str, field: str = "") -> None:
        """Say what cannot be said."""
        super().__init__(text)
        self.field = field
