"""What blocks a customer's invoice, and what is never invoiced, over HTTP; and papers to file."""

from datetime import datetime
from typing import Any

from litestar import get, post
from litestar.params import JSONBody
from litestar.status_codes import HTTP_202_ACCEPTED
from msgspec import Struct, json, structs

from drawbar.billing.late_charge import of_margin
from drawbar.billing.obstacle import NotReadyReason
from drawbar.flow import pricing
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.supplement import supplement
from drawbar.freight.billing_terms import PaperKind
from drawbar.freight.lineage import Receipt
from drawbar.freight.paper import PaperFiled
from drawbar.freight.reading import Reading
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.listing import LEAKS, UNBILLED, leaf
from drawbar.records.desk.stream import stream
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.body import decoded
from drawbar.web.api.v1.identity import fact_key
from drawbar.web.api.v1.inbound import Arriving, Inbound, TakenV1
from drawbar.web.api.v1.invoices_check import reasons_of
from drawbar.web.api.v1.paging import After, Filter, Limit, cursor_of, place_of
from drawbar.web.api.v1.pods import Sha256
from drawbar.web.api.v1.term import AmountV1, MoneyV1, amount_v1
from drawbar.web.api.v1.text import Line, Name
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.given import GivenReads, GivenSettings


class BlockV1(Struct, frozen=True, kw_only=True):
    """One reason why it is not invoiced yet, and what would end it."""

    code: str
    text: str
    remedy: str


class UnbilledV1(Struct, frozen=True, kw_only=True):
    """A shipment that is delivered and not invoiced.

    ``blocks`` are all reasons; where it has none it waits for ``period_until``, or for a person.
    """

    shipment_ref: str
    customer_ref: str
    order_ref: str | None
    unbilled: AmountV1
    since: datetime
    blocks: tuple[BlockV1, ...]
    period_until: datetime | None


class ReadinessV1(Struct, frozen=True, kw_only=True):
    """One page of what is not invoiced yet; ``next`` leads on, null at the end."""

    items: tuple[UnbilledV1, ...]
    next: str | None


class LeakV1(Struct, frozen=True, kw_only=True):
    """What of a shipment's charge is never invoiced, and why; ``document`` stands behind it."""

    shipment_ref: str
    customer_ref: str
    charge_ref: str
    kind: str
    money: AmountV1
    cause: str
    text: str
    document: str
    since: datetime


class LeaksV1(Struct, frozen=True, kw_only=True):
    """One page of leaks of margin; ``next`` leads on, null at the end."""

    items: tuple[LeakV1, ...]
    next: str | None


class PaperV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """File a paper with a shipment; ``number`` is what stands on it, ``money`` on a receipt."""

    shipment_ref: Name
    kind: PaperKind
    number: Line = ""
    money: MoneyV1 | None = None
    document_sha256: Sha256 = ""


@get("/v1/billing/readiness", **policy(Scope.MONEY_READ, writes=False))
def read_readiness(
    reads: GivenReads,
    settings: GivenSettings,
    customer: Filter = "",
    after: After = "",
    limit: Limit = 50,
) -> ReadinessV1:
    """List what is delivered and not invoiced, with every reason and what would end it."""
    wanted = {"customer_ref": customer}
    with reads.connection() as connection, connection.cursor() as cursor:
        found = leaf(cursor, UNBILLED, wanted=wanted, before=place_of(after, str), limit=limit)
        loads = _loads(cursor, found.rows)
    now, company = settings.clock.now(), settings.company
    items = tuple(_unbilled(load, reasons_of(load, company, now)) for load in loads)
    return ReadinessV1(items=items, next=cursor_of(found.last))


@get("/v1/billing/margin-leaks", **policy(Scope.MONEY_READ, writes=False))
def list_leaks(
    reads: GivenReads, customer: Filter = "", after: After = "", limit: Limit = 50
) -> LeaksV1:
    """List what was owed and is never invoiced: late charges, and what was let go."""
    wanted = {"customer_ref": customer}
    with reads.connection() as connection, connection.cursor() as cursor:
        found = leaf(cursor, LEAKS, wanted=wanted, before=place_of(after, str), limit=limit)
        loads = _loads(cursor, found.rows)
    items = tuple(leak for load in loads for leak in _leaks(load))
    return LeaksV1(items=items, next=cursor_of(found.last))


@post("/v1/papers", status_code=HTTP_202_ACCEPTED, **policy(Scope.PAPER_FILE))
def file_paper(data: JSONBody[PaperV1], inbound: Arriving) -> TakenV1:
    """File a bill of lading, a receipt or a certificate with a shipment."""
    return take_paper(data, inbound)


def take_paper(told: PaperV1, inbound: Inbound) -> TakenV1:
    """Keep a paper and do what it completes. Raise ``Refusal`` (404)."""
    if not inbound.was_taken("file-paper"):
        inbound.must_know(StreamKind.SHIPMENT, told.shipment_ref)
    return structs.replace(inbound, body=json.encode(told)).take("file-paper")


def read_paper(body: bytes, receipt: Receipt) -> Reading:
    """Read a paper; the sender of the message is who filed it."""
    told = decoded(body, PaperV1)
    fact = PaperFiled(
        key=fact_key("paper", receipt.sender, told.shipment_ref, body=told),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        shipment_ref=told.shipment_ref,
        kind=told.kind,
        filed_by=receipt.sender,
        number=told.number,
        money=told.money.money() if told.money else None,
        document=told.document_sha256,
    )
    return Reading(facts=(fact,))


def _loads(cursor: Rows, rows: list[dict[str, Any]]) -> list[ShipmentState]:
    found = (stream(cursor, StreamKey(StreamKind.SHIPMENT, row["ref"])) for row in rows)
    states = (one.state for one in found if one is not None)
    return [one for one in states if isinstance(one, ShipmentState)]


def _unbilled(load: ShipmentState, reasons: tuple[NotReadyReason, ...]) -> UnbilledV1:
    lines = supplement(load)
    assert load.unbilled_since is not None
    return UnbilledV1(
        shipment_ref=load.shipment_ref,
        customer_ref=load.order.customer_ref,
        order_ref=load.order.order_ref,
        unbilled=amount_v1(pricing.amount(lines, lines[0].charge.money.currency)),
        since=load.unbilled_since,
        blocks=tuple(
            BlockV1(code=one.code.value, text=one.text, remedy=one.remedy) for one in reasons
        ),
        period_until=load.invoice_period.until if load.invoice_period else None,
    )


def _leaks(load: ShipmentState) -> list[LeakV1]:
    return [
        LeakV1(
            shipment_ref=load.shipment_ref,
            customer_ref=load.order.customer_ref,
            charge_ref=one.charge_ref,
            kind=one.kind.value,
            money=amount_v1(one.money),
            cause=one.cause.value,
            text=one.text,
            document=one.document,
            since=one.since,
        )
        for one in of_margin(load.leaks)
    ]
