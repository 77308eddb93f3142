"""Exchange: what charges of a contract come to in the currency in which they are settled.

The contract says whose rate counts, and of which day. A rate that is missing or too old is never
made up: the last known stands in, marked, and where none is known at all there is no figure.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import assert_never

from msgspec import Struct, structs

from drawbar.freight.charge import AgreedCharge, Exchanged, Step, quantity
from drawbar.freight.contract import Contract
from drawbar.freight.exchange import ExchangeDay, ExchangeRate, ExchangeTerms
from drawbar.freight.index import figure_name
from drawbar.freight.instant import local_day
from drawbar.freight.market import Market
from drawbar.freight.money import Money
from drawbar.freight.movement import Movement
from drawbar.freight.visit import Visit
from drawbar.rating.grant import half_up
from drawbar.rating.unrated import Unrated


class Rate(Struct, frozen=True, tag=True):
    """So much of the wanted currency for one of the other: ``numerator / denominator``, exact.

    ``missing`` says why it is not final, empty where it is; ``figure`` is the rate by its name.
    """

    numerator: Decimal
    denominator: Decimal
    into: str
    words: str
    figure: str
    missing: str = ""

    @property
    def factor(self) -> Decimal:
        """Return what one unit comes to, to the precision of a ``Decimal``."""
        return self.numerator / self.denominator

    def of(self, money: Money) -> Money:
        """Return an amount in the wanted currency, rounded half-up to its minor unit."""
        return half_up(money.amount * self.numerator / self.denominator, self.into)


def settled_in(contract: Contract) -> str:
    """Return the currency of the bills and invoices under a contract."""
    terms = contract.exchange
    return (terms.settle_in if terms else None) or contract.currency


def settled(
    contract: Contract, charges: tuple[AgreedCharge, ...], movement: Movement, market: Market
) -> tuple[AgreedCharge, ...] | Unrated:
    """Return the charges in the currency of the bill, each rounded for itself.

    A charge that is in another currency than the contract's stays as it is.
    """
    into, terms = settled_in(contract), contract.exchange
    if into == contract.currency or terms is None or not charges:
        return charges
    rate = rate_for(terms, contract.currency, into, movement, market)
    if isinstance(rate, Unrated):
        return rate
    return tuple(
        exchanged(one, rate, terms) if one.charge.money.currency == contract.currency else one
        for one in charges
    )


def exchanged(agreed: AgreedCharge, rate: Rate, terms: ExchangeTerms) -> AgreedCharge:
    """Return one charge in another currency, with the rate among its steps."""
    money = rate.of(agreed.charge.money)
    steps = [Step(text=f"{agreed.charge.money} {rate.words} ({terms.clause})", result=str(money))]
    if rate.missing:
        steps.append(Step(text=f"provisional: {rate.missing}"))
    why = structs.replace(agreed.why, steps=(*agreed.why.steps, *steps))
    waits = (terms.source,) if rate.missing else ()
    return structs.replace(
        agreed,
        charge=structs.replace(agreed.charge, money=money),
        why=why,
        provisional=agreed.provisional or bool(rate.missing),
        awaits=tuple(dict.fromkeys((*agreed.awaits, *waits))),
        priced_by=tuple(dict.fromkeys((*agreed.priced_by, rate.figure))),
        exchanged=Exchanged(money=agreed.charge.money, rate=rate.factor),
    )


def rate_for(
    terms: ExchangeTerms, base: str, quote: str, movement: Movement, market: Market
) -> Rate | Unrated:
    """Return the rate that converts ``base`` into ``quote`` on the contract's day.

    Before that day has come, the rate of the appointment, or of the last day known, is provisional.
    """
    on, is_certain = _day(terms.day, movement)
    rate = _on_day(terms, base, quote, on, market.exchange)
    if isinstance(rate, Unrated) or is_certain:
        return rate
    return structs.replace(rate, missing=f"the day of the {terms.day.value} is not known yet")


def _day(day: ExchangeDay, movement: Movement) -> tuple[date | None, bool]:
    first, last = movement.visits[0], movement.visits[-1]
    match day:
        case ExchangeDay.PICKUP:
            return _left(first), first.departed_at is not None
        case ExchangeDay.DELIVERY:
            return _left(last), last.departed_at is not None
        case ExchangeDay.INVOICE:
            return movement.invoiced_on, movement.invoiced_on is not None
        case _:
            assert_never(day)


def _left(visit: Visit) -> date:
    return local_day(visit.departed_at or visit.arrived_at or visit.due_at, visit.zone)


def _on_day(
    terms: ExchangeTerms,
    base: str,
    quote: str,
    on: date | None,
    rates: Iterable[ExchangeRate],
) -> Rate | Unrated:
    pair = {base, quote}
    alike = [one for one in rates if one.source == terms.source and {one.base, one.quote} == pair]
    begun = sorted(
        (one for one in alike if on is None or one.rate_on <= on),
        key=lambda one: (one.rate_on, one.known_at),
    )
    if not begun:
        return _unknown(terms, base, quote, on)
    found = begun[-1]
    twins = [one for one in begun if (one.rate_on, one.known_at) == (found.rate_on, found.known_at)]
    if len({(one.base, one.rate) for one in twins}) > 1:
        return _contradicted(terms, found)
    is_old = on is not None and on - found.rate_on > timedelta(days=terms.days_old)
    missing = f"no rate of {terms.source} for {on} is known" if is_old else ""
    words = f"at {quantity(found.rate)} {found.quote} per {found.base}"
    one = Decimal(1)
    over, under = (found.rate, one) if found.base == base else (one, found.rate)
    words = f"{words}, {terms.source} of {found.rate_on}"
    figure = figure_name(terms.source, found.rate_on)
    return Rate(over, under, quote, words, figure, missing)


def _unknown(terms: ExchangeTerms, base: str, quote: str, on: date | None) -> Unrated:
    day = f" on or before {on}" if on else ""
    return Unrated(
        text=f"No rate of {terms.source} from {base} to {quote}{day} is known ({terms.clause}).",
        remedy=f"Publish the rate of {terms.source} between {base} and {quote}.",
        awaits=(terms.source,),
    )


def _contradicted(terms: ExchangeTerms, rate: ExchangeRate) -> Unrated:
    return Unrated(
        text=f"{terms.source} of {rate.rate_on} for {rate.base} and {rate.quote} was stated in"
        " several ways at once.",
        remedy="Publish the right rate of that day again; the last one counts.",
    )
