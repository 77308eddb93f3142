"""A shadow audit: what the firm would have paid of bills that somebody paid before.

Every bill is decided by the flow itself, against papers instead of a running firm; only what later
bills for the same load must know is kept, on a shelf that the caller brings.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping

from msgspec import structs

from drawbar.flow import freight_bill, shadow_contest
from drawbar.flow.bill_state import BillState
from drawbar.flow.company import Company
from drawbar.flow.decision import Decision, Known
from drawbar.flow.needs import bill, found_by, shipment
from drawbar.flow.shadow_contest import ContestFact
from drawbar.flow.shadow_load import billed_as
from drawbar.flow.shadow_outcome import Asked, Outcome
from drawbar.flow.shadow_shelf import BillFact, Kept, Shelf
from drawbar.flow.shadow_verdict import Evidence, outcome, stopped_by_strangers
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.freight_bill import (
    BillReceived,
    BillReviewed,
    BillWaitExpired,
    DisputeClosed,
    FreightBill,
)
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.matching.correction import replaced
from drawbar.matching.identity import LADDER


class Shadow:
    """Decides bills one after the other, in the order in which they were received."""

    def __init__(self, company: Company, shelf: Shelf, *, evidence: Evidence) -> None:
        """Decide under ``company``; ``evidence`` says what kinds of it there are at all."""
        self._company = company
        self._shelf = shelf
        self._evidence = evidence

    def decided(self, asked: Asked) -> tuple[Outcome, ...]:
        """Return what the bill came to, and every earlier bill that is judged again by it."""
        stopped = stopped_by_strangers(asked)
        if stopped is not None:
            return (stopped,)
        return self._after(asked, asked.fact)

    def given_up(self) -> tuple[Outcome, ...]:
        """Return what the bills came to whose shipment never appeared."""
        ended: list[Outcome] = []
        for ref in self._shelf.waiting():
            kept = self._shelf.bill(ref)
            if kept is not None and kept.expired is not None:
                ended += self._after(kept.asked, kept.expired)
        return tuple(ended)

    def _after(self, asked: Asked, fact: BillFact) -> tuple[Outcome, ...]:
        """Return what every bill came to that ``fact`` and what follows from it decide."""
        latest: dict[str, Outcome] = {}
        queue: deque[tuple[Asked, BillFact | ContestFact]] = deque([(asked, fact)])
        while queue:
            about, next_fact = queue.popleft()
            if isinstance(next_fact, ContestFact):
                ends = shadow_contest.decided(next_fact, self._shelf, self._company)
                queue.extend(self._follows(ends))
                continue
            known = self._known(next_fact)
            decision = freight_bill.decide(next_fact, known, self._company)
            for one in self._kept(about, decision):
                latest[one.bill.bill_ref] = one
            told = shadow_contest.contested(decision, next_fact, known, self._company)
            queue.extend((*self._follows(decision), *((about, one) for one in told)))
        return tuple(latest.values())

    def _known(self, fact: BillFact) -> Known:
        ref = fact.bill.bill_ref if isinstance(fact, BillReceived) else fact.bill_ref
        kept = self._shelf.bill(ref)
        own = {bill(ref): kept.state} if kept else {}
        if not isinstance(fact, BillReceived):
            loads = [kept.state.shipment_ref] if kept and kept.state.shipment_ref else []
            return Known(states=own | self._loads(loads))
        found = {
            key: tuple(shipment(one) for one in sorted(self._shelf.bearers(key)))
            for key in found_by(fact, self._company)
        }
        named = {one.ref for streams in found.values() for one in streams}
        carried = self._loads(named, fact.bill)
        return Known(states=own | carried | self._replaced(fact.bill, carried), found=found)

    def _loads(
        self, refs: Iterable[str], billed: FreightBill | None = None
    ) -> dict[StreamKey, ShipmentState]:
        return {
            shipment(ref): billed_as(self._shelf.load(ref), billed, self._company) for ref in refs
        }

    def _replaced(
        self, billed: FreightBill, loads: Mapping[StreamKey, ShipmentState]
    ) -> dict[StreamKey, BillState]:
        """Return the earlier bills that this one may be a correction of."""
        found: dict[StreamKey, BillState] = {}
        for key, load in loads.items():
            other = replaced(billed, shipment_ref=key.ref, earlier=load.bills)
            kept = self._shelf.bill(other.bill_ref) if other else None
            if kept is not None:
                found[bill(kept.state.bill.bill_ref)] = kept.state
        return found

    def _kept(self, asked: Asked, decision: Decision) -> Iterator[Outcome]:
        """Put the new states on the shelf; yield what each bill came to, by its own papers."""
        for key, state in decision.states.items():
            if isinstance(state, ShipmentState):
                self._shelf.keep_load(structs.replace(self._shelf.load(key.ref), load=state))
        for state in decision.states.values():
            if isinstance(state, BillState):
                yield self._outcome(self._own(state, asked), state, decision)

    def _own(self, state: BillState, asked: Asked) -> Asked:
        """Return how a bill came: a corrected one may end another that came before it."""
        ref = state.bill.bill_ref
        kept = self._shelf.bill(ref) if ref != asked.fact.bill.bill_ref else None
        return kept.asked if kept is not None else asked

    def _outcome(self, asked: Asked, state: BillState, decision: Decision) -> Outcome:
        park = decision.park
        expired = park.expired if park and isinstance(park.expired, BillWaitExpired) else None
        kept = Kept(asked=asked, state=state, expired=expired)
        self._shelf.keep_bill(kept, park.waits_for if park else ())
        load = self._shelf.load(state.shipment_ref) if state.shipment_ref else None
        return outcome(asked, state, decision=decision, opened=load, evidence=self._evidence)

    def _follows(self, decision: Decision) -> Iterator[tuple[Asked, BillFact]]:
        """Yield what follows for other bills: a new name, room by a credit, a dispute ended."""
        for naming in decision.names:
            stream, key = naming.stream, naming.key
            if stream.kind is not StreamKind.SHIPMENT or key.kind not in LADDER:
                continue
            if self._shelf.name(key, stream.ref):
                for ref in self._shelf.woken(key):
                    kept = self._shelf.bill(ref)
                    if kept is not None:
                        yield kept.asked, kept.asked.fact
        for fact in decision.follows:
            if isinstance(fact, BillReviewed | DisputeClosed):
                kept = self._shelf.bill(fact.bill_ref)
                if kept is not None:
                    yield kept.asked, fact
