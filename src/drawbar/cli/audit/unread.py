"""What of the input could not be read, each once with where it stands and what would mend it.

A thing that is wrong a thousand times is one entry with its first places and their number.
"""

from collections.abc import Iterator

from msgspec import Struct

PLACES_MAX = 12
ENTRIES_MAX = 5_000
LONGEST = 160


class Refused(ValueError):
    """Something in the input that cannot be taken. Mend it there, or say what it means.

    ``field`` is the column or element; alike things share a ``cause``.
    """

    def __init__(self, text: str, *, field: str = "", remedy: str, cause: str = "") -> None:
        """Say what is wrong, and what would mend it."""
        super().__init__(clipped(text))
        self.field, self.remedy, self.cause = field, remedy, cause


class Unread(Struct, kw_only=True):
    """One thing that is wrong. ``is_note`` where everything was read nonetheless.

    ``places`` are the first of ``count``, such as "row 7" or "segment 12".
    """

    file: str
    field: str
    text: str
    remedy: str
    is_note: bool = False
    places: list[str] = []
    count: int = 0

    @property
    def where(self) -> str:
        """Return where it stands, as a person looks for it."""
        more = (
            f" and {self.count - len(self.places):,} more" if self.count > len(self.places) else ""
        )
        column = f", {self.field}" if self.field else ""
        return f"{self.file}{', ' if self.places else ''}{', '.join(self.places)}{more}{column}"


class UnreadList:
    """Collects what is wrong, in the order in which it was found."""

    def __init__(self) -> None:
        """Begin with nothing wrong."""
        self._found: dict[tuple[str, str, str], Unread] = {}
        self.left_out = 0

    def __iter__(self) -> Iterator[Unread]:
        return iter(self._found.values())

    @property
    def errors(self) -> int:
        """Return how many places could not be read."""
        return self.left_out + sum(one.count for one in self if not one.is_note)

    def add(self, file: str, place: str, error: Refused) -> None:
        """Note what is wrong at a place."""
        self._note(file, place, error, is_note=False)

    def note(self, file: str, place: str, error: Refused) -> None:
        """Note something to know that kept nothing from being read."""
        self._note(file, place, error, is_note=True)

    def _note(self, file: str, place: str, error: Refused, *, is_note: bool) -> None:
        key = (file, error.field, error.cause or str(error))
        found = self._found.get(key)
        if found is None:
            if len(self._found) >= ENTRIES_MAX:
                self.left_out += not is_note
                return
            found = self._found[key] = Unread(
                file=file,
                field=error.field,
                text=str(error),
                remedy=error.remedy,
                is_note=is_note,
                places=[],
            )
        found.count += 1
        if place and len(found.places) < PLACES_MAX:
            found.places.append(place)


def clipped(text: str) -> str:
    """Keep a hostile value from filling a screen."""
    return text if len(text) <= LONGEST * 3 else text[: LONGEST * 3] + "…"


def shown(value: str) -> str:
    """Return a value as it is quoted in a message."""
    return repr(value if len(value) <= LONGEST else value[:LONGEST] + "…")
