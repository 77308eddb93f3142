"""A charge: one line of money owed for moving a shipment, whoever states it.

Our rating, the carrier and finance all speak in charges, so they compare line by line.
"""

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from drawbar.freight.money import Money


class ChargeKind(StrEnum):
    """What the money is for. The values are stored; carriers' codes are translated at the door."""

    LINEHAUL = "linehaul"
    FUEL_SURCHARGE = "fuel_surcharge"
    DETENTION = "detention"
    LAYOVER = "layover"
    LUMPER = "lumper"
    STOP_OFF = "stop_off"
    TONU = "tonu"
    REDELIVERY = "redelivery"
    RECONSIGNMENT = "reconsignment"
    LIFTGATE = "liftgate"
    RESIDENTIAL = "residential"
    STORAGE = "storage"
    TAX = "tax"
    OTHER = "other"


class Charge(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of a quote, a freight bill or an invoice, for one shipment.

    ``stop`` is the number of the stop it arose at, 0 where it belongs to the whole shipment.
    """

    kind: ChargeKind
    money: Money
    stop: int = 0


class Step(Struct, frozen=True, kw_only=True):
    """One step of a calculation in words and figures: what was taken, what came out."""

    text: str
    result: str = ""


class Explanation(Struct, frozen=True, kw_only=True):
    """Why a charge is what it is: the clause, its version, the facts it used, the steps taken.

    ``facts`` are keys of facts; a person follows them to events and bytes.
    """

    rule: str
    contract_ref: str = ""
    contract_version: int = 0
    clause: str = ""
    facts: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


class Exchanged(Struct, frozen=True, kw_only=True):
    """What a charge was before it was exchanged, and what one unit of that was worth then."""

    money: Money
    rate: Decimal


class TaxBase(Struct, frozen=True, kw_only=True):
    """What a charge of tax is taken of: its percent, and the charges under it by charge_ref.

    ``by_line`` says that it is rounded for each charge, else once on their total.
    """

    percent: Decimal
    charge_refs: tuple[str, ...]
    by_line: bool = False


class AgreedCharge(Struct, frozen=True, kw_only=True):
    """What we expect to pay or earn, with its reason. ``charge_ref`` is unique in the shipment.

    ``passes_on`` is the charge_ref of the carrier's charge that a customer pays by it, if any. A
    provisional charge is not final: ``awaits`` names the indices and sources of exchange rates
    that have not said yet what it depends on, ``priced_by`` the figures of them that made it, such
    as "EIA-US/2026-03-02". ``note`` are words that must stand on an invoice with it. A
    ``recoverable`` one is a tax that the firm gets back, and no cost; a tax without it is cost.
    ``taxed`` is what a tax is taken of, None for other charges and where it was not kept.
    """

    charge_ref: str
    charge: Charge
    why: Explanation
    provisional: bool = False
    passes_on: str = ""
    awaits: tuple[str, ...] = ()
    priced_by: tuple[str, ...] = ()
    note: str = ""
    exchanged: Exchanged | None = None
    recoverable: bool = False
    taxed: TaxBase | None = None


def quantity(value: Decimal) -> str:
    """Return a figure as a person reads it in an explanation: no trailing zeros, no exponent."""
    return f"{value.normalize():,f}"
