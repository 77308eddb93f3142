"""How far a person's word goes: alone, with a second person, or not at all.

Money beyond what was agreed is paid on somebody's word only; that word has a limit, and what the
same person let pass before counts against it.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from drawbar.freight.approval import ApprovalLimit
from drawbar.freight.money import Money


class Authority(StrEnum):
    """Whether somebody may approve an amount."""

    ALONE = "alone"
    WITH_A_SECOND = "with_a_second"
    BEYOND = "beyond"


class Person(Struct, frozen=True, kw_only=True):
    """Who decides, and in what capacity."""

    name: str
    role: str


def limit_of(person: Person, limits: Mapping[str, ApprovalLimit]) -> ApprovalLimit | None:
    """Return the limit of a person, else of their role; None where nobody has any limit."""
    if not limits:
        return None
    nothing = ApprovalLimit(alone=Decimal(0), together=Decimal(0))
    return limits.get(person.name) or limits.get(person.role) or nothing


def authority(
    excess: Money,
    person: Person,
    *,
    before: Iterable[Money] = (),
    limits: Mapping[str, ApprovalLimit],
    currency: str,
) -> Authority:
    """Return whether ``person`` may let ``excess`` be paid, after what they granted ``before``.

    Limits are in ``currency``; money in another one is beyond all of them.
    """
    limit = limit_of(person, limits)
    if limit is None:
        return Authority.ALONE
    amounts = [excess, *before]
    if any(one.currency != currency for one in amounts if one.amount):
        return Authority.BEYOND
    asked = sum(one.amount for one in amounts)
    if asked <= limit.alone:
        return Authority.ALONE
    return Authority.WITH_A_SECOND if asked <= limit.together else Authority.BEYOND
