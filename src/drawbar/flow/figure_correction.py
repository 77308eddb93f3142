"""A published figure is corrected, or comes late: each load that it priced is priced anew.

What is open follows it; what was paid is listed as a claim candidate; an invoice by its terms.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct

from drawbar.flow.company import Company
from drawbar.flow.consequence import following
from drawbar.flow.decision import NOTHING, Deadline, Decision, Known
from drawbar.flow.index_state import figure_key, index_key
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.terms import Change
from drawbar.flow.terms import reached as change_reached
from drawbar.freight.billing_terms import BillingTerms, Corrected
from drawbar.freight.charge import quantity
from drawbar.freight.fact import Fact
from drawbar.freight.index import (
    ExchangePublished,
    IndexCorrected,
    IndexPublished,
    IndexReviewed,
    figure_name,
)
from drawbar.freight.stream import StreamKind

Published = IndexPublished | ExchangePublished

LOOKS_AGAIN_AFTER = timedelta(minutes=5)
"""A load that was priced while the figure was corrected bears its name a moment later."""
LATE_AFTER = timedelta(days=1)


class Figure(Struct, frozen=True):
    """What is said of a day, and of which currencies where it is a rate."""

    on: date
    said: Decimal
    pair: frozenset[str] = frozenset()


def told(fact: Published, name: str, company: Company) -> Decision:
    """Return what a figure asks of loads that an earlier one had priced; most ask nothing."""
    now = _figure(fact)
    before = [one for one in _known(name, company) if one.pair == now.pair]
    day, text = _corrected(now, before, name) or _late(now, before, fact, name) or (None, "")
    if day is None:
        return NOTHING
    stream, again = index_key(name), fact.learned_at + LOOKS_AGAIN_AFTER
    about = figure_name(name, day)
    at_once = following(IndexCorrected, fact, about=about, index=name, figure_on=day, text=text)
    later = following(
        IndexCorrected, fact, about=f"{about}:again", at=again, index=name, figure_on=day, text=text
    )
    deadline = Deadline(stream=stream, name=f"corrected:{fact.key}", due_at=again, fact=later)
    return Decision(follows=(at_once,), deadlines=(deadline,), notes=((stream, text),))


def found(fact: IndexCorrected, known: Known) -> Decision:
    """Return the wish to price each load anew that the corrected figure had priced."""
    figure = figure_name(fact.index, fact.figure_on)
    bearers = known.found.get(figure_key(figure), ())
    return Decision(
        follows=tuple(
            following(
                IndexReviewed,
                fact,
                about=f"{fact.index}:{one.ref}",
                index=fact.index,
                shipment_ref=one.ref,
                figure=figure,
                corrected=fact.text,
            )
            for one in bearers
            if one.kind is StreamKind.SHIPMENT
        )
    )


def reached(fact: IndexReviewed, by_now: Fact, load: ShipmentState, company: Company) -> Decision:
    """Return what a corrected figure changes of one load, as its customer agreed to it."""
    if not any(fact.figure in one.priced_by for one in (*load.buy, *load.sell)):
        return NOTHING  # another figure prices it by now
    payer = company.customers.get(load.order.customer_ref)
    terms = payer.billing if payer else BillingTerms()
    change = Change(
        name=f"{fact.index}-{by_now.learned_at:%Y%m%dT%H%M%S}",
        company_version=company.version,
        since=by_now.learned_at,
        said=fact.corrected,
        why=f"{fact.index} was corrected",
        re_rates_invoices=terms.corrected_figures is Corrected.RE_RATED,
    )
    return change_reached(load, change, by_now, company)


def _figure(fact: Published) -> Figure:
    if isinstance(fact, ExchangePublished):
        return Figure(fact.rate_on, fact.rate, frozenset({fact.base, fact.quote}))
    return Figure(fact.price_on, fact.price)


def _known(name: str, company: Company) -> list[Figure]:
    """Return what is known of an index by now, in the order in which it was learned."""
    market = company.market
    prices = sorted((one for one in market.prices if one.index == name), key=lambda p: p.known_at)
    rates = sorted((one for one in market.exchange if one.source == name), key=lambda r: r.known_at)
    return [
        *(Figure(one.price_on, one.price) for one in prices),
        *(Figure(one.rate_on, one.rate, frozenset({one.base, one.quote})) for one in rates),
    ]


def _corrected(now: Figure, before: Sequence[Figure], name: str) -> tuple[date, str] | None:
    old = [one.said for one in before if one.on == now.on]
    if not old or old[-1] == now.said:
        return None
    was, is_now = quantity(old[-1]), quantity(now.said)
    return now.on, f"{name} of {now.on} was corrected from {was} to {is_now}."


def _late(
    now: Figure, before: Sequence[Figure], fact: Published, name: str
) -> tuple[date, str] | None:
    """Return the day whose figure stood in until now for one that should have been there."""
    earlier = [one.on for one in before if one.on < now.on]
    is_late = any(one.on > now.on for one in before) or (
        fact.learned_at.date() - now.on > LATE_AFTER
    )
    if not earlier or not is_late or any(one.on == now.on for one in before):
        return None
    return max(earlier), f"{name} of {now.on} came late: it is {quantity(now.said)}."
