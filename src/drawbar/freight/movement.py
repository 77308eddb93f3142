"""A movement: everything about one shipment that its price may depend on, as far as it is known."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.accessorial import Evidence
from drawbar.freight.approval import Approval
from drawbar.freight.charge import AgreedCharge, ChargeKind
from drawbar.freight.fact import FactKey
from drawbar.freight.instant import Instant
from drawbar.freight.money import Money
from drawbar.freight.order import Goods
from drawbar.freight.place import Place
from drawbar.freight.visit import Visit


class Certificate(Struct, frozen=True, kw_only=True):
    """A certified weight or class: a reweigh or an inspection, with the document that says so.

    A figure that the certificate does not state is None or empty; the latest one counts. ``sku``
    names the line of goods that it is about, empty for the whole shipment.
    """

    certificate_ref: str
    certified_at: Instant
    weight_lb: Decimal | None = None
    freight_class: str = ""
    sku: str = ""
    reported_by: str = ""
    fact: FactKey


class Proof(Struct, frozen=True, kw_only=True):
    """Something on file that a charge hangs on: a receipt over an amount, a failed attempt.

    ``count`` is how many units it proves, such as days of storage. ``by_carrier`` says that the
    carrier caused it, so that nothing is owed; ``reason`` says why it happened. The same
    ``document`` proves a thing once, whoever sends it.
    """

    evidence: Evidence
    kind: ChargeKind
    stop: int = 0
    money: Money | None = None
    count: Decimal = Decimal(1)
    by_carrier: bool = False
    reason: str = ""
    document: str = ""
    reported_by: str = ""
    fact: FactKey


class Movement(Struct, frozen=True, kw_only=True):
    """One shipment as rating sees it. ``visits`` are in driving order, first the origin.

    ``costs`` are the carrier's charges as agreed, for a customer who pays them as they come.
    ``tendered_at`` is when its carrier was offered it; ``invoiced_on`` the day of the bill, for
    contracts that convert by that day.
    """

    origin: Place
    destination: Place
    visits: tuple[Visit, ...]
    goods: tuple[Goods, ...] = ()
    equipment: str = ""
    service: str = ""
    certificates: tuple[Certificate, ...] = ()
    proofs: tuple[Proof, ...] = ()
    approvals: tuple[Approval, ...] = ()
    costs: tuple[AgreedCharge, ...] = ()
    tendered_at: Instant | None = None
    invoiced_on: date | None = None
