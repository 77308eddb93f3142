"""Freight bills over HTTP. Translation only: no rule about money lives here."""

from datetime import UTC, datetime, time

from litestar import post
from litestar.params import JSONBody
from litestar.status_codes import HTTP_202_ACCEPTED

from drawbar.freight.freight_bill import BillReceived
from drawbar.freight.identity import minted
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Reading
from drawbar.web.api.v1.body import decoded
from drawbar.web.api.v1.freight_bill import BillV1, FreightBillsV1
from drawbar.web.api.v1.identity import fact_key
from drawbar.web.api.v1.inbound import Arriving, TakenV1
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope


@post("/v1/freight-bills", status_code=HTTP_202_ACCEPTED, **policy(Scope.FREIGHT_BILL_SUBMIT))
def submit_freight_bills(data: JSONBody[FreightBillsV1], inbound: Arriving) -> TakenV1:
    """Submit one document with one or many bills. Each is judged for itself, line by line."""
    inbound.speak_as(data.carrier_ref)
    return inbound.take("submit-freight-bills")


def read_freight_bills(body: bytes, receipt: Receipt) -> Reading:
    """Read the bills in the order of the document."""
    told = decoded(body, FreightBillsV1)
    facts = tuple(
        _received(told, bill, receipt, place=f"$.bills[{number}]")
        for number, bill in enumerate(told.bills)
    )
    return Reading(facts=facts)


def _received(
    document: FreightBillsV1, bill: BillV1, receipt: Receipt, *, place: str
) -> BillReceived:
    key = fact_key("bill", document.carrier_ref, bill.invoice_number, body=bill)
    billed_at = datetime.combine(bill.billed_on, time(), tzinfo=UTC)  # same bill, same reference
    stated = document.stated_total
    return BillReceived(
        key=key,
        happened_at=billed_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(place),
        bill=bill.bill(
            bill_ref=minted("B", cause=key, learned_at=billed_at),
            carrier_ref=document.carrier_ref,
            place=place,
            document_total=stated,
            document_lines_total=document.lines_total if stated else None,
            remit_to=document.remit_to,
        ),
    )
