"""Evidence: what is filed for a charge, a lumper's receipt, a storage statement, a refused attempt.

Whether it makes the charge owed is the contract's word; a paper filed twice proves one thing.
"""

from decimal import Decimal

from drawbar.freight.accessorial import Evidence
from drawbar.freight.charge import ChargeKind
from drawbar.freight.fact import Fact
from drawbar.freight.money import Money
from drawbar.freight.reference import Reference


class EvidenceReceived(Fact, frozen=True, kw_only=True):
    """Somebody files what a charge hangs on. ``happened_at`` is when what it proves happened.

    ``money`` is what a receipt is over, ``count`` how many units are proven, such as days or hours.
    ``stop`` is 0 where it is about the whole load. ``by_carrier`` says that the carrier caused it,
    ``reason`` why it happened; ``document`` is the content hash of the paper, empty without one.
    """

    references: tuple[Reference, ...]
    evidence: Evidence
    charge: ChargeKind
    stop: int = 0
    money: Money | None = None
    count: Decimal = Decimal(1)
    by_carrier: bool = False
    reason: str = ""
    document: str = ""
    reported_by: str = ""


CARRIER_CAUSES = (
    "A1", "AA", "AF", "AH", "AI", "AJ", "AK", "AL", "AW", "AY", "BF", "BH", "BI", "P1",
    "accident", "breakdown", "carrier related", "driver late", "driver related", "late arrival",
    "mechanical breakdown", "missed appointment", "missed delivery", "missed pickup", "mis-sort",
    "out of hours", "no driver", "wrong equipment",
)  # fmt: skip
"""Reasons of an attempt that are the carrier's own; a firm's policy may name others.

The codes are those of X12 element 1651 that blame carrier, driver, equipment or its own earlier
stop, such as AI, mechanical breakdown, or A1, missed delivery.
"""


def is_by_carrier(reason: str, causes: tuple[str, ...] = CARRIER_CAUSES) -> bool:
    """Return whether a reason is one of ``causes``, alone or as a code before its words."""
    said = _words(reason)
    first = said.split(" ", 1)[0]
    return any(_words(cause) in {said, first} for cause in causes)


def _words(text: str) -> str:
    kept = "".join(mark if mark.isalnum() else " " for mark in text.casefold())
    return " ".join(kept.split())
