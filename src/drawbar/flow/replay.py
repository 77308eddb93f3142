"""A decision made again from the facts and the terms that were known at a date, by the same run.

Nothing is remembered from the first time: states, names and waits are built up anew. Only what
the whole account of a customer, or its warehouse, decided is taken as it was found.
"""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct, structs

from drawbar.flow.company import Company
from drawbar.flow.decision import Decision, Known, Park
from drawbar.flow.run import FreightRun
from drawbar.freight.fact import Fact
from drawbar.freight.money import Money, zero
from drawbar.freight.order import HoldReviewed, OrderChanged, OrderReleased
from drawbar.freight.reference import ReferenceKey
from drawbar.freight.stream import StreamKey, StreamKind


class Recorded(Struct, frozen=True, kw_only=True):
    """A fact on file, and which kinds of streams it touched when it was decided."""

    fact: Fact
    touched: frozenset[StreamKind]


class Replayed(Struct, frozen=True, kw_only=True):
    """What the facts come to. ``notes`` are what was said, in the order of the facts.

    ``undecided`` are facts that could not be decided again by what was known, and why.
    """

    states: dict[StreamKey, Any]
    notes: tuple[tuple[StreamKey, str], ...]
    facts: int
    undecided: tuple[str, ...] = ()


def replayed(recorded: Iterable[Recorded], terms: Callable[[Fact], Company]) -> Replayed:
    """Decide every fact again in its order; ``terms`` returns the firm as it was for each.

    What follows from a fact is itself on file and comes in its own turn.
    """
    again = _Again(terms)
    count = 0
    for one in recorded:
        again.decide(one)
        count += 1
    return Replayed(
        states=again.states, notes=tuple(again.notes), facts=count, undecided=tuple(again.undecided)
    )


class _Again:
    """States and names in memory, as the engine would have them on file."""

    def __init__(self, terms: Callable[[Fact], Company]) -> None:
        self.states: dict[StreamKey, Any] = {}
        self.notes: list[tuple[StreamKey, str]] = []
        self.undecided: list[str] = []
        self._terms = terms
        self._names: dict[ReferenceKey, set[StreamKey]] = {}
        self._parked: list[tuple[Recorded, Park]] = []

    def decide(self, one: Recorded) -> None:
        """Decide one fact, and whatever waited for a name that it gave."""
        waiting = [one]
        company = self._terms(one.fact)
        while waiting:
            one = waiting.pop(0)
            try:
                waiting += self._apply(one, company)
            except Exception as error:  # noqa: BLE001 - whatever a run raises, its fact is named
                self.undecided.append(f"{type(one.fact).__name__} {one.fact.key}: {error!r}")

    def _apply(self, one: Recorded, company: Company) -> list[Recorded]:
        run = FreightRun(_credit_as_found(company, one))
        needs = run.needs(one.fact)
        found = {key: tuple(sorted(self._names.get(key, ()))) for key in needs.found_by}
        streams = {*needs.streams, *(each for some in found.values() for each in some)}
        states = {key: self.states[key] for key in streams if key in self.states}
        decision = run.decide(one.fact, Known(states=states, found=found))
        if decision.park is not None:
            self._parked.append((one, decision.park))
        self.notes += decision.notes
        self.states |= {
            key: state for key, state in decision.states.items() if key.kind not in _SHARED
        }
        return self._woken(decision)

    def _woken(self, decision: Decision) -> list[Recorded]:
        new: set[ReferenceKey] = set()
        for naming in decision.names:
            bearers = self._names.setdefault(naming.key, set())
            if naming.stream not in bearers:
                new.add(naming.key)
            bearers.add(naming.stream)
        woken = [one for one, park in self._parked if new & set(park.waits_for)]
        self._parked = [pair for pair in self._parked if not new & set(pair[1].waits_for)]
        return woken


_SHARED = frozenset({StreamKind.CUSTOMER, StreamKind.NUMBER_SERIES})
"""Stories of many loads: what they held at the time is not told again for one of them."""


def _credit_as_found(company: Company, one: Recorded) -> Company:
    """Return the firm with the credit that the customer was found to have when this was decided.

    Its account is made of all its orders; whether it let this one through is on file.
    """
    if not isinstance(one.fact, OrderReleased | HoldReviewed | OrderChanged):
        return company
    fact = one.fact
    ref = fact.customer_ref if isinstance(fact, HoldReviewed) else fact.order.customer_ref
    payer = company.customers.get(ref)
    if payer is None:
        return company
    limit: Money | None = None if StreamKind.SHIPMENT in one.touched else zero(company.currency)
    as_found = structs.replace(payer, credit_limit=limit)
    return structs.replace(company, customers=company.customers | {ref: as_found})
