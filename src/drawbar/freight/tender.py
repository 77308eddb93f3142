"""A tender: the question to a carrier whether it takes a load, and its answer.

A tender names the version of the load that it offers; an acceptance of an older one does not count.
"""

from enum import StrEnum

from msgspec import Struct

from drawbar.freight.fact import Fact, FactKey
from drawbar.freight.money import Money
from drawbar.freight.reference import Reference


class Answer(StrEnum):
    """What the carrier said. Stored."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


class TenderAnswered(Fact, frozen=True, kw_only=True):
    """A carrier answered a tender. ``references`` name it: our tender id, or only the shipment.

    ``pro`` is the carrier's number for the load where it gave one already. ``recorded_by`` is who
    of us wrote it down, empty where the carrier itself said so.
    """

    carrier_ref: str
    references: tuple[Reference, ...]
    answer: Answer
    reason: str = ""
    pro: str = ""
    recorded_by: str = ""


class TenderExpired(Fact, frozen=True, kw_only=True):
    """Nobody answered in time. Silence is not an acceptance."""

    shipment_ref: str
    tender_ref: str


class DriverDispatched(Fact, frozen=True, kw_only=True):
    """The carrier sent a driver to the pickup."""

    carrier_ref: str
    references: tuple[Reference, ...]


class SpotRate(Struct, frozen=True, kw_only=True):
    """What a carrier gets for one load, linehaul and fuel together, and whose word that is.

    It takes the place of the contract's linehaul and fuel surcharge; all else the contract says.
    ``fact`` is the offer that states it.
    """

    money: Money
    approved_by: str
    reason: str
    fact: FactKey


class LoadOffered(Fact, frozen=True, kw_only=True):
    """A dispatcher offers a load to a carrier of their choice, in the routing guide or not.

    ``rate`` is a spot rate; None where the carrier's contract decides.
    """

    shipment_ref: str
    carrier_ref: str
    offered_by: str
    reason: str
    rate: Money | None = None


class LoadOfferedToAll(Fact, frozen=True, kw_only=True):
    """A dispatcher offers a load to everybody of its routing guide; the first to accept has it."""

    shipment_ref: str
    offered_by: str
    reason: str


class TenderWithdrawn(Fact, frozen=True, kw_only=True):
    """A dispatcher takes a tender back. Nobody else is asked until a person says so."""

    shipment_ref: str
    tender_ref: str
    withdrawn_by: str
    reason: str


class LoadRetendered(Fact, frozen=True, kw_only=True):
    """A dispatcher lets the next carrier of the guide be asked, after taking ``tender_ref`` back.

    ``tender_ref`` is empty where nobody is asked now.
    """

    shipment_ref: str
    tender_ref: str = ""
    retendered_by: str
    reason: str


class LoadHeld(Fact, frozen=True, kw_only=True):
    """A dispatcher stops a load: no carrier is asked any more. Who has it keeps it."""

    shipment_ref: str
    held_by: str
    reason: str


class HoldLifted(Fact, frozen=True, kw_only=True):
    """A dispatcher lets a load go on that somebody had stopped."""

    shipment_ref: str
    lifted_by: str
    reason: str


ByHand = LoadOffered | LoadOfferedToAll | TenderWithdrawn | LoadRetendered | LoadHeld | HoldLifted
"""What a dispatcher decides about a load."""
