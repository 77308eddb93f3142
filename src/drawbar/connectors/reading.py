"""How bytes become facts at the door of a system, and what a thing that cannot be read becomes."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypedDict, TypeVar

import msgspec

from drawbar.freight.case import CaseKind
from drawbar.freight.lineage import Lineage, Receipt
from drawbar.freight.reading import Problem, Reading

_T = TypeVar("_T")

Reader = Callable[[bytes, Receipt], Reading]
Readers = Mapping[str, Reader]
"""Channel -> what reads the items of it."""


class Said(TypedDict):
    """What every fact says besides its own."""

    key: str
    happened_at: datetime
    learned_at: datetime
    lineage: Lineage


class Unreadable(ValueError):
    """Something in a message cannot be taken as it is; the problem says what and the way out."""

    def __init__(
        self,
        text: str,
        *,
        place: str,
        cause: str,
        remedy: str,
        kind: CaseKind = CaseKind.DEAD_LETTER,
        unknown: tuple[str, str] = ("", ""),
    ) -> None:
        """Say what is wrong at ``place`` and what a person should do.

        ``unknown`` names the code table and the code that has no meaning in it, where it is that.
        """
        super().__init__(text)
        table, code = unknown
        self.problem = Problem(
            kind=kind,
            place=place,
            cause=cause,
            text=text,
            remedy=remedy,
            table=table,
            code=code,
        )


def decoded(body: bytes, shape: type[_T], *, cause: str) -> _T:
    """Return a JSON body as ``shape``. Raise ``Unreadable`` with the path that does not fit."""
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        text, _, path = str(error).partition(" - at `")
        place = path.rstrip("`") or "$"
        remedy = "Ask the sender to send it again in the agreed form, or extend our mapping."
        raise Unreadable(text, place=place, cause=f"{cause}:{place}", remedy=remedy) from error


def reading(read: Reader) -> Reader:
    """Return a reader that turns what is unreadable as a whole into one problem."""

    def careful(body: bytes, receipt: Receipt) -> Reading:
        try:
            return read(body, receipt)
        except Unreadable as error:
            return Reading(problems=(error.problem,))
        except ValueError as error:  # a value that our own types refuse, such as 1e400 of money
            return Reading(problems=(_refused(error),))

    return careful


def _refused(error: ValueError) -> Problem:
    return Problem(
        place="$",
        cause=f"value:{type(error).__name__}",
        text=str(error),
        remedy="Ask the sender to send it again with a value that can be true.",
    )
