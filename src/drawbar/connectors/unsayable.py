"""What a system cannot be told as we have it."""


class Unsayable(ValueError):
    """A delivery that this system cannot be told. ``field`` is what has to change."""

    def __init__(self, text: str, field: str = "") -> None:
        """Say what cannot be said."""
        super().__init__(text)
        self.field = field
