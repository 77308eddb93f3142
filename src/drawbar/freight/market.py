"""The market: index prices and exchange rates as they are known, for everyone alike."""

from msgspec import Struct

from drawbar.freight.exchange import ExchangeRate
from drawbar.freight.fuel import IndexPrice
from drawbar.freight.instant import Instant


class Market(Struct, frozen=True, kw_only=True):
    """All prices and rates on file, in any order. A price that comes later corrects an earlier."""

    prices: tuple[IndexPrice, ...] = ()
    exchange: tuple[ExchangeRate, ...] = ()

    def as_known_at(self, known_at: Instant) -> "Market":
        """Return what of it was known at an instant."""
        return Market(
            prices=tuple(one for one in self.prices if one.known_at <= known_at),
            exchange=tuple(one for one in self.exchange if one.known_at <= known_at),
        )


NO_MARKET = Market()
