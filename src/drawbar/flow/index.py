"""An index speaks, and what waited for it is priced anew, each shipment exactly once.

A shipment whose price hangs on what is not known yet asks under the index's own lock, so no price
comes between the question and the waiting.
"""

from msgspec import structs

from drawbar.flow import figure_correction, reassessment
from drawbar.flow.company import Company
from drawbar.flow.consequence import following
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.index_state import IndexState, index_key, index_state
from drawbar.flow.needs import shipment
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.charge import quantity
from drawbar.freight.fact import Fact
from drawbar.freight.index import (
    ExchangePublished,
    IndexAwaited,
    IndexCorrected,
    IndexPublished,
    IndexReviewed,
)
from drawbar.freight.order import HoldReviewed

Published = IndexPublished | ExchangePublished
IndexFact = IndexPublished | ExchangePublished | IndexAwaited | IndexCorrected | IndexReviewed


def decide(fact: IndexFact, known: Known, company: Company) -> Decision:
    """Return what follows from what an index says, or from who waits for it."""
    match fact:
        case IndexAwaited():
            return _asked(fact, known) if fact.order_ref else _awaited(fact, known, company)
        case IndexCorrected():
            return figure_correction.found(fact, known)
        case IndexReviewed():
            return _reviewed(fact, known, company)
        case _:
            return _published(fact, known, company)


def _published(fact: Published, known: Known, company: Company) -> Decision:
    """Keep what was published, and let everyone who waited be priced anew."""
    name = fact.index if isinstance(fact, IndexPublished) else fact.source
    before = index_state(name, known)
    after = _told(before, fact)
    if after == before:
        return NOTHING
    reviews = tuple(
        following(IndexReviewed, fact, about=f"{name}:{ref}", index=name, shipment_ref=ref)
        for ref in before.waiting
    )
    orders = tuple(_let_go(one, fact) for one in before.held)
    kept = Decision(
        states={index_key(name): structs.replace(after, waiting=(), held=())},
        follows=(*reviews, *orders),
        notes=((index_key(name), _note(fact, len(reviews) + len(orders))),),
    )
    return joined(kept, figure_correction.told(fact, name, company))


def _let_go(held: tuple[str, str], fact: Fact) -> HoldReviewed:
    ref, payer = held
    return following(HoldReviewed, fact, about=ref, customer_ref=payer, order_ref=ref)


def _asked(fact: IndexAwaited, known: Known) -> Decision:
    """Let a held order wait for the next figure; one that came since is asked at once."""
    index = index_state(fact.index, known)
    held = fact.order_ref, fact.customer_ref
    if index.figures > fact.seen:
        return Decision(follows=(_let_go(held, _by_now(fact, index)),))
    waiting = tuple(sorted({*index.held, held}))
    return Decision(states={index_key(fact.index): structs.replace(index, held=waiting)})


def _told(state: IndexState, fact: Published) -> IndexState:
    if isinstance(fact, ExchangePublished):
        rate = fact.as_rate()
        if rate in state.rates:
            return state
        rates = sorted((*state.rates, rate), key=lambda one: (one.rate_on, one.known_at, repr(one)))
        return structs.replace(state, rates=tuple(rates))
    price = fact.as_price()
    if price in state.prices:
        return state
    prices = sorted((*state.prices, price), key=lambda one: (one.price_on, one.known_at, repr(one)))
    return structs.replace(state, prices=tuple(prices))


def _note(fact: Published, waited: int) -> str:
    if isinstance(fact, ExchangePublished):
        said = f"{quantity(fact.rate)} {fact.quote} for one {fact.base} on {fact.rate_on}"
    else:
        said = f"{quantity(fact.price)} on {fact.price_on}"
    by = f", told by {fact.reported_by}" if fact.reported_by else ""
    return f"Published: {said}{by}; {waited} loads and orders waited"


def _awaited(fact: IndexAwaited, known: Known, company: Company) -> Decision:
    """Price the load by all that is published by now; where that is not enough, let it wait."""
    load = known.states.get(shipment(fact.shipment_ref))
    if not isinstance(load, ShipmentState):
        return NOTHING  # it is not ours to price any more
    index = index_state(fact.index, known)
    priced = reassessment.reassessed(load, load, _by_now(fact, index), company)
    after = priced.states.get(shipment(fact.shipment_ref), load)
    if not isinstance(after, ShipmentState) or fact.index not in after.awaiting:
        return priced
    waiting = tuple(sorted({*index.waiting, fact.shipment_ref}))
    kept = structs.replace(index, waiting=waiting)
    note = f"Waits for what {fact.index} says next"
    return joined(
        priced,
        Decision(
            states={index_key(fact.index): kept},
            notes=((shipment(fact.shipment_ref), note),),
        ),
    )


def _reviewed(fact: IndexReviewed, known: Known, company: Company) -> Decision:
    """Price a load anew; what it still lacks it asks for again."""
    load = known.states.get(shipment(fact.shipment_ref))
    if not isinstance(load, ShipmentState):
        return NOTHING
    awaiting = tuple(one for one in load.awaiting if one != fact.index)
    asked = structs.replace(load, awaiting=awaiting)
    by_now = _by_now(fact, index_state(fact.index, known))
    if fact.figure:
        return figure_correction.reached(fact, by_now, asked, company)
    return reassessment.reassessed(load, asked, by_now, company)


def billed(load: ShipmentState, fact: Fact) -> Decision:
    """Return the wish to price a load anew whose rates of exchange go by the day of its bill."""
    ref = load.shipment_ref
    reviews = tuple(
        following(IndexReviewed, fact, about=f"{name}:{ref}", index=name, shipment_ref=ref)
        for name in load.awaiting
    )
    return Decision(follows=reviews) if reviews else NOTHING


def _by_now(fact: IndexAwaited | IndexReviewed, index: IndexState) -> Fact:
    """Return the fact as of the last word of the index, where that came after what led to it."""
    prices = [one.known_at for one in index.prices]
    rates = [one.known_at for one in index.rates]
    return structs.replace(fact, learned_at=max([fact.learned_at, *prices, *rates]))
