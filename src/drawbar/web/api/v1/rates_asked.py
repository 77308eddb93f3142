"""A movement as somebody asks for its price: what of it is known, in version 1's words.

The same body is posted to ``/v1/rates/explain`` and read from a file by ``drawbar rate explain``.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated

from msgspec import Meta, Struct, structs

from drawbar.freight.accessorial import Evidence
from drawbar.freight.approval import Approval
from drawbar.freight.charge import ChargeKind
from drawbar.freight.contract import Side
from drawbar.freight.instant import utc
from drawbar.freight.ltl import freight_class
from drawbar.freight.movement import Certificate, Movement, Proof
from drawbar.freight.visit import Visit, planned
from drawbar.web.api.v1.order import ClassText, GoodsV1, StopV1
from drawbar.web.api.v1.term import AmountV1
from drawbar.web.api.v1.text import (
    Line,
    Moment,
    Name,
    Prose,
    QuantityText,
    StopNumber,
    refuse_absurd,
)


class DrivenStopV1(StopV1, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One stop as planned, and as it was driven as far as it was."""

    arrived_at: Moment | None = None
    departed_at: Moment | None = None

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for absurd times, or for leaving before coming."""
        super().__post_init__()
        refuse_absurd(self.arrived_at, self.departed_at)
        if self.arrived_at and self.departed_at and self.departed_at < self.arrived_at:
            raise ValueError("departed_at is before arrived_at")

    def visit(self, number: int) -> Visit:
        """Return it in our words."""
        return structs.replace(
            planned(self.stop(number)),
            arrived_at=utc(self.arrived_at) if self.arrived_at else None,
            departed_at=utc(self.departed_at) if self.departed_at else None,
        )


class CertifiedV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A certified weight or class; ``sku`` is the line of goods, empty for all of them."""

    certificate_ref: Name
    certified_at: Moment
    weight_lb: QuantityText | None = None
    freight_class: ClassText = ""
    sku: Line = ""

    def __post_init__(self) -> None:
        """Raise ``UnknownFreightClass``."""
        if self.freight_class:
            freight_class(self.freight_class)

    def certificate(self) -> Certificate:
        """Return it in our words."""
        return Certificate(
            certificate_ref=self.certificate_ref,
            certified_at=utc(self.certified_at),
            weight_lb=None if self.weight_lb is None else Decimal(self.weight_lb),
            freight_class=self.freight_class,
            sku=self.sku,
            fact=f"asked:certificate:{self.certificate_ref}",
        )


class ProofV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something on file that a charge hangs on; ``count`` is how many units it proves."""

    evidence: Evidence
    kind: ChargeKind
    stop: StopNumber = 0
    money: AmountV1 | None = None
    count: QuantityText = "1"
    by_carrier: bool = False
    reason: Prose = ""
    document: Line = ""

    def proof(self, number: int) -> Proof:
        """Return it in our words."""
        return Proof(
            evidence=self.evidence,
            kind=self.kind,
            stop=self.stop,
            money=self.money.money() if self.money else None,
            count=Decimal(self.count),
            by_carrier=self.by_carrier,
            reason=self.reason,
            document=self.document,
            fact=f"asked:proof:{number}",
        )


class ApprovedV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person's word for a charge."""

    kind: ChargeKind
    money: AmountV1
    stop: StopNumber = 0
    approved_by: Name
    reason: Prose = ""

    def approval(self, number: int) -> Approval:
        """Return it in our words."""
        return Approval(
            kind=self.kind,
            money=self.money.money(),
            stop=self.stop,
            approved_by=self.approved_by,
            reason=self.reason,
            fact=f"asked:approval:{number}",
        )


class RateAskV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A movement to be priced with ``party_ref``: a carrier on the buy side, else a customer.

    ``known_at`` asks by what was known of contracts and indices then, now where it is left out.
    """

    party_ref: Name
    side: Side = Side.BUY
    stops: Annotated[tuple[DrivenStopV1, ...], Meta(min_length=2, max_length=30)]
    goods: Annotated[tuple[GoodsV1, ...], Meta(max_length=500)] = ()
    equipment: Name = "dry van"
    service: Name = "standard"
    certificates: Annotated[tuple[CertifiedV1, ...], Meta(max_length=50)] = ()
    proofs: Annotated[tuple[ProofV1, ...], Meta(max_length=200)] = ()
    approvals: Annotated[tuple[ApprovedV1, ...], Meta(max_length=200)] = ()
    tendered_at: Moment | None = None
    invoiced_on: date | None = None
    known_at: Moment | None = None

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for an absurd time."""
        refuse_absurd(self.tendered_at, self.invoiced_on, self.known_at)

    def movement(self) -> Movement:
        """Return what is to be priced in our words, its stops numbered from 1."""
        return Movement(
            origin=self.stops[0].place.place(),
            destination=self.stops[-1].place.place(),
            visits=tuple(stop.visit(number) for number, stop in enumerate(self.stops, start=1)),
            goods=tuple(line.goods() for line in self.goods),
            equipment=self.equipment,
            service=self.service,
            certificates=tuple(one.certificate() for one in self.certificates),
            proofs=tuple(one.proof(number) for number, one in enumerate(self.proofs, start=1)),
            approvals=tuple(
                one.approval(number) for number, one in enumerate(self.approvals, start=1)
            ),
            tendered_at=utc(self.tendered_at) if self.tendered_at else None,
            invoiced_on=self.invoiced_on,
        )
