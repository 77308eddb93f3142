"""What became of each event of a message: a fact, a problem, or known and moving nothing.

One event that cannot be read keeps no other back; one that is told twice in a message is one fact.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec import Struct, msgpack, structs

from drawbar.connectors.reading import Unreadable
from drawbar.freight.fact import Fact
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Problem, Reading


class Passed(Struct, frozen=True, kw_only=True):
    """A known event that moves nothing; it stays in the message. ``why`` says so to a person."""

    place: str
    code: str
    why: str


Outcome = Fact | Problem | Passed
Placed = tuple[str, Any]
"""Where an event stands, and what stands there."""


def outcomes_of(
    events: Iterable[Placed], read: Callable[[Any, str], Fact | Passed], *, cause: str
) -> Iterator[Outcome]:
    """Yield what became of each event, in order."""
    for place, stated in events:
        try:
            yield read(stated, place)
        except Unreadable as error:
            yield error.problem
        except ValueError as error:  # a value that our own types refuse
            yield _impossible(error, place, cause)


def reading_of(told: Iterable[Outcome], receipt: Receipt) -> Reading:
    """Return the facts and problems. What is said in other words under one key is left to tell."""
    facts: dict[bytes, Fact] = {}
    problems: list[Problem] = []
    for one in told:
        if isinstance(one, Fact):
            said = msgpack.encode(structs.replace(one, lineage=receipt.at("")))
            facts.setdefault(said, one)
        elif isinstance(one, Problem):
            problems.append(one)
    return Reading(facts=tuple(facts.values()), problems=tuple(problems))


def _impossible(error: ValueError, place: str, cause: str) -> Problem:
    return Problem(
        place=place,
        cause=f"{cause}:{type(error).__name__}",
        text=f"The event says what cannot be: {error}.",
        remedy="Ask the sender for a corrected event, or enter it by hand.",
    )
