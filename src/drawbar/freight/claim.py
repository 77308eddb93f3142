"""Claims: money that we want back from a carrier, beside its freight bills.

An overcharge was paid because the tariff or the time demanded it; a cargo claim is for goods that
did not arrive, or not whole. Neither is set off against a bill unless the contract allows it.
"""

from enum import StrEnum

from msgspec import Struct

from drawbar.freight.dispute import RestCode, Voice
from drawbar.freight.fact import Fact
from drawbar.freight.instant import Instant
from drawbar.freight.money import Money


class ClaimKind(StrEnum):
    """What is claimed back. Stored."""

    OVERCHARGE = "overcharge"
    CARGO = "cargo"


class Osd(StrEnum):
    """What was wrong with freight that arrived: over, short or damaged, or refused. Stored."""

    OVER = "over"
    SHORT = "short"
    DAMAGED = "damaged"
    REFUSED = "refused"


class OsdLine(Struct, frozen=True, kw_only=True):
    """So many pieces of a delivery that were over, short, damaged or refused."""

    what: Osd
    pieces: int


class Paper(StrEnum):
    """A document that a claim may rest on. Stored."""

    BOL = "bol"
    POD = "pod"
    INVOICE_OF_GOODS = "invoice_of_goods"
    FREIGHT_BILL = "freight_bill"
    PHOTO = "photo"
    INSPECTION = "inspection"
    OTHER = "other"


class ClaimPaper(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One document of a claim; ``document`` is its content hash."""

    paper: Paper
    document: str


class ClaimTerms(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Within which times a claim is filed, acknowledged, decided, paid and sued for.

    The firm's policy; a contract may say otherwise. The defaults are those of the United States.
    Cargo: nine months to file is the least that a carrier may grant, and so is two years from its
    written refusal to sue (49 USC 14706(e)(1)), which the uniform straight bill of lading makes two
    years and a day; 30 days to acknowledge (49 CFR 370.5(a)), 120 days to pay, decline or offer (49
    CFR 370.9(a)). Overcharge: 30 days to acknowledge (49 CFR 378.7), 60 days to pay, decline or
    settle (49 CFR 378.8); suit within 18 months of the delivery (49 USC 14705(b) and (g)), and six
    months from a written refusal where that is later (14705(d)). To contest a bill at all, 180 days
    (49 USC 13710(a)(3)(B)), are ``late_days`` of the contract.

    ``file_days`` counts instead of ``file_months`` where it is said: conventions on carriage count
    days. ``papers`` are needed before a cargo claim is filed; ``remind_days`` before the last day
    to file or to sue somebody is told. What salvage brings (49 CFR 370.11) is taken off the amount
    that is filed.
    """

    file_months: int = 9
    file_days: int | None = None
    remind_days: int = 30
    acknowledge_days: int = 30
    decide_days: int = 120
    overcharge_acknowledge_days: int = 30
    overcharge_decide_days: int = 60
    pay_days: int = 30
    sue_months: int = 24
    sue_days: int = 1
    overcharge_sue_months: int = 18
    overcharge_refused_months: int = 6
    papers: tuple[Paper, ...] = (Paper.BOL, Paper.POD, Paper.INVOICE_OF_GOODS)

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a time below zero."""
        times = {name: getattr(self, name) for name in self.__struct_fields__ if name != "papers"}
        below = sorted(name for name, value in times.items() if value is not None and value < 0)
        if below:
            raise ValueError(f"no time is below zero: {', '.join(below)}")


class ClaimStep(StrEnum):
    """What one side does about a claim. Stored."""

    FILE = "file"
    ACKNOWLEDGE = "acknowledge"
    OFFER = "offer"
    ACCEPT = "accept"
    DECLINE = "decline"
    CREDIT = "credit"
    PAY = "pay"
    WITHDRAW = "withdraw"
    WRITE_OFF = "write_off"


class ClaimFound(Fact, frozen=True, kw_only=True):
    """There is something to claim, as it stands now; ``money`` is None while its worth is unknown.

    ``since_at`` is the delivery or the receipt of the bill: windows count from then, in ``zone``,
    which is that of the place of delivery where it is known. Of an overcharge, ``delivered_at`` is
    when the freight was delivered and ``charge_ref`` what it was paid on, ``of_tax`` whether that
    is a tax which the firm gets back. Without money and without ``osd`` there is nothing to claim
    any more.
    """

    claim_ref: str
    kind: ClaimKind
    shipment_ref: str
    carrier_ref: str
    bill_ref: str = ""
    invoice_number: str = ""
    line: int = 0
    money: Money | None = None
    osd: tuple[OsdLine, ...] = ()
    text: str
    since_at: Instant
    charge_ref: str = ""
    zone: str = ""
    delivered_at: Instant | None = None
    set_off_allowed: bool = False
    opened_by: str = ""
    of_tax: bool = False


class ClaimSaid(Fact, frozen=True, kw_only=True):
    """One side takes a step: files, acknowledges, offers, accepts, pays, or lets go.

    ``carrier_ref`` is whose claim it is, empty where it was not said: then only what was let go of
    this claim bounds what may be let go.
    """

    claim_ref: str
    carrier_ref: str = ""
    step: ClaimStep
    voice: Voice
    money: Money | None = None
    papers: tuple[ClaimPaper, ...] = ()
    code: RestCode | None = None
    words: str = ""
    said_by: str
    role: str


class ClaimNetted(Fact, frozen=True, kw_only=True):
    """So much of a claim was taken off what we pay the carrier, in the payment that is named."""

    claim_ref: str
    money: Money
    payment_ref: str


class ClaimCredited(Fact, frozen=True, kw_only=True):
    """A carrier's credit bill gave back ``money`` of what may be claimed of a line."""

    claim_ref: str
    money: Money
    credit_ref: str


class ClaimMadeGood(Fact, frozen=True, kw_only=True):
    """So much of what a load's charge was paid too much came back by a claim, by no credit bill."""

    shipment_ref: str
    claim_ref: str
    charge_ref: str
    money: Money


class ClaimDue(Fact, frozen=True, kw_only=True):
    """A time of a claim has come: to file it, or for the carrier to acknowledge, decide or pay."""

    claim_ref: str
    what: str


class ClaimOpened(Fact, frozen=True, kw_only=True):
    """A named person claims back what was paid too much on one line of a bill."""

    bill_ref: str
    line: int
    money: Money
    opened_by: str
    reason: str


def overcharge_ref_of(bill_ref: str, line: int) -> str:
    """Return the reference of the one overcharge claim about a line of a bill."""
    return f"OC-{bill_ref}-{line}"  # stored


def cargo_ref_of(shipment_ref: str) -> str:
    """Return the reference of the one cargo claim about a shipment."""
    return f"CC-{shipment_ref}"  # stored
