"""How well freight bills match by themselves.

The base is the bills that we owe and decided: not duplicates, not refused ones, not waiting ones.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct

from drawbar.kpis.share import Share, share


class BillEnd(StrEnum):
    """How a bill ended. ``EXCEPTION`` is one that needed a person, whatever was decided then."""

    APPROVED = "approved"
    EXCEPTION = "exception"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    WAITING = "waiting"


class MatchRow(Struct, frozen=True, kw_only=True):
    """One bill received. ``recycled`` says that it had to wait for its shipment."""

    bill_ref: str
    end: BillEnd
    recycled: bool = False


def ended(status: str, *, is_touchless: bool | None) -> BillEnd:
    """Return how a bill ended, by where it stands and whether a person was needed.

    ``is_touchless`` is None while it is not decided.
    """
    match status:
        case "duplicate":
            return BillEnd.DUPLICATE
        case "rejected":
            return BillEnd.REFUSED
        case _ if is_touchless is None or status.startswith("waiting"):
            return BillEnd.WAITING
        case _:
            return BillEnd.APPROVED if is_touchless else BillEnd.EXCEPTION


def first_pass_match(rows: Sequence[MatchRow]) -> Share:
    """Return the bills approved with no person and no waiting, of all unique payable bills."""
    return _share(rows, (row for row in rows if row.end is BillEnd.APPROVED and not row.recycled))


def touchless_match(rows: Sequence[MatchRow]) -> Share:
    """Return the bills approved with no person, waiting or not, of all unique payable bills."""
    return _share(rows, (row for row in rows if row.end is BillEnd.APPROVED))


def exception_rate(rows: Sequence[MatchRow]) -> Share:
    """Return the bills that needed a person, of all unique payable bills."""
    return _share(rows, (row for row in rows if row.end is BillEnd.EXCEPTION))


def duplicate_rate(rows: Sequence[MatchRow]) -> Share:
    """Return the bills that ask again for what another bill asked for, of all received."""
    twice = (row.bill_ref for row in rows if row.end is BillEnd.DUPLICATE)
    return share(twice, base=len(rows))


def _share(rows: Sequence[MatchRow], counted: Iterable[MatchRow]) -> Share:
    payable = sum(1 for row in rows if row.end in (BillEnd.APPROVED, BillEnd.EXCEPTION))
    return share((row.bill_ref for row in counted), base=payable)
