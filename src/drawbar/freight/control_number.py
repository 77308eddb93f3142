"""Control numbers: by them a partner and we know that nothing between us was lost or came twice.

Each partner has series of its own: one of interchanges, one of groups for each type of group.
"""

from msgspec import Struct

INTERCHANGE = "interchange"  # stored
NUMBER_MAX = 999_999_999
"""Nine digits; after the last comes the first again. Source: X12 elements I12 and 28."""


def group_series(group_type: str) -> str:
    """Return the stored name of the series of one type of group, such as ``group SM``."""
    return f"group {group_type}"


class ControlNumbers(Struct, frozen=True, kw_only=True):
    """The numbers under which one sending goes out; zero where none could be drawn yet."""

    group_type: str
    interchange: int = 0
    group: int = 0

    @property
    def drawn(self) -> bool:
        """Say whether the sending has its numbers."""
        return bool(self.interchange and self.group)

    @property
    def name(self) -> str:
        """Return what a receipt of the partner names: type and number of the group."""
        return f"{self.group_type} {self.group}"


class NumberHeard(Struct, frozen=True, kw_only=True):
    """A control number that a partner used. ``content`` tells two uses of one number apart."""

    system: str
    series: str
    number: int
    content: str


class Expected(Struct, frozen=True):
    """The number that comes next, or the first one ever."""


class Again(Struct, frozen=True):
    """A number that was heard before, with the same content."""


class Reused(Struct, frozen=True):
    """A number that was heard before, with other content."""


class Gap(Struct, frozen=True):
    """Numbers were left out, from ``first`` to ``last``: something may be on its way, or lost."""

    first: int
    last: int


class Late(Struct, frozen=True):
    """A number that was missing until now."""


class JumpedBack(Struct, frozen=True):
    """A number below the last one that never was missing: the partner counts anew."""


Place = Expected | Again | Reused | Gap | Late | JumpedBack


def following(last: int) -> int:
    """Return the number after ``last``, which is 0 before the first."""
    return last + 1 if last < NUMBER_MAX else 1


def place_in_series(
    heard: NumberHeard, *, last: int, content: str | None, was_missing: bool
) -> Place:
    """Return what a number says. ``last`` is 0 before the first.

    ``content`` is what the number stood for before, None where it is new; ``was_missing`` says
    whether it lies in a gap that was noted.
    """
    if content is not None:
        return Again() if content == heard.content else Reused()
    if last == 0 or heard.number == following(last):
        return Expected()
    if heard.number > last:
        return Gap(last + 1, heard.number - 1)
    return Late() if was_missing else JumpedBack()


def last_after(place: Place, heard: NumberHeard, *, last: int) -> int:
    """Return the number from which the series goes on."""
    return last if isinstance(place, Again | Reused | Late) else heard.number
