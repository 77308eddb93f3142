"""A decision as it was known on a day: made again from what was known then, and compared."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from drawbar.flow.bill_state import BillState
from drawbar.flow.company import Company
from drawbar.flow.comparison import Compared, bill_then, differing, load_then
from drawbar.flow.needs import keys_of
from drawbar.flow.replay import Recorded, replayed
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.freight.terms import TermsChanged
from drawbar.records.company import ALWAYS, version_at
from drawbar.records.desk.stream import shipments_named, stream
from drawbar.records.replay import recorded, story_of, terms_then
from drawbar.records.sheet import Rows

_MONEY = (StreamKind.SHIPMENT, StreamKind.FREIGHT_BILL)
_SINCE_MAX = 20


def as_known(cursor: Rows, key: StreamKey, company: Company, *, known_on: datetime) -> Compared:
    """Return the story of a shipment or a bill as it was known, beside what is on file now.

    ``company`` is the firm where no folder was ever applied.
    """
    streams = story_of(cursor, (key, *_named(cursor, key, company)))
    facts = recorded(cursor, streams, known_on=known_on)
    terms = terms_then(cursor, company, known_on=known_on)
    again = replayed(facts, terms)
    then, now = again.states, _states(cursor, streams)
    left_out = (f"It could not be decided again about {one}" for one in again.undecided)
    differences = (*differing(then, now), *left_out)
    loads = (one for _, one in sorted(then.items()) if isinstance(one, ShipmentState))
    bills = (one for _, one in sorted(then.items()) if isinstance(one, BillState))
    return Compared(
        known_on=known_on,
        company_version=version_at(cursor, known_on),
        facts=len(facts),
        loads=tuple(load_then(one) for one in loads),
        bills=tuple(bill_then(one) for one in bills),
        differences=differences,
        since=tuple(_since(cursor, streams, facts)) if differences else (),
    )


def _named(cursor: Rows, key: StreamKey, company: Company) -> list[StreamKey]:
    """Return the loads that a bill names: it may have been compared with them and moved none."""
    found = stream(cursor, key)
    if found is None or not isinstance(found.state, BillState):
        return []
    billed = found.state.bill
    names = keys_of(billed.references, party=billed.carrier_ref, company=company)
    return shipments_named(cursor, names)


def _states(cursor: Rows, streams: Iterable[StreamKey]) -> dict[StreamKey, Any]:
    """Return what stands on file of those streams that hold money."""
    found = ((key, stream(cursor, key)) for key in streams if key.kind in _MONEY)
    return {key: one.state for key, one in found if one is not None}


def _since(cursor: Rows, streams: list[StreamKey], known: list[Recorded]) -> Iterator[str]:
    """Return in words what was learned later about the same streams."""
    keys = {one.fact.key for one in known}
    every = recorded(cursor, streams, known_on=ALWAYS)
    later = [one.fact for one in every if one.fact.key not in keys]
    for fact in later[:_SINCE_MAX]:
        what = type(fact).__name__
        if isinstance(fact, TermsChanged):
            what = (
                f"company version {fact.company_version} ({', '.join(fact.changes) or 'policies'})"
            )
        yield f"{fact.learned_at:%Y-%m-%d %H:%M}Z {what}"
    if len(later) > _SINCE_MAX:
        yield f"and {len(later) - _SINCE_MAX} more facts"
