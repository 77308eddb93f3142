"""A mistake in the company folder: where it stands, what is wrong, and what mends it."""

from collections.abc import Iterable
from difflib import get_close_matches
from enum import StrEnum

from msgspec import Struct

Path = tuple[str | int, ...]
"""Where a value stands in its file: the names of fields and the numbers of entries."""


class Weight(StrEnum):
    """Whether the folder can be worked with all the same."""

    ERROR = "error"
    WARNING = "warning"


class Spot(Struct, frozen=True, order=True):
    """A place in a file; lines and columns count from 1, and are 0 where nobody can tell."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = (self.file, *(str(one) for one in (self.line, self.column) if one))
        return ":".join(parts)


class Mistake(Struct, frozen=True, kw_only=True):
    """One mistake. ``field`` is the path within the file, such as ``lanes[3].flat``."""

    spot: Spot
    field: str = ""
    what: str
    remedy: str
    weight: Weight = Weight.ERROR

    def __str__(self) -> str:
        field = f" {self.field}:" if self.field else ""
        return f"{self.spot}:{field} {self.what} {self.remedy}".rstrip()


def shown(path: Path) -> str:
    """Return a path as a person writes it: ``lanes[3].flat``."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


def meant(word: str, known: Iterable[str], *, otherwise: str = "") -> str:
    """Return a sentence with what was probably meant, else what there is."""
    every = sorted(known)
    near = get_close_matches(word, every, n=1, cutoff=0.6) or [
        one for one in every if one.casefold() == word.casefold()
    ]
    if near:
        return f"Did you mean {near[0]!r}?"
    if otherwise:
        return otherwise
    listed = ", ".join(every[:12]) + (", …" if len(every) > 12 else "")
    return f"Write one of: {listed}." if every else "Remove it."


def unheard_of(word: str, known: Iterable[str], *, otherwise: str) -> str:
    """Return what was probably meant, if anything was, and what to do where it was not."""
    near = meant(word, known, otherwise=otherwise)
    return near if near == otherwise else f"{near} Else: {otherwise}"


def clipped(text: str, length: int = 60) -> str:
    """Return a text short enough for a message, what does not print made visible."""
    plain = "".join(one if one.isprintable() else "·" for one in text[: length + 1])
    return plain if len(text) <= length else f"{plain[:length]}…"
