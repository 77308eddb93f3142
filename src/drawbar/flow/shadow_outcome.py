"""What a bill came to in a shadow audit: payable, not owed or undecided, exact to the cent.

The three add up to what is billed. What cannot be judged yet is never called a saving.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct

from drawbar.freight.charge import AgreedCharge
from drawbar.freight.freight_bill import BillReceived, FreightBill
from drawbar.freight.instant import Instant
from drawbar.freight.money import Money, total, zero
from drawbar.freight.verdict import LineVerdict, Reason

UNRATED = "UNRATED"
UNKNOWN_CODE = Reason.UNKNOWN_CODE.value
UNREAD = "UNREAD"
"""``UNRATED`` and ``UNREAD`` are reasons of an audit's own: there is no price for the load, or a
part of the bill could not be read."""


class Standing(StrEnum):
    """What becomes of a bill. ``CLAIMED`` is paid in full, and a part of it claimed back."""

    APPROVED = "approved"
    CLAIMED = "claimed"
    SHORT_PAID = "short_paid"
    REFUSED = "refused"
    DUPLICATE = "duplicate"
    UNDECIDED = "undecided"


class Why(Struct, frozen=True, kw_only=True):
    """Why something is not simply paid. ``is_open`` where we lack something to know that."""

    reason: str = ""
    text: str = ""
    remedy: str = ""
    is_open: bool = False


PAID = Why()


class Stranger(Struct, frozen=True, kw_only=True):
    """A billed line that could not be understood; the others of its bill are judged without it."""

    number: int
    money: Money
    code: str
    text: str
    place: str
    why: Why


class Asked(Struct, frozen=True, kw_only=True):
    """A bill as it came. ``fact`` has the lines that could be understood, and their sum as total.

    ``billed`` is what its header asks for, ``strangers`` are the lines that nobody understands.
    """

    fact: BillReceived
    billed: Money
    strangers: tuple[Stranger, ...] = ()


class LineOutcome(Struct, frozen=True, kw_only=True):
    """One billed line. ``uses`` is what is paid on which agreed charge, by its name.

    ``said`` is the verdict in words, also of a line that is paid.
    """

    number: int
    kind: str
    billed: Money
    payable: Money
    why: Why = PAID
    claimed: Money | None = None
    stop: int = 0
    code: str = ""
    text: str = ""
    place: str = ""
    judgement: str = ""
    said: str = ""
    steps: tuple[str, ...] = ()
    uses: dict[str, Money] = {}

    @property
    def disputed(self) -> Money:
        """Return what of it is not paid."""
        return self.billed - self.payable


class Outcome(Struct, frozen=True, kw_only=True):
    """One bill as decided. ``agreed`` is what its shipment should cost, with every step."""

    bill: FreightBill
    received_at: Instant
    standing: Standing
    lines: tuple[LineOutcome, ...]
    billed: Money
    payable: Money
    not_owed: Money
    undecided: Money
    claimed: Money
    why: Why = PAID
    shipment_ref: str = ""
    log: tuple[str, ...] = ()
    agreed: tuple[AgreedCharge, ...] = ()

    @property
    def saved(self) -> Money:
        """Return what the audit saves: what is not owed, and what is claimed back."""
        return self.not_owed + self.claimed


def refused_lines(bill: FreightBill, why: Why) -> tuple[LineOutcome, ...]:
    """Return the lines of a bill of which nothing is paid, for one reason."""
    return tuple(
        LineOutcome(
            number=line.number,
            kind=line.kind.value,
            billed=line.money,
            payable=zero(line.money.currency),
            why=why,
            stop=line.stop,
            code=line.code,
            text=line.text,
            place=line.place,
        )
        for line in bill.lines
    )


def judged_line(verdict: LineVerdict, why: Why) -> LineOutcome:
    """Return a line by the verdict of the audit, with ``why`` in our words."""
    line = verdict.line
    return LineOutcome(
        number=line.number,
        kind=line.kind.value,
        billed=line.money,
        payable=verdict.payable,
        why=why,
        claimed=verdict.claimed,
        stop=line.stop,
        code=line.code,
        text=line.text,
        place=line.place,
        judgement=verdict.judgement.value,
        said=verdict.text,
        steps=verdict.log,
        uses=verdict.uses,
    )


def strange_line(one: Stranger) -> LineOutcome:
    """Return a line that stops because nobody understands it."""
    return LineOutcome(
        number=one.number,
        kind="",
        billed=one.money,
        payable=zero(one.money.currency),
        why=one.why,
        code=one.code,
        text=one.text,
        place=one.place,
    )


def summed(asked: Asked, lines: Iterable[LineOutcome], *, why: Why = PAID) -> Outcome:
    """Return the bill with its sums.

    A header that is not the sum of its lines leaves a rest, which is undecided.
    """
    billed = asked.billed
    ordered = tuple(sorted(lines, key=lambda one: one.number))
    currency = billed.currency
    payable = _sum((one.payable for one in ordered), currency)
    owed_not = _sum((one.disputed for one in ordered if not one.why.is_open), currency)
    not_owed = zero(currency) if why.is_open else owed_not
    first = why if why.reason else next((one.why for one in ordered if one.why.reason), PAID)
    return Outcome(
        bill=asked.fact.bill,
        received_at=asked.fact.learned_at,
        standing=_standing(ordered, first, payable, not_owed),
        lines=ordered,
        billed=billed,
        payable=payable,
        not_owed=not_owed,
        undecided=billed - payable - not_owed,
        claimed=_sum((one.claimed for one in ordered), currency),
        why=first,
    )


def _sum(amounts: Iterable[Money | None], currency: str) -> Money:
    alike = (one for one in amounts if one is not None and one.currency == currency)
    return total(alike, currency=currency)


def _standing(lines: Sequence[LineOutcome], why: Why, payable: Money, not_owed: Money) -> Standing:
    if any(one.claimed for one in lines):
        return Standing.CLAIMED
    if not why.reason:
        return Standing.APPROVED
    if payable.amount > 0:
        return Standing.SHORT_PAID
    if why.reason == Reason.DUPLICATE and not_owed.amount and not any(o.judgement for o in lines):
        return Standing.DUPLICATE
    return Standing.REFUSED if not_owed.amount else Standing.UNDECIDED
