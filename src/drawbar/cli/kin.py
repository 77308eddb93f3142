"""Which streams belong together: a shipment, its order, bills, invoices, disputes and claims.

Whatever name leads to one of them leads to all, so every reference tells the same story.
"""

from collections.abc import Iterable

from msgspec import Struct

from drawbar.flow import needs
from drawbar.flow.bill_state import BillState
from drawbar.flow.claim_state import ClaimState
from drawbar.flow.customer_invoice import InvoiceState
from drawbar.flow.dispute_state import DisputeState
from drawbar.flow.history import PastBillState, PastOrderState, PastShipmentState
from drawbar.flow.order_state import OrderState
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.reference import ReferenceKey, ReferenceKind
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.listing import Listing, leaf
from drawbar.records.desk.stream import Stream, stream
from drawbar.records.names import look_up
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("desk")
_OF_DOCUMENTS = frozenset(
    {
        ReferenceKind.BILL,
        ReferenceKind.CARRIER_INVOICE,
        ReferenceKind.INVOICE,
        ReferenceKind.INVOICE_PERIOD,
        ReferenceKind.MARKET_FIGURE,
        ReferenceKind.ERP_DOCUMENT,
        ReferenceKind.EDI_CONTROL,
        ReferenceKind.ATTRIBUTES,
    }
)
"""Names of a paper: one may be about many loads, so it ties no two of them together."""

_NAMES = Listing(
    table="names",
    columns=("kind", "value", "party", "spelled"),
    order="spelled",
    filters=("stream_kind", "stream_ref"),
)
_NAMES_MAX = 500


class Family(Struct, frozen=True, kw_only=True):
    """Streams of one story, the order first; ``about`` is the one that they stand around."""

    about: StreamKey
    streams: tuple[Stream, ...]

    @property
    def keys(self) -> tuple[StreamKey, ...]:
        """Return the keys of all."""
        return tuple(one.key for one in self.streams)

    @property
    def shipment_ref(self) -> str:
        """Return the shipment that it is about, empty where there is none yet."""
        return self.about.ref if self.about.kind is StreamKind.SHIPMENT else ""


class NameBorne(Struct, frozen=True, kw_only=True, order=True):
    """A name as somebody wrote it; ``party`` is whose, empty where it is everybody's."""

    kind: ReferenceKind
    value: str
    party: str
    spelled: str


def families(cursor: Rows, keys: Iterable[StreamKey]) -> list[Family]:
    """Return each family that one of ``keys`` belongs to, once, in key order."""
    heads = {head for key in keys for head in _heads(cursor, key)}
    return [_family(cursor, head) for head in sorted(heads)]


def names_of(cursor: Rows, key: StreamKey) -> list[NameBorne]:
    """Return the names that a stream bears, in order."""
    wanted = {"stream_kind": key.kind.value, "stream_ref": key.ref}
    rows = leaf(cursor, _NAMES, wanted=wanted, limit=_NAMES_MAX).rows
    return sorted(NameBorne(**{**row, "kind": ReferenceKind(row["kind"])}) for row in rows)


def _heads(cursor: Rows, key: StreamKey) -> set[StreamKey]:
    """Return the shipments that a stream belongs to, else the orders, else itself; or nothing."""
    found = stream(cursor, key)
    if found is None:
        return set()
    told = _shipments_told(found)
    near = {needs.shipment(ref) for ref in told} or _namesakes(cursor, key)
    for kind in (StreamKind.SHIPMENT, StreamKind.ORDER):
        heads = {one for one in near if one.kind is kind and stream(cursor, one)}
        if heads:
            return heads
    return {key}


def _shipments_told(found: Stream) -> tuple[str, ...]:
    """Return the shipments that a stream says it belongs to; an invoice may be for several."""
    match found.state:
        case ShipmentState() | PastShipmentState():
            return (found.key.ref,)
        case OrderState() | PastOrderState() | BillState() | PastBillState():
            return _told(found.state.shipment_ref)
        case DisputeState() | ClaimState():
            return _told(found.state.shipment_ref)
        case InvoiceState():
            return found.state.invoice.shipment_refs
        case _:
            return ()


def _told(shipment_ref: str) -> tuple[str, ...]:
    return (shipment_ref,) if shipment_ref else ()


def _family(cursor: Rows, head: StreamKey) -> Family:
    members = {head, *_members(cursor, head)}
    kinds = list(StreamKind)
    in_order = sorted(members, key=lambda key: (kinds.index(key.kind), key.ref))
    found = (stream(cursor, key) for key in in_order)
    return Family(about=head, streams=tuple(one for one in found if one is not None))


def _members(cursor: Rows, head: StreamKey) -> set[StreamKey]:
    if head.kind not in {StreamKind.SHIPMENT, StreamKind.ORDER}:
        return set()
    strays = {key for key in _namesakes(cursor, head) if _is_stray_bill(cursor, key)}
    if head.kind is StreamKind.ORDER:
        return strays
    asked = {"ref": head.ref}
    bills = {needs.bill(ref) for (ref,) in cursor.execute(_SQL["bills_of"], asked).fetchall()}
    rows = cursor.execute(_SQL["invoices_of"], asked).fetchall()
    invoices = {needs.invoice(row[0]) for row in rows}
    contested = cursor.execute(_SQL["contested_of"], asked).fetchall()
    about_it = {StreamKey(StreamKind(kind), ref) for kind, ref in contested}
    return strays | bills | invoices | about_it | _order_of(cursor, head)


def _order_of(cursor: Rows, head: StreamKey) -> set[StreamKey]:
    found = stream(cursor, head)
    placed = getattr(found.state, "order", None) if found else None
    return {needs.order(placed.order_ref)} if placed else set()


def _namesakes(cursor: Rows, key: StreamKey) -> set[StreamKey]:
    """Return the streams under a name of this one that speaks of freight, not of a paper."""
    names = (one for one in names_of(cursor, key) if one.kind not in _OF_DOCUMENTS)
    keys = {ReferenceKey(one.kind, one.value, one.party) for one in names}
    return {one for streams in look_up(cursor, keys).values() for one in streams}


def _is_stray_bill(cursor: Rows, key: StreamKey) -> bool:
    """Say whether a bill speaks of a load without having been matched to any."""
    found = stream(cursor, key) if key.kind is StreamKind.FREIGHT_BILL else None
    return found is not None and not _shipments_told(found)
