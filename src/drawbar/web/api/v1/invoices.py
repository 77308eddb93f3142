"""Customer invoices over HTTP: read them, and release what is ready.

Who released is whose key or session it is, never a field of the body.
"""

from datetime import date
from typing import Annotated, Any

from litestar import get, post
from litestar.params import JSONBody
from litestar.status_codes import HTTP_202_ACCEPTED
from msgspec import Meta, Struct, json, structs

from drawbar.flow.customer_invoice import InvoiceState
from drawbar.freight.identity import key_for
from drawbar.freight.invoice import (
    InvoiceAsked,
)
from drawbar.freight.lineage import Receipt
from drawbar.freight.money import Money
from drawbar.freight.reading import Reading
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.listing import INVOICES, leaf
from drawbar.records.desk.stream import stream
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.body import decoded
from drawbar.web.api.v1.inbound import Arriving, Inbound, TakenV1
from drawbar.web.api.v1.invoice import InvoiceV1, invoice_v1
from drawbar.web.api.v1.invoices_check import (
    refuse_release,
)
from drawbar.web.api.v1.paging import After, Filter, Limit, cursor_of, place_of
from drawbar.web.api.v1.term import AmountV1, amount_v1
from drawbar.web.api.v1.text import Line, Name, NamePath
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.given import GivenReads
from drawbar.web.problem import unknown

ShipmentRefs = Annotated[tuple[Name, ...], Meta(min_length=1, max_length=500)]


class InvoiceReleaseV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Release invoices for shipments of one customer; what is not ready says why and waits."""

    customer_ref: Name
    shipment_refs: ShipmentRefs
    reason: Line = ""


class InvoiceRowV1(Struct, frozen=True, kw_only=True):
    """An invoice in a list. ``shipment_ref`` is null for one about several shipments."""

    invoice_ref: str
    kind: str
    status: str
    customer_ref: str
    shipment_ref: str | None
    shipments: int
    invoiced_on: date
    due_on: date
    total: AmountV1
    open: AmountV1
    contested: AmountV1


class InvoicesV1(Struct, frozen=True, kw_only=True):
    """One page of invoices; ``next`` leads on, null at the end."""

    items: tuple[InvoiceRowV1, ...]
    next: str | None


@get("/v1/invoices", **policy(Scope.MONEY_READ, writes=False))
def list_invoices(
    reads: GivenReads,
    status: Filter = "",
    kind: Filter = "",
    customer: Filter = "",
    shipment: Filter = "",
    after: After = "",
    limit: Limit = 50,
) -> InvoicesV1:
    """List invoices and credit notes, the highest reference first."""
    wanted = {
        "status": status,
        "kind": kind,
        "customer_ref": customer,
        "shipment_ref": shipment,
    }
    with reads.connection() as connection, connection.cursor() as cursor:
        found = leaf(cursor, INVOICES, wanted=wanted, before=place_of(after, str), limit=limit)
    return InvoicesV1(items=tuple(map(_row, found.rows)), next=cursor_of(found.last))


@get("/v1/invoices/{invoice_ref:str}", **policy(Scope.MONEY_READ, writes=False))
def read_invoice(invoice_ref: NamePath, reads: GivenReads) -> InvoiceV1:
    """Read one invoice or credit note, each line with its reason."""
    with reads.connection() as connection, connection.cursor() as cursor:
        state = seen_invoice(cursor, invoice_ref)
    if state is None:
        raise unknown("customer invoice")
    return invoice_v1(state)


@post("/v1/invoices", status_code=HTTP_202_ACCEPTED, **policy(Scope.INVOICE_RELEASE))
def release_invoices(data: JSONBody[InvoiceReleaseV1], inbound: Arriving) -> TakenV1:
    """Release what is ready to be invoiced. Said twice, it is released once."""
    return take_release(data, inbound)


def seen_invoice(cursor: Rows, ref: str) -> InvoiceState | None:
    """Return an invoice, None where there is none."""
    found = stream(cursor, StreamKey(StreamKind.CUSTOMER_INVOICE, ref))
    return found.state if found and isinstance(found.state, InvoiceState) else None


def take_release(told: InvoiceReleaseV1, inbound: Inbound) -> TakenV1:
    """Keep a release and do it. Raise ``Refusal``: 404, or 409 with why nothing can go out."""
    if not inbound.was_taken("release-invoices"):
        refuse_release(told.customer_ref, told.shipment_refs, inbound)
    return structs.replace(inbound, body=json.encode(told)).take("release-invoices")


def read_release(body: bytes, receipt: Receipt) -> Reading:
    """Read a release; the sender of the message is who released."""
    told = decoded(body, InvoiceReleaseV1)
    fact = InvoiceAsked(
        key=key_for("api", "invoice-release", told.customer_ref, receipt.message_ref),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        customer_ref=told.customer_ref,
        shipment_refs=told.shipment_refs,
        released_by=receipt.sender,
        reason=told.reason,
    )
    return Reading(facts=(fact,))


def _row(row: dict[str, Any]) -> InvoiceRowV1:
    def money(name: str) -> AmountV1:
        return amount_v1(Money(row[name], row["currency"]))

    return InvoiceRowV1(
        invoice_ref=row["ref"],
        kind=row["kind"],
        status=row["status"],
        customer_ref=row["customer_ref"],
        shipment_ref=row["shipment_ref"],
        shipments=row["shipments"],
        invoiced_on=row["invoiced_on"],
        due_on=row["due_on"],
        total=money("total"),
        open=money("open"),
        contested=money("contested"),
    )
