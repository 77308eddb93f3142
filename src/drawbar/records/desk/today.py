"""The rows of the day's figures: loads, bills and accruals as the books hold them now.

A load counts as its own page shows it: from the same reports, with the same precedence.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from msgspec import Struct

from drawbar.flow import pricing
from drawbar.flow.company import Company
from drawbar.flow.conclusion import Conclusion, concluded
from drawbar.flow.run import STATES
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.money import Money
from drawbar.freight.order import StopPurpose
from drawbar.freight.stream import StreamKind
from drawbar.kpis.exposure import AccrualRow
from drawbar.kpis.match import BillEnd, ended
from drawbar.kpis.service import ArrivalRow
from drawbar.kpis.today import BillRow, LoadRow
from drawbar.milestones.pod import PodIncomplete, PodMissing
from drawbar.records.codec import state_decoder
from drawbar.records.desk.reads import Reads
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("desk")
_SLACK = timedelta(hours=1)
"""Facts are numbered as they are learned; batches side by side may differ by moments."""

KEPT_LOADS_MAX = 50_000
_Kept = dict[str, tuple[int, LoadRow | None]]
_KEPT: WeakKeyDictionary[Reads, _Kept] = WeakKeyDictionary()
"""A load at one version never changes, so what was once reckoned of it holds."""


class Accrued(Struct, frozen=True, kw_only=True):
    """An open accrual and when it was first booked."""

    row: AccrualRow
    at: datetime


def first_fact_since(cursor: Rows, since: datetime) -> int:
    """Return a number at or shortly before the first fact that was learned since a time."""
    row = cursor.execute(_SQL["last_fact"]).fetchone()
    low, high = 0, (row[0] if row and row[0] else 0) + 1
    while low < high:
        middle = (low + high) // 2
        found = cursor.execute(_SQL["fact_at_or_after"], {"fact_id": middle}).fetchone()
        if found is None or found[1] >= since - _SLACK:
            high = middle
        else:
            low = found[0] + 1
    return low


def load_rows(cursor: Rows, reads: Reads, company: Company, *, first: int) -> list[LoadRow]:
    """Return the loads touched since a fact, with all that are delivered and not invoiced."""
    kept = _KEPT.setdefault(reads, {})
    if len(kept) > KEPT_LOADS_MAX:
        kept.clear()
    wanted = cursor.execute(_SQL["loads_touched"], {"first": first}).fetchall()
    fresh = [ref for ref, version in wanted if kept.get(ref, (0, None))[0] != version]
    kept.update(_reckoned(cursor, company, fresh))
    rows = (kept[ref][1] for ref, _ in wanted if ref in kept)
    return [row for row in rows if row is not None]


def bill_rows(cursor: Rows, *, first: int) -> list[BillRow]:
    """Return the bills touched since a fact, with all that wait or are contested."""
    rows = cursor.execute(_SQL["bills_touched"], {"first": first}).fetchall()
    return [_bill(row) for row in rows]


def accruals(cursor: Rows) -> list[Accrued]:
    """Return every load with an open accrual."""
    return [
        Accrued(
            row=AccrualRow(
                shipment_ref=ref,
                accrued=Money(accrued, currency),
                vouchered=Money(vouchered, currency),
                disputed=Money(disputed, currency),
            ),
            at=booked_at,
        )
        for ref, currency, accrued, vouchered, disputed, booked_at in cursor.execute(
            _SQL["accruals"]
        )
    ]


def _bill(row: tuple[Any, ...]) -> BillRow:
    ref, decided_at, status, touchless, recycled, billed, disputed, currency, received_at = row
    end = ended(status, is_touchless=touchless)
    return BillRow(
        bill_ref=ref,
        received_at=received_at,
        decided_at=decided_at,
        end=end,
        is_recycled=bool(recycled),
        held=_held(end, billed, disputed, currency),
    )


def _held(end: BillEnd, billed: object, disputed: object, currency: str) -> Money | None:
    amount = billed if end is BillEnd.WAITING else disputed
    if not amount or end in (BillEnd.DUPLICATE, BillEnd.REFUSED):
        return None
    return Money(amount, currency)  # type: ignore[arg-type]


def _reckoned(
    cursor: Rows, company: Company, refs: list[str]
) -> Iterator[tuple[str, tuple[int, LoadRow | None]]]:
    if not refs:
        return
    decoder = state_decoder(STATES[StreamKind.SHIPMENT])
    rows = cursor.execute(_SQL["loads_with_begin"], {"refs": refs}).fetchall()
    for ref, version, body, released_at in rows:
        state = decoder.decode(body)
        is_ours = isinstance(state, ShipmentState) and released_at is not None
        yield ref, (version, _load(state, company, released_at) if is_ours else None)


def _load(state: ShipmentState, company: Company, released_at: datetime) -> LoadRow:
    seen = concluded(state, company)
    return LoadRow(
        shipment_ref=state.shipment_ref,
        released_at=released_at,
        accepted_at=state.award.answered_at if state.award else None,
        picked_up_at=seen.departed_at,
        delivered_at=seen.delivered_at,
        proof_at=_proof_at(seen),
        is_invoiced=bool(state.invoice_refs),
        to_invoice=_owed(state),
        deliveries=tuple(_arrivals(state, seen)),
    )


def _proof_at(seen: Conclusion) -> datetime | None:
    return None if isinstance(seen.proof, PodMissing | PodIncomplete) else seen.proof.pod.learned_at


def _owed(state: ShipmentState) -> Money | None:
    if not state.sell:
        return None
    return pricing.amount(state.sell, state.sell[0].charge.money.currency)


def _arrivals(state: ShipmentState, seen: Conclusion) -> Iterator[ArrivalRow]:
    if state.cancelled_at:
        return
    for stop, visit in zip(state.order.stops, seen.visits, strict=True):
        if stop.purpose is StopPurpose.DELIVERY:
            yield ArrivalRow(
                ref=state.shipment_ref, due_at=visit.due_at, arrived_at=visit.arrived_at
            )
