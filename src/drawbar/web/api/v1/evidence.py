"""Receipts, attempts and statements for a charge over HTTP. Translation only.

Whether a paper makes a charge owed is the contract's word, up to what it lets be owed.
"""

from decimal import Decimal

from litestar import post
from litestar.params import JSONBody
from litestar.status_codes import HTTP_202_ACCEPTED
from msgspec import Struct

from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.accessorial import Evidence
from drawbar.freight.charge import ChargeKind
from drawbar.freight.evidence import EvidenceReceived
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Reading
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.stream import StreamKind
from drawbar.web.api.v1.body import decoded
from drawbar.web.api.v1.finance import said_at
from drawbar.web.api.v1.identity import fact_key
from drawbar.web.api.v1.inbound import Arriving, TakenV1
from drawbar.web.api.v1.pods import Sha256
from drawbar.web.api.v1.term import MoneyV1, ReferenceV1
from drawbar.web.api.v1.text import (
    Line,
    Moment,
    Name,
    NamePath,
    QuantityText,
    StopNumber,
    refuse_absurd,
)
from drawbar.web.auth.caller import carrier_of
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.problem import unfit


class EvidenceV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a charge hangs on: a receipt over ``money``, or ``count`` days, hours or attempts.

    ``stop`` is 0 where it is about the whole load, ``reason`` says why an attempt failed. It
    happened now unless it says when. ``document_sha256`` names the scan; a carrier's word needs
    it, and the same document counts once.
    """

    shipment_ref: Name
    evidence: Evidence
    charge: ChargeKind
    happened_at: Moment | None = None
    stop: StopNumber = 0
    money: MoneyV1 | None = None
    count: QuantityText = "1"
    by_carrier: bool = False
    reason: Line = ""
    document_sha256: Sha256 = ""

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for an approval, a receipt over nothing, a count of none."""
        refuse_absurd(self.happened_at)
        if self.evidence is Evidence.APPROVAL:
            raise ValueError("an approval goes to /v1/charge-approvals; file what was seen here")
        if self.money is not None:
            self.money.refuse_negative()
        if self.evidence is Evidence.RECEIPT and (
            self.money is None or not self.money.money().amount
        ):
            raise ValueError("a receipt says over how much money; state it")
        if not Decimal(self.count):
            raise ValueError("the count is zero; evidence proves one unit or more")


@post(
    "/v1/shipments/{shipment_ref:str}/evidence",
    status_code=HTTP_202_ACCEPTED,
    **policy(Scope.EVIDENCE_FILE),
)
def file_evidence(shipment_ref: NamePath, data: JSONBody[EvidenceV1], inbound: Arriving) -> TakenV1:
    """File a receipt or another proof of a charge. Bills that waited for it are judged again."""
    if data.shipment_ref != shipment_ref:
        raise unfit(
            "$.shipment_ref",
            f"The address names {shipment_ref}, the body {data.shipment_ref}.",
            "Name the same shipment in both.",
        )
    inbound.speak_for_shipments((ReferenceV1(kind=ReferenceKind.SHIPMENT, value=shipment_ref),))
    refuse_unfit(data, inbound.must_know(StreamKind.SHIPMENT, shipment_ref))
    if inbound.caller.carrier_ref and not data.document_sha256:
        raise unfit(
            "$.document_sha256",
            "A carrier's evidence counts with its document only.",
            "Send the SHA-256 of the scanned paper.",
        )
    return inbound.take("file-evidence")


def refuse_unfit(told: EvidenceV1, state: object) -> None:
    """Raise ``Refusal`` (422) for a stop that the shipment does not have."""
    if isinstance(state, ShipmentState) and told.stop > len(state.order.stops):
        raise unfit(
            "$.stop",
            f"The shipment has {len(state.order.stops)} stops, not {told.stop}.",
            "Name a stop that exists, or 0 for the whole load.",
        )


def read_evidence(body: bytes, receipt: Receipt) -> Reading:
    """Read what was filed; the sender of the message is who reports it."""
    told = decoded(body, EvidenceV1)
    fact = EvidenceReceived(
        key=fact_key("evidence", receipt.sender, told.shipment_ref, body=told),
        happened_at=said_at(told.happened_at, receipt),
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        references=(Reference(ReferenceKind.SHIPMENT, told.shipment_ref),),
        evidence=told.evidence,
        charge=told.charge,
        stop=told.stop,
        money=told.money.money() if told.money else None,
        count=Decimal(told.count),
        by_carrier=told.by_carrier,
        reason=told.reason,
        document=told.document_sha256,
        reported_by=carrier_of(receipt.sender) or receipt.sender,
    )
    return Reading(facts=(fact,))
