"""A tender: the question to a carrier whether it takes a load, and its answer.

A tender names the version of the load that it offers; an acceptance of an older one does not count.
"""

from enum import StrEnum

from drawbar.freight.fact import Fact
from drawbar.freight.reference import Reference


class Answer(StrEnum):
    """What the carrier said. Stored."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


class TenderAnswered(Fact, frozen=True, kw_only=True):
    """A carrier answered a tender. ``references`` name it: our tender id, or only the shipment.

    ``pro`` is the carrier's number for the load where it gave one already.
    """

    carrier_ref: str
    references: tuple[Reference, ...]
    answer: Answer
    reason: str = ""
    pro: str = ""


class TenderExpired(Fact, frozen=True, kw_only=True):
    """Nobody answered in time. Silence is not an acceptance."""

    shipment_ref: str
    tender_ref: str


class DriverDispatched(Fact, frozen=True, kw_only=True):
    """The carrier sent a driver to the pickup."""

    carrier_ref: str
    references: tuple[Reference, ...]
