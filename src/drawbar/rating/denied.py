"""A charge that somebody may bill and that is not owed, with the reason to answer."""

from msgspec import Struct

from drawbar.freight.charge import ChargeKind
from drawbar.freight.fact import FactKey
from drawbar.freight.verdict import Reason


class Denied(Struct, frozen=True, kw_only=True):
    """What is not owed and why, in a word that the carrier knows and in words.

    ``stop`` is 0 for the whole shipment; ``facts`` are the keys of the events that say so.
    """

    kind: ChargeKind
    stop: int = 0
    reason: Reason
    text: str
    facts: tuple[FactKey, ...] = ()
