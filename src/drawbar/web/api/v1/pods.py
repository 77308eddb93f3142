"""Proofs of delivery over HTTP: who signed, when, for how many pieces. Translation only."""

from datetime import date
from typing import Annotated

from litestar import post
from litestar.params import JSONBody
from litestar.status_codes import HTTP_202_ACCEPTED
from msgspec import Meta, Struct

from drawbar.freight.instant import utc
from drawbar.freight.lineage import Receipt
from drawbar.freight.milestone import PodReceived
from drawbar.freight.reading import Reading
from drawbar.web.api.v1.body import decoded
from drawbar.web.api.v1.identity import fact_key
from drawbar.web.api.v1.inbound import Arriving, TakenV1
from drawbar.web.api.v1.term import References, references_of
from drawbar.web.api.v1.text import Count, Line, Moment, Prose, refuse_absurd
from drawbar.web.auth.caller import carrier_of
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope

Sha256 = Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?$(?!\n)")]


class PodV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A proof of delivery. ``document_sha256`` names the scan, ``pieces`` what was signed for.

    ``damaged`` of these did not arrive whole; ``refused`` ones were not taken, and are not among
    them.
    """

    references: References
    delivered_at: Moment
    signer: Line = ""
    signed_on: date | None = None
    pieces: Count | None = None
    legible: bool = True
    notes: Prose = ""
    document_sha256: Sha256 = ""
    damaged: Count = 0
    refused: Count = 0

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for an absurd time."""
        refuse_absurd(self.delivered_at, self.signed_on)


@post("/v1/pods", status_code=HTTP_202_ACCEPTED, **policy(Scope.POD_SUBMIT))
def submit_pod(data: JSONBody[PodV1], inbound: Arriving) -> TakenV1:
    """Submit a proof of delivery. What the customer's rules still miss is a case, not an error."""
    inbound.speak_for_shipments(data.references)
    return inbound.take("submit-pod")


def read_pod(body: bytes, receipt: Receipt) -> Reading:
    """Read a proof of delivery."""
    told = decoded(body, PodV1)
    fact = PodReceived(
        key=fact_key("pod", receipt.sender, body=told),
        happened_at=utc(told.delivered_at),
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        references=references_of(told.references, party=carrier_of(receipt.sender)),
        signer=told.signer,
        signed_on=told.signed_on,
        pieces=told.pieces,
        legible=told.legible,
        notes=told.notes,
        document=told.document_sha256,
        reported_by=carrier_of(receipt.sender) or receipt.sender,
        damaged=told.damaged,
        refused=told.refused,
    )
    return Reading(facts=(fact,))
