"""An index as we know it: its prices or rates, and the shipments that wait for the next one."""

from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar

from msgspec import Struct, structs

from drawbar.flow.company import Company
from drawbar.flow.decision import Known
from drawbar.freight.exchange import ExchangeRate
from drawbar.freight.fuel import IndexPrice
from drawbar.freight.market import Market
from drawbar.freight.reference import ReferenceKey, ReferenceKind
from drawbar.freight.stream import StreamKey, StreamKind

REMEMBERED_MARKETS = 8

T = TypeVar("T")


class IndexState(Struct, frozen=True, kw_only=True, tag=True):
    """The state of one index or source of rates, as it came in by its door.

    What the company folder says of it stands beside it. ``waiting`` are shipments whose price is
    provisional, or missing, until it says more; each is priced anew once when it does. ``held`` are
    orders, each with its customer, that wait for a price at all.
    """

    index: str
    prices: tuple[IndexPrice, ...] = ()
    rates: tuple[ExchangeRate, ...] = ()
    waiting: tuple[str, ...] = ()
    held: tuple[tuple[str, str], ...] = ()

    @property
    def figures(self) -> int:
        """Return how many figures it told."""
        return len(self.prices) + len(self.rates)


def index_key(name: str) -> StreamKey:
    """Return the story of an index, or of a source of exchange rates."""
    return StreamKey(StreamKind.INDEX, name)


def index_state(name: str, known: Known) -> IndexState:
    """Return what is known of an index; nothing yet where nobody ever spoke of it."""
    state = known.states.get(index_key(name))
    return state if isinstance(state, IndexState) else IndexState(index=name)


def figure_key(name: str) -> ReferenceKey:
    """Return the name under which the loads are found that a figure of an index priced."""
    return ReferenceKey(ReferenceKind.MARKET_FIGURE, name)


def seeing(company: Company, known: Known) -> Company:
    """Return the firm with what was published since its folder was read, as far as is ``known``."""
    told = [
        state
        for key, state in sorted(known.states.items())
        if key.kind is StreamKind.INDEX and isinstance(state, IndexState)
    ]
    said = tuple(_Said(one) for one in told if one.prices or one.rates)
    return _seeing(_Firm(company), said) if said else company


class _Said:
    """An index by what it published, so that who waits for it makes no other market of it."""

    def __init__(self, state: IndexState) -> None:
        self.prices, self.rates = state.prices, state.rates
        self._key = (state.index, state.prices, state.rates)
        self._hash = hash((state.index, len(state.prices), len(state.rates)))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Said) and self._key == other._key


class _Firm:
    """The same object of a company, found without reading it."""

    def __init__(self, company: Company) -> None:
        self.company = company

    def __hash__(self) -> int:
        return id(self.company)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Firm) and self.company is other.company


@lru_cache(maxsize=REMEMBERED_MARKETS)
def _seeing(firm: _Firm, said: tuple[_Said, ...]) -> Company:
    market = firm.company.market
    prices = _all(market.prices, (one.prices for one in said))
    rates = _all(market.exchange, (one.rates for one in said))
    return structs.replace(firm.company, market=Market(prices=prices, exchange=rates))


def _all(first: tuple[T, ...], more: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    return (*first, *(one for some in more for one in some))
