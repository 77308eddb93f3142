"""The whole story of a family of streams: facts, messages, deliveries, cases, ledger, and why.

The same family always tells the same story, whichever name led to it.
"""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct, structs

from drawbar.cli.kin import Family, NameBorne, names_of
from drawbar.flow.bill_state import BillState
from drawbar.flow.customer_invoice import InvoiceState
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.charge import AgreedCharge
from drawbar.freight.money import Money
from drawbar.freight.verdict import LineVerdict
from drawbar.records.desk.listing import CASES, DELIVERIES, Listing, leaf
from drawbar.records.desk.message import MessageKept, message
from drawbar.records.desk.story import EntrySeen, entries_of, messages_of
from drawbar.records.sheet import Rows

Row = dict[str, Any]

ALL_CASES = structs.replace(
    CASES, columns=(*CASES.columns, "settled_at", "because", "settled_by"), only="true"
)
ALL_DELIVERIES = structs.replace(
    DELIVERIES,
    columns=(*DELIVERIES.columns, "settled_by"),
    filters=(*DELIVERIES.filters, "stream_kind", "stream_ref", "delivery_id"),
)
_CASES_ABOUT = structs.replace(ALL_CASES, filters=("subject_kind", "subject_ref"))
_CASES_OF_MESSAGE = structs.replace(ALL_CASES, filters=("message_ref",))
_DEADLINES = Listing(
    table="deadlines",
    columns=("name", "due_at", "kind", "ref"),
    order="name",
    filters=("kind", "ref"),
)
_SENT = Listing(
    table="messages",
    columns=("message_id", "message_ref", "direction"),
    order="message_id",
    filters=("delivery_id",),
)
_ROWS_MAX = 500


class StreamTold(Struct, frozen=True, kw_only=True):
    """One stream of the story, where it stands, and under which names it is found."""

    kind: str
    ref: str
    status: str
    names: tuple[NameBorne, ...]


class ChargeTold(Struct, frozen=True, kw_only=True):
    """A charge with its reason, and how much of it was billed or invoiced already."""

    agreed: AgreedCharge
    used: Money | None


class BillTold(Struct, frozen=True, kw_only=True):
    """A carrier's bill and what each of its lines is worth; no verdicts while it waits."""

    bill_ref: str
    carrier_ref: str
    invoice_number: str
    status: str
    billed: Money
    payable: Money
    disputed: Money
    reason: str
    text: str
    verdicts: tuple[LineVerdict, ...]


class InvoiceTold(Struct, frozen=True, kw_only=True):
    """An invoice to the customer, with the reason of each line."""

    invoice_ref: str
    status: str
    total: Money
    paid: Money
    lines: tuple[AgreedCharge, ...]


class Why(Struct, frozen=True, kw_only=True):
    """Why each amount is what it is: what we agreed, what was billed, what we invoiced."""

    payee_ref: str = ""
    customer_ref: str = ""
    cost: tuple[ChargeTold, ...] = ()
    revenue: tuple[ChargeTold, ...] = ()
    bills: tuple[BillTold, ...] = ()
    invoices: tuple[InvoiceTold, ...] = ()


class Told(Struct, frozen=True, kw_only=True):
    """Everything that is on file about one family of streams."""

    streams: tuple[StreamTold, ...]
    messages: tuple[MessageKept, ...]
    deliveries: tuple[Row, ...]
    cases: tuple[Row, ...]
    entries: tuple[EntrySeen, ...]
    waits: tuple[Row, ...]
    why: Why


def tell(cursor: Rows, family: Family) -> Told:
    """Return everything about a family but its facts, each in the order in which it came."""
    kept = _messages(cursor, family)
    return Told(
        streams=tuple(
            StreamTold(
                kind=one.key.kind.value,
                ref=one.key.ref,
                status=one.status,
                names=tuple(names_of(cursor, one.key)),
            )
            for one in family.streams
        ),
        messages=tuple(kept),
        deliveries=tuple(_deliveries(cursor, family)),
        cases=tuple(_cases(cursor, family, kept)),
        entries=tuple(entries_of(cursor, family.shipment_ref)) if family.shipment_ref else (),
        waits=tuple(_waits(cursor, family)),
        why=why(family),
    )


def cases_of_message(cursor: Rows, message_ref: str) -> list[Row]:
    """Return the cases that a message led to, settled ones too."""
    return _every(cursor, _CASES_OF_MESSAGE, message_ref=message_ref)


def with_versions(cursor: Rows, refs: Sequence[str]) -> list[MessageKept]:
    """Return messages, each after the versions that it was edited from."""
    kept: dict[str, MessageKept] = {}
    for ref in refs:
        chain: list[MessageKept] = []
        found = message(cursor, ref)
        while found is not None and found.message_ref not in kept:
            chain.append(found)
            found = message(cursor, found.edited_from) if found.edited_from else None
        kept |= {one.message_ref: one for one in reversed(chain)}
    return list(kept.values())


def why(family: Family) -> Why:
    """Return the money of a family with its reasons."""
    load = next((one.state for one in family.streams if isinstance(one.state, ShipmentState)), None)
    return Why(
        payee_ref=load.payee_ref if load else "",
        customer_ref=load.order.customer_ref if load else "",
        cost=_charges(load.buy, load.used) if load else (),
        revenue=_charges(load.sell, load.invoiced) if load else (),
        bills=tuple(_bill(one.state) for one in family.streams if isinstance(one.state, BillState)),
        invoices=tuple(
            _invoice(one.state) for one in family.streams if isinstance(one.state, InvoiceState)
        ),
    )


def _charges(agreed: tuple[AgreedCharge, ...], used: dict[str, Money]) -> tuple[ChargeTold, ...]:
    return tuple(ChargeTold(agreed=one, used=used.get(one.charge_ref)) for one in agreed)


def _bill(state: BillState) -> BillTold:
    return BillTold(
        bill_ref=state.bill.bill_ref,
        carrier_ref=state.bill.carrier_ref,
        invoice_number=state.bill.invoice_number,
        status=state.status.value,
        billed=state.bill.total,
        payable=state.payable,
        disputed=state.disputed,
        reason=state.reason,
        text=state.text,
        verdicts=state.verdicts,
    )


def _invoice(state: InvoiceState) -> InvoiceTold:
    return InvoiceTold(
        invoice_ref=state.invoice.invoice_ref,
        status=state.status,
        total=state.invoice.total,
        paid=state.paid,
        lines=state.invoice.lines,
    )


def _messages(cursor: Rows, family: Family) -> list[MessageKept]:
    return with_versions(cursor, [one.message_ref for one in messages_of(cursor, family.keys)])


def _deliveries(cursor: Rows, family: Family) -> list[Row]:
    """Return deliveries, each with the messages that went out for it and came back."""
    found = [
        row
        for key in family.keys
        for row in _every(cursor, ALL_DELIVERIES, stream_kind=key.kind.value, stream_ref=key.ref)
    ]
    found.sort(key=lambda row: int(row["delivery_id"]))
    return [{**row, "messages": _messages_for(cursor, row["delivery_id"])} for row in found]


def _messages_for(cursor: Rows, delivery_id: int) -> list[str]:
    return [row["message_ref"] for row in _every(cursor, _SENT, delivery_id=str(delivery_id))]


def _cases(cursor: Rows, family: Family, kept: Sequence[MessageKept]) -> list[Row]:
    """Return the cases about the streams and those about messages of the story."""
    about = (
        row
        for key in family.keys
        for row in _every(cursor, _CASES_ABOUT, subject_kind=key.kind.value, subject_ref=key.ref)
    )
    of_messages = (row for one in kept for row in cases_of_message(cursor, one.message_ref))
    own = {key.ref for key in family.keys}
    found = {row["case_id"]: row for row in (*about, *of_messages)}
    alike = (row for row in found.values() if not row["subject_ref"] or row["subject_ref"] in own)
    return sorted(alike, key=lambda row: int(row["case_id"]))


def _waits(cursor: Rows, family: Family) -> list[Row]:
    found = [
        row
        for key in family.keys
        for row in _every(cursor, _DEADLINES, kind=key.kind.value, ref=key.ref)
    ]
    return sorted(found, key=lambda row: (row["due_at"], row["name"]))


def _every(cursor: Rows, listing: Listing, **wanted: str) -> list[Row]:
    """Return the rows that have the wanted values, the oldest first."""
    return leaf(cursor, listing, wanted=wanted, limit=_ROWS_MAX).rows[::-1]
