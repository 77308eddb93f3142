"""A verdict: what one billed line is worth, why, and what it used up of what we agreed."""

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from drawbar.freight.charge import AgreedCharge
from drawbar.freight.freight_bill import BillLine
from drawbar.freight.instant import Instant
from drawbar.freight.money import Money
from drawbar.freight.party import Measure


class Judgement(StrEnum):
    """What happens to a billed line. Stored.

    A claimed line is paid in full, since the tariff forbids short pay, and its excess claimed back.
    """

    PAYABLE = "payable"
    SHORT_PAID = "short_paid"
    STOPPED = "stopped"
    CLAIMED = "claimed"


class Reason(StrEnum):
    """Why a bill or a line is not simply paid. Stored; the carrier reads it too."""

    RATE = "RATE"
    FUEL_WEEK = "FUEL_WEEK"
    FUEL_BASE = "FUEL_BASE"
    MILES = "MILES"
    REWEIGH = "REWEIGH"
    RECLASS = "RECLASS"
    NO_EVENT = "NO_EVENT"
    NOT_AUTHORISED = "NOT_AUTHORISED"
    LATE_ARRIVAL = "LATE_ARRIVAL"
    RECEIPT = "RECEIPT"
    DUPLICATE = "DUPLICATE"
    AMBIGUOUS = "AMBIGUOUS"
    REFERENCE_CONFLICT = "REFERENCE_CONFLICT"
    MATCH_FAILURE = "MATCH_FAILURE"
    CONTROL_TOTAL = "CONTROL_TOTAL"
    LATE_BILL = "LATE_BILL"
    CURRENCY = "CURRENCY"
    TAX = "TAX"
    PAYEE = "PAYEE"
    PROVISIONAL = "PROVISIONAL"
    BILL_DATE = "BILL_DATE"
    UNKNOWN_CODE = "UNKNOWN_CODE"


class Supposition(Struct, frozen=True, kw_only=True):
    """What a charge would come to if a figure that the carrier uses were right.

    ``money`` is None where the figure alone is told: it differs and does not explain the amount.
    """

    reason: Reason
    money: Money | None = None
    text: str


class OpenCharge(Struct, frozen=True, kw_only=True):
    """An agreed charge and how much of it earlier bills have used up already.

    ``tolerated`` is what of ``used`` is above the agreed amount because a tolerance let it pass.
    """

    agreed: AgreedCharge
    used: Money
    tolerated: Money | None = None


class Level(StrEnum):
    """What a tolerance is asked of: a whole bill, one line of it, or one agreed charge. Stored."""

    BILL = "bill"
    LINE = "line"
    CHARGE = "charge"


class Comparison(Struct, frozen=True, kw_only=True):
    """One question of a tolerance, with its figures, unrounded, and the answer.

    ``about`` is the line's number or the charge's reference. ``difference`` is what is billed too
    much, or too little where ``is_under``, with what earlier bills of the shipment were let pass,
    ``earlier``; ``base`` is what a percent is taken of. A limit that is not asked is None.
    """

    level: Level
    about: str = ""
    is_under: bool = False
    difference: Decimal
    earlier: Decimal = Decimal(0)
    base: Decimal
    limit_percent: Decimal | None = None
    limit: Decimal | None = None
    measure: Measure
    percent_holds: bool | None = None
    amount_holds: bool | None = None
    holds: bool


class Evaluation(Struct, frozen=True, kw_only=True):
    """How a bill was weighed against the tolerance: which rule, and each comparison in its order.

    ``scope`` says for whom the rule is. Kept for ever with the bill; ``at`` is None until it is.
    """

    policy_ref: str
    version: int
    scope: str = ""
    comparisons: tuple[Comparison, ...]
    at: Instant | None = None


class LineVerdict(Struct, frozen=True, kw_only=True):
    """What one line is worth. ``payable``, ``disputed`` and ``covered`` are what it bills.

    ``covered`` is what an earlier bill, which this one replaces, was paid of it: None for most.

    ``uses`` says how much is paid on which agreed charge, by charge_ref: below zero for a credit,
    above what was left of the charge where tolerance or a claim let it pass. ``tolerated`` is the
    part of ``payable`` above what was agreed that a tolerance let pass, ``claimed`` the part that
    we claim back. ``log`` is each step of the evaluation in its order,
    ``remedy`` what would mend a line that was not paid.
    """

    line: BillLine
    judgement: Judgement
    payable: Money
    disputed: Money
    claimed: Money | None = None
    tolerated: Money | None = None
    covered: Money | None = None
    reason: Reason | None = None
    uses: dict[str, Money] = {}
    text: str = ""
    remedy: str = ""
    log: tuple[str, ...] = ()
