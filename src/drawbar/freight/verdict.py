"""A verdict: what one billed line is worth, why, and what it used up of what we agreed."""

from enum import StrEnum

from msgspec import Struct

from drawbar.freight.charge import AgreedCharge
from drawbar.freight.freight_bill import BillLine
from drawbar.freight.money import Money


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


class OpenCharge(Struct, frozen=True, kw_only=True):
    """An agreed charge and how much of it earlier bills have used up already."""

    agreed: AgreedCharge
    used: Money


class LineVerdict(Struct, frozen=True, kw_only=True):
    """What one line is worth. ``payable`` plus ``disputed`` is what was billed.

    ``uses`` says how much is paid on which agreed charge, by charge_ref: below zero for a credit,
    above what was left of the charge where tolerance or a claim let it pass. ``claimed`` is the
    part of ``payable`` that we claim back. ``log`` is each step of the evaluation in its order,
    ``remedy`` what would mend a line that was not paid.
    """

    line: BillLine
    judgement: Judgement
    payable: Money
    disputed: Money
    claimed: Money | None = None
    reason: Reason | None = None
    uses: dict[str, Money] = {}
    text: str = ""
    remedy: str = ""
    log: tuple[str, ...] = ()
