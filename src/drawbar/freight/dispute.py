"""Disputes: what a carrier wants, what we contest of it, and what both say until one of them ends.

There is one dispute for each item of a shipment; every billed line about that item is part of it.
"""

from enum import StrEnum

from msgspec import Struct

from drawbar.freight.charge import ChargeKind
from drawbar.freight.fact import Fact
from drawbar.freight.instant import Instant
from drawbar.freight.money import Money


class Voice(StrEnum):
    """Who speaks in a dispute or about a claim. Stored."""

    OURS = "ours"
    CARRIER = "carrier"


class Ending(StrEnum):
    """What became of contested money. Stored.

    Paid: we conceded it. Credited: the carrier let it go. Written off: a named person let it rest
    unpaid. Granted: it was judged again, and turned out to be owed.
    """

    PAID = "paid"
    CREDITED = "credited"
    WRITTEN_OFF = "written_off"
    GRANTED = "granted"


class RestCode(StrEnum):
    """Why a dispute or a claim ends by one side's word, to count by. Stored."""

    CARRIER_IS_RIGHT = "carrier_is_right"
    CREDIT_MEMO = "credit_memo"
    CARRIER_SILENT = "carrier_silent"
    TOO_SMALL = "too_small"
    TOO_LATE = "too_late"
    NOT_PROVABLE = "not_provable"
    OUR_MISTAKE = "our_mistake"
    GOODWILL = "goodwill"


class Silence(StrEnum):
    """What a firm takes a carrier's silence in a dispute for; it never pays for it. Stored."""

    STAYS_OPEN = "stays_open"
    LETS_GO = "lets_go"


class PartAmount(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What of one contested line is to be paid, as one side sees it."""

    bill_ref: str
    line: int
    money: Money

    @property
    def part(self) -> str:
        """Return the name of the part of the dispute that it is about."""
        return part_key(self.bill_ref, self.line)


class LineContested(Fact, frozen=True, kw_only=True):
    """We contest ``money`` more of a billed line, above zero. ``rules`` are the versions we used.

    ``received_at`` is when the bill came; the windows of its tariff count from then.
    """

    dispute_ref: str
    shipment_ref: str
    carrier_ref: str
    kind: ChargeKind
    stop: int
    bill_ref: str
    invoice_number: str
    line: int
    money: Money
    reason: str
    text: str
    rules: tuple[str, ...] = ()
    received_at: Instant
    answer_days: int
    window_days: int | None


class LineEnded(Fact, frozen=True, kw_only=True):
    """Contested money of a billed line is contested no more; none of the parts is below zero."""

    dispute_ref: str
    bill_ref: str
    line: int
    ended: dict[Ending, Money]
    because: str


class CreditNoted(Fact, frozen=True, kw_only=True):
    """A carrier's credit bill came about an item for which nothing is agreed: ``money`` of it.

    ``kind`` and ``stop`` are the item; they are not said of credits that came before they were
    kept until somebody bills what they are about.
    """

    dispute_ref: str
    credit_ref: str
    invoice_number: str
    money: Money
    shipment_ref: str = ""
    carrier_ref: str = ""
    kind: ChargeKind | None = None
    stop: int = 0


class DisputeAnswered(Fact, frozen=True, kw_only=True):
    """One side says what of the open lines is to be paid. ``document`` is a content hash or empty.

    A line that is not named stays where that side saw it before; with ``accepts`` the side takes
    whatever the other one said last. ``turn`` is what it answers, None where nobody looked.
    """

    dispute_ref: str
    turn: int | None = None
    voice: Voice
    amounts: tuple[PartAmount, ...] = ()
    accepts: bool = False
    words: str = ""
    document: str = ""
    said_by: str
    role: str


class DisputeSettled(Fact, frozen=True, kw_only=True):
    """A named person ends what is open: we pay it, the carrier credits it, or nobody pays it.

    ``money`` is what a credit memo is about, everything that is open where it does not say.
    ``carrier_ref`` is whose dispute it is, empty where it was not said.
    """

    dispute_ref: str
    carrier_ref: str = ""
    turn: int | None = None
    how: Ending
    money: Money | None = None
    code: RestCode
    reason: str
    document: str = ""
    settled_by: str
    role: str


class DisputeUnanswered(Fact, frozen=True, kw_only=True):
    """Nobody answered by the time that the tariff allows. ``turn`` is what was to be answered."""

    dispute_ref: str
    turn: int


def dispute_ref_of(shipment_ref: str, kind: ChargeKind, stop: int) -> str:
    """Return the reference of the one dispute about an item of a shipment."""
    return f"D-{shipment_ref}-{kind.value}-{stop}"  # stored


def part_key(bill_ref: str, line: int) -> str:
    """Return the name of a contested line among the parts of its dispute."""
    return f"{bill_ref}:{line}"  # stored
