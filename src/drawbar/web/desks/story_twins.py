"""Bills that look alike: the one that a duplicate repeats, or those that repeat this one."""

from collections.abc import Iterator

from msgspec import Struct

from drawbar.flow.bill_state import BillState
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.freight_bill import FreightBill
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.matching.duplicate import DuplicateOf, same_bill
from drawbar.records.desk.stream import stream
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("desk")


class TwinBill(Struct, frozen=True, kw_only=True):
    """A bill to look at beside this one. ``text`` says which repeats which."""

    bill_ref: str
    text: str


def twins_of(cursor: Rows, bill_ref: str, load: ShipmentState) -> list[TwinBill]:
    """Return the bills of a load that repeat this one, or that it repeats."""
    own = _bill(cursor, bill_ref)
    if own is None:
        return []
    return [*_repeated(own, load), *_repeating(cursor, own, load)]


def _repeated(own: FreightBill, load: ShipmentState) -> Iterator[TwinBill]:
    """Yield the bill that this one repeats, as far as this one came later."""
    earlier = load.bills
    refs = [one.bill_ref for one in earlier]
    before = earlier[: refs.index(own.bill_ref)] if own.bill_ref in refs else earlier
    found = same_bill(own, shipment_ref=load.shipment_ref, earlier=before)
    if isinstance(found, DuplicateOf):
        yield TwinBill(bill_ref=found.bill_ref, text=found.text)


def _repeating(cursor: Rows, own: FreightBill, load: ShipmentState) -> Iterator[TwinBill]:
    this = tuple(one for one in load.bills if one.bill_ref == own.bill_ref)
    rows = cursor.execute(_SQL["bills_like"], {"ref": load.shipment_ref}).fetchall()
    for (ref,) in rows:
        other = _bill(cursor, ref) if ref != own.bill_ref else None
        if other is None:
            continue
        found = same_bill(other, shipment_ref=load.shipment_ref, earlier=this)
        if isinstance(found, DuplicateOf):
            yield TwinBill(bill_ref=ref, text=found.text)


def _bill(cursor: Rows, bill_ref: str) -> FreightBill | None:
    found = stream(cursor, StreamKey(StreamKind.FREIGHT_BILL, bill_ref))
    return found.state.bill if found and isinstance(found.state, BillState) else None
