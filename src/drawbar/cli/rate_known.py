"""A shipment's price by what was known at a time: its facts decided again, under the terms then."""

from collections.abc import Iterable

from drawbar.flow import needs
from drawbar.flow.company import Company
from drawbar.flow.explained import Explained, explained_load
from drawbar.flow.replay import replayed
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.instant import Instant
from drawbar.records.company import company_of, version_at
from drawbar.records.desk.stream import stream
from drawbar.records.replay import recorded, story_of, terms_then
from drawbar.records.sheet import Rows


def explained_shipments(
    cursor: Rows, refs: Iterable[str], company: Company, *, known_at: Instant, as_then: bool
) -> list[tuple[str, Explained]]:
    """Return each side of each shipment, named by its reference.

    ``as_then`` prices it by what was known at ``known_at``; what was not known then is left out.
    """
    told: list[tuple[str, Explained]] = []
    for ref in refs:
        load = load_then(cursor, ref, company, known_at) if as_then else _load(cursor, ref)
        if load is not None:
            terms = _company_then(cursor, company, known_at) if as_then else company
            rates = explained_load(load, terms, known_at=known_at, as_then=as_then, today=company)
            told += [(ref, one) for one in rates]
    return told


def load_then(cursor: Rows, ref: str, company: Company, at: Instant) -> ShipmentState | None:
    """Return a load as everything that was known at ``at`` makes it, None before it was known."""
    key = needs.shipment(ref)
    facts = recorded(cursor, story_of(cursor, (key,)), known_on=at)
    state = replayed(facts, terms_then(cursor, company, known_on=at)).states.get(key)
    return state if isinstance(state, ShipmentState) else None


def _load(cursor: Rows, ref: str) -> ShipmentState | None:
    found = stream(cursor, needs.shipment(ref))
    return found.state if found and isinstance(found.state, ShipmentState) else None


def _company_then(cursor: Rows, company: Company, at: Instant) -> Company:
    """Return the firm as it was applied then; ``company`` where no folder was ever applied."""
    version = version_at(cursor, at)
    return company_of(cursor, version, known_at=at) if version else company
