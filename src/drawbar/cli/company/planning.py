"""A plan over the loads on file: read a few hundred at a time, decided in memory, never written."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from drawbar.engine.terms import amended, loads_touched, terms_changed, with_history
from drawbar.flow.amendment import Amendment
from drawbar.flow.bill_state import BillState
from drawbar.flow.company import Company
from drawbar.flow.foresight import Foreseen, foreseen
from drawbar.flow.plan import Plan, planned
from drawbar.flow.run import STATES
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.stream import StreamKind
from drawbar.records.codec import state_decoder
from drawbar.records.company import bill_bodies, company_of, newest, shipment_bodies
from drawbar.records.sheet import Rows

AT_ONCE = 500
_Load = tuple[str, str, str]


class NothingApplied(LookupError):
    """No folder was applied to this database yet, so there is nothing to compare with."""


class _Change(Struct, frozen=True, kw_only=True):
    before: Company
    after: Company
    amendment: Amendment
    at: datetime


def plan_of(cursor: Rows, firm: Company, *, at: datetime) -> Plan:
    """Return what applying ``firm`` would do. Raise ``Contradiction`` or ``NothingApplied``."""
    version = newest(cursor)
    if not version:
        raise NothingApplied(
            "Nothing was applied yet: the first start, or apply, takes it as it is."
        )
    before = company_of(cursor, version)
    told = amended(cursor, before, firm, at)
    after = with_history(before, firm, told, at)
    change = _Change(before=before, after=after, amendment=told, at=at)
    return planned(told.changes, _every(cursor, change))


def _every(cursor: Rows, change: _Change) -> Iterator[Foreseen]:
    loads = loads_touched(cursor, change.amendment)
    for start in range(0, len(loads), AT_ONCE):
        yield from _some(cursor, change, loads[start : start + AT_ONCE])


def _some(cursor: Rows, change: _Change, loads: list[_Load]) -> Iterator[Foreseen]:
    states = _decoded(shipment_bodies(cursor, [ref for ref, _, _ in loads]), StreamKind.SHIPMENT)
    kept = {ref: one for ref, one in states.items() if isinstance(one, ShipmentState)}
    open_bills = sorted({ref for one in kept.values() for ref in one.open_bills})
    bills = _decoded(bill_bodies(cursor, open_bills), StreamKind.FREIGHT_BILL)
    judged = {ref: one for ref, one in bills.items() if isinstance(one, BillState)}
    for load in loads:
        state = kept.get(load[0])
        if state is not None:
            fact = terms_changed(change.amendment, load, version=change.after.version, at=change.at)
            yield foreseen(state, judged, fact, before=change.before, after=change.after)


def _decoded(bodies: Mapping[str, bytes], kind: StreamKind) -> dict[str, Any]:
    decode = state_decoder(STATES[kind]).decode
    return {ref: decode(body) for ref, body in bodies.items()}
