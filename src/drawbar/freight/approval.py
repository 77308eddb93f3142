"""An approval: a named person's word that a charge may be paid, and why."""

from msgspec import Struct

from drawbar.freight.charge import ChargeKind
from drawbar.freight.fact import FactKey
from drawbar.freight.money import Money


class Approval(Struct, frozen=True, kw_only=True):
    """What was approved for one shipment; ``fact`` is the key of the fact that says so."""

    kind: ChargeKind
    money: Money
    stop: int
    approved_by: str
    reason: str
    fact: FactKey
