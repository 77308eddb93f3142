"""Certificates of weight and class over HTTP: a reweigh or an inspection. Translation only."""

from decimal import Decimal

from litestar import post
from litestar.params import JSONBody
from litestar.status_codes import HTTP_202_ACCEPTED
from msgspec import Struct

from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.certificate import FreightCertified
from drawbar.freight.instant import utc
from drawbar.freight.lineage import Receipt
from drawbar.freight.ltl import freight_class
from drawbar.freight.reading import Reading
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.stream import StreamKind
from drawbar.web.api.v1.body import decoded
from drawbar.web.api.v1.identity import fact_key
from drawbar.web.api.v1.inbound import Arriving, TakenV1
from drawbar.web.api.v1.order import ClassText
from drawbar.web.api.v1.pods import Sha256
from drawbar.web.api.v1.term import ReferenceV1
from drawbar.web.api.v1.text import Line, Moment, Name, NamePath, QuantityText, refuse_absurd
from drawbar.web.auth.caller import carrier_of
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.problem import unfit


class CertificateV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a scale or an inspection says; ``sku`` is the line of goods, empty for all of them.

    At least one of ``weight_lb`` and ``freight_class`` is stated. ``document_sha256`` names the
    scan of the certificate; a carrier's word needs it.
    """

    shipment_ref: Name
    certificate_ref: Name
    certified_at: Moment
    weight_lb: QuantityText | None = None
    freight_class: ClassText = ""
    sku: Line = ""
    document_sha256: Sha256 = ""

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a certificate of nothing, of no weight, of an unknown class."""
        refuse_absurd(self.certified_at)
        if self.weight_lb is None and not self.freight_class:
            raise ValueError("a certificate states weight_lb, freight_class or both")
        if self.weight_lb is not None and not Decimal(self.weight_lb):
            raise ValueError("weight_lb is zero; freight weighs more than nothing")
        if self.freight_class:
            freight_class(self.freight_class)


@post(
    "/v1/shipments/{shipment_ref:str}/certificates",
    status_code=HTTP_202_ACCEPTED,
    **policy(Scope.FREIGHT_CERTIFY),
)
def certify_freight(
    shipment_ref: NamePath, data: JSONBody[CertificateV1], inbound: Arriving
) -> TakenV1:
    """Record a certified weight or class. Whether it changes the price is the contract's word."""
    if data.shipment_ref != shipment_ref:
        raise unfit(
            "$.shipment_ref",
            f"The address names {shipment_ref}, the body {data.shipment_ref}.",
            "Name the same shipment in both.",
        )
    inbound.speak_for_shipments((ReferenceV1(kind=ReferenceKind.SHIPMENT, value=shipment_ref),))
    _refuse_unfit(data, inbound.must_know(StreamKind.SHIPMENT, shipment_ref))
    if inbound.caller.carrier_ref and not data.document_sha256:
        raise unfit(
            "$.document_sha256",
            "A carrier's certificate counts with its document only.",
            "Send the SHA-256 of the scanned certificate.",
        )
    return inbound.take("certify-freight")


def _refuse_unfit(told: CertificateV1, state: object) -> None:
    if not isinstance(state, ShipmentState) or not told.sku:
        return
    carried = {line.sku for line in state.order.goods}
    if told.sku not in carried:
        raise unfit(
            "$.sku",
            f"The shipment carries {', '.join(sorted(carried))}, not {told.sku}.",
            "Name a line of its goods, or leave sku out to speak of all.",
        )


def read_certificate(body: bytes, receipt: Receipt) -> Reading:
    """Read a certificate; the sender of the message is who reports it."""
    told = decoded(body, CertificateV1)
    fact = FreightCertified(
        key=fact_key("certificate", receipt.sender, told.shipment_ref, body=told),
        happened_at=utc(told.certified_at),
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        references=(Reference(ReferenceKind.SHIPMENT, told.shipment_ref),),
        certificate_ref=told.certificate_ref,
        weight_lb=None if told.weight_lb is None else Decimal(told.weight_lb),
        freight_class=f"{freight_class(told.freight_class):f}" if told.freight_class else "",
        sku=told.sku,
        document=told.document_sha256,
        reported_by=carrier_of(receipt.sender) or receipt.sender,
    )
    return Reading(facts=(fact,))
