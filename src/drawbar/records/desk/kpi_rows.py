"""The rows behind the measures of a period: loads released in it, bills and invoices of it.

Every measure is computed from these rows alone, so page, API and export cannot differ.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from msgspec import Struct, structs

from drawbar.flow.company import Company
from drawbar.flow.run import STATES
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.instant import Instant, local_day
from drawbar.freight.ledger import RESULT, Account
from drawbar.freight.money import Money
from drawbar.freight.stream import StreamKind
from drawbar.kpis.breakdown import Dimension
from drawbar.kpis.cycle import CycleRow
from drawbar.kpis.margin import MarginRow
from drawbar.kpis.match import BillEnd, MatchRow, ended
from drawbar.kpis.scorecard import BilledRow
from drawbar.kpis.touch import TouchRow
from drawbar.records.codec import state_decoder
from drawbar.records.desk.measured_books import (
    MeasuredClose,
    MeasuredInvoice,
    closes,
    receivables,
)
from drawbar.records.desk.measured_load import MeasuredLoad, measured
from drawbar.records.desk.reads import Reads
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("kpi_rows")
EARNS = (Account.FREIGHT_REVENUE,)
COSTS = tuple(sorted(RESULT - {*EARNS}))
BY_HAND = (
    "BillAssigned",
    "BillDecided",
    "ChangeRefused",
    "ChargeApproved",
    "DisputeClosed",
    "HoldLifted",
    "InvoiceAsked",
    "InvoiceContested",
    "InvoiceCredited",
    "InvoiceUpheld",
    "LoadHeld",
    "LoadOffered",
    "LoadOfferedToAll",
    "LoadRetendered",
    "PaperFiled",
    "TenderWithdrawn",
)
"""Facts that only a person makes."""

INSTANT = timedelta(microseconds=1)
KEPT_LOADS_MAX = 50_000
_Kept = dict[str, tuple[int, datetime, MeasuredLoad | None]]
_KEPT: WeakKeyDictionary[Reads, tuple[Company, _Kept]] = WeakKeyDictionary()
"""A load at one version, at rest, never changes: what was once measured of it holds under a firm's
words of that time."""


class MeasuredBill(Struct, frozen=True, kw_only=True):
    """One bill: its parts by dimension, and its rows for each measure."""

    bill_ref: str
    parts: dict[Dimension, str]
    match: MatchRow
    cycle: CycleRow
    billed: BilledRow | None


class Cohort(Struct, frozen=True, kw_only=True):
    """All rows of a period ``[begin, end)``; margins and touches are of its loads.

    ``first`` and ``last`` are its days in the firm's zone, both within it.
    """

    begin: Instant
    end: Instant
    first: date
    last: date
    loads: tuple[MeasuredLoad, ...]
    bills: tuple[MeasuredBill, ...]
    margins: tuple[MarginRow, ...]
    touches: tuple[TouchRow, ...]
    invoices: tuple[MeasuredInvoice, ...]
    closes: tuple[MeasuredClose, ...] = ()

    def parts_of_load(self) -> dict[str, dict[Dimension, str]]:
        """Return the parts of each load by its reference."""
        return {one.shipment_ref: one.parts for one in self.loads}


def cohort(
    cursor: Rows, reads: Reads, company: Company, *, period: tuple[Instant, Instant], now: Instant
) -> Cohort:
    """Return the rows of the loads released, and the bills received, in ``period``."""
    begin, end = period
    asked = {"begin": begin, "end": end}
    first = local_day(begin, company.zone)
    last = local_day(end - INSTANT, company.zone)
    loads = _loads(cursor, reads, company, asked, now)
    refs = [one.shipment_ref for one in loads]
    parts = {one.shipment_ref: one.parts for one in loads}
    return Cohort(
        begin=begin,
        end=end,
        first=first,
        last=last,
        loads=loads,
        bills=tuple(_bill(row, parts) for row in cursor.execute(_SQL["bills_of_period"], asked)),
        margins=tuple(_margins(cursor, refs)),
        touches=tuple(_touches(cursor, refs)),
        invoices=tuple(receivables(cursor, company, first, last)),
        closes=tuple(closes(cursor, company, begin, end)),
    )


def _loads(
    cursor: Rows, reads: Reads, company: Company, asked: dict[str, Instant], now: Instant
) -> tuple[MeasuredLoad, ...]:
    kept = _kept(reads, company)
    wanted = cursor.execute(_SQL["loads_of_period"], asked).fetchall()
    fresh = {ref: at for ref, version, at in wanted if _is_news(kept, ref, version, now)}
    decoder = state_decoder(STATES[StreamKind.SHIPMENT])
    for ref, version, body in cursor.execute(_SQL["load_states"], {"refs": [*fresh]}).fetchall():
        state = decoder.decode(body)
        ours = isinstance(state, ShipmentState)
        told = measured(state, company, released_at=fresh[ref], now=now) if ours else None
        kept[ref] = version, now, told
    invoiced = _invoiced_at(cursor, [ref for ref, *_ in wanted])
    found = (kept[ref][2] for ref, *_ in wanted if ref in kept)
    return tuple(_with_invoice(one, invoiced) for one in found if one is not None)


def _kept(reads: Reads, company: Company) -> _Kept:
    """Return what is remembered of loads: nothing once the firm's own words changed."""
    under, kept = _KEPT.get(reads, (company, {}))
    if under is not company or len(kept) > KEPT_LOADS_MAX:
        kept = {}
    _KEPT[reads] = company, kept
    return kept


def _is_news(kept: _Kept, ref: str, version: int, now: Instant) -> bool:
    """Return whether a load changed, or may be late by now though nothing was heard of it."""
    known = kept.get(ref)
    if known is None or known[0] != version or known[2] is None:
        return True
    return known[2].proof is None and known[1] != now


def _with_invoice(load: MeasuredLoad, invoiced: dict[str, Instant]) -> MeasuredLoad:
    at = invoiced.get(load.shipment_ref)
    if load.proof is None or at is None:
        return load
    return structs.replace(load, proof=structs.replace(load.proof, invoiced_at=at))


def _invoiced_at(cursor: Rows, refs: list[str]) -> dict[str, Instant]:
    asked = {"refs": refs}
    return dict(cursor.execute(_SQL["invoiced_at_of"], asked).fetchall())


def _bill(row: tuple[Any, ...], loads: dict[str, dict[Dimension, str]]) -> MeasuredBill:
    ref, carrier, shipment, status, touchless, recycled, decided, disputed, came, paid = row
    end = ended(status, is_touchless=touchless)
    return MeasuredBill(
        bill_ref=ref,
        parts={**loads.get(shipment, {}), Dimension.CARRIER: carrier or ""},
        match=MatchRow(bill_ref=ref, end=end, recycled=bool(recycled)),
        cycle=CycleRow(bill_ref=ref, received_at=came, decided_at=decided, paid_at=paid),
        billed=_accuracy(ref, end, disputed),
    )


def _accuracy(ref: str, end: BillEnd, disputed: object) -> BilledRow | None:
    if end is BillEnd.WAITING:
        return None
    is_right = end is BillEnd.APPROVED
    return BilledRow(bill_ref=ref, is_right=is_right, is_disputed=bool(disputed))


def _margins(cursor: Rows, refs: list[str]) -> Iterable[MarginRow]:
    asked = {"refs": refs, "earns": [*EARNS], "costs": [*COSTS]}
    for ref, currency, centre, revenue, cost in cursor.execute(_SQL["margins_of"], asked):
        yield MarginRow(
            shipment_ref=ref,
            revenue=Money(revenue, currency),
            cost=Money(cost, currency),
            cost_centre=centre,
        )


def _touches(cursor: Rows, refs: list[str]) -> Iterable[TouchRow]:
    asked = {"refs": refs, "by_hand": [*BY_HAND]}
    times: dict[str, int] = dict(cursor.execute(_SQL["touches_of"], asked).fetchall())
    return (TouchRow(shipment_ref=ref, touches=times.get(ref, 0)) for ref in refs)
