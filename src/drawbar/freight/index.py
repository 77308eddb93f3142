"""What an index or a source of exchange rates says, as it is published, and who waits for it."""

from datetime import date
from decimal import Decimal

from drawbar.freight.exchange import ExchangeRate
from drawbar.freight.fact import Fact
from drawbar.freight.fuel import IndexPrice
from drawbar.freight.money import Currency


class IndexPublished(Fact, frozen=True, kw_only=True):
    """An index published its price of a day; a later one of the same day corrects it."""

    index: str
    price_on: date
    price: Decimal
    published_on: date | None = None
    effective_from: date | None = None
    reported_by: str = ""

    def as_price(self) -> IndexPrice:
        """Return the price as rating knows it."""
        return IndexPrice(
            index=self.index,
            price_on=self.price_on,
            price=self.price,
            published_on=self.published_on,
            effective_from=self.effective_from,
            known_at=self.learned_at,
        )


class ExchangePublished(Fact, frozen=True, kw_only=True):
    """A source published what one ``base`` is worth in ``quote`` from a day on."""

    source: str
    base: Currency
    quote: Currency
    rate_on: date
    rate: Decimal
    reported_by: str = ""

    def as_rate(self) -> ExchangeRate:
        """Return the rate as rating knows it."""
        return ExchangeRate(
            source=self.source,
            base=self.base,
            quote=self.quote,
            rate_on=self.rate_on,
            rate=self.rate,
            known_at=self.learned_at,
        )


def figure_name(index: str, on: date) -> str:
    """Return what the figure of a day is called where a charge names it: "EIA-US/2026-03-02"."""
    return f"{index}/{on}"  # stored


class IndexAwaited(Fact, frozen=True, kw_only=True):
    """A shipment's price hangs on what an index or a source has not said yet.

    With an ``order_ref`` it is an order that is held for it, which had ``seen`` so many figures.
    """

    index: str
    shipment_ref: str
    order_ref: str = ""
    customer_ref: str = ""
    seen: int = 0


class IndexCorrected(Fact, frozen=True, kw_only=True):
    """What an index said of a day is otherwise: loads that were priced by it are priced anew."""

    index: str
    figure_on: date
    text: str


class IndexReviewed(Fact, frozen=True, kw_only=True):
    """What a shipment waited for was published: price it anew.

    ``corrected`` says what was corrected, where the ``figure`` was that had priced it.
    """

    index: str
    shipment_ref: str
    figure: str = ""
    corrected: str = ""
