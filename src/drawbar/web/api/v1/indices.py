"""Index prices and exchange rates over HTTP, as they are published. Translation only.

What waits for them is priced anew by itself. A later figure of the same day corrects an earlier.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated

from litestar import post
from litestar.params import JSONBody, PathParameter
from litestar.status_codes import HTTP_202_ACCEPTED
from msgspec import Meta, Struct

from drawbar.freight.index import ExchangePublished, IndexPublished
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Reading
from drawbar.web.api.v1.body import decoded
from drawbar.web.api.v1.identity import fact_key
from drawbar.web.api.v1.inbound import Arriving, TakenV1
from drawbar.web.api.v1.text import CurrencyCode, refuse_absurd
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.problem import unfit

_NAME = r"^[A-Za-z0-9][A-Za-z0-9._-]*$(?!\n)"

IndexName = Annotated[
    str, Meta(min_length=1, max_length=60, pattern=_NAME, description="As the contract names it")
]
IndexPath = Annotated[str, PathParameter(min_length=1, max_length=60, pattern=_NAME)]
FigureText = Annotated[
    str,
    Meta(
        pattern=r"^[0-9]{1,9}(\.[0-9]{1,9})?$(?!\n)",
        description="An exact figure as a string. A JSON number is refused.",
        examples=["3.701"],
    ),
]
Revision = Annotated[int, Meta(ge=0, le=999, description="Higher where an earlier figure returns")]


class IndexPriceV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The price of a day: when it is about, when it came out, from when it holds if it says so."""

    price_on: date
    price: FigureText
    published_on: date | None = None
    effective_from: date | None = None
    revision: Revision = 0

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a price of nothing or an absurd day."""
        refuse_absurd(self.price_on, self.published_on, self.effective_from)
        if not Decimal(self.price):
            raise ValueError("the price is zero; an index never says that")


class IndexPricesV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Prices of one index, each day once."""

    index: IndexName
    prices: Annotated[tuple[IndexPriceV1, ...], Meta(min_length=1, max_length=1000)]

    def __post_init__(self) -> None:
        """Raise ``ValueError`` where a day is named twice, so that nobody knows which is meant."""
        _refuse_twice([one.price_on for one in self.prices])


class ExchangeRateV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``base`` is ``rate`` of ``quote`` from a day on."""

    base: CurrencyCode
    quote: CurrencyCode
    rate_on: date
    rate: FigureText
    revision: Revision = 0

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a rate of nothing, of a currency to itself, an absurd day."""
        refuse_absurd(self.rate_on)
        if not Decimal(self.rate):
            raise ValueError("the rate is zero; no currency is worth nothing")
        if self.base == self.quote:
            raise ValueError(f"{self.base} is not exchanged into itself")


class ExchangeRatesV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Exchange rates of one source, each pair and day once."""

    source: IndexName
    rates: Annotated[tuple[ExchangeRateV1, ...], Meta(min_length=1, max_length=1000)]

    def __post_init__(self) -> None:
        """Raise ``ValueError`` where a pair has two rates of one day."""
        _refuse_twice([(one.rate_on, frozenset({one.base, one.quote})) for one in self.rates])


@post(
    "/v1/indices/{index:str}/prices",
    status_code=HTTP_202_ACCEPTED,
    **policy(Scope.INDEX_PUBLISH),
)
def publish_prices(index: IndexPath, data: JSONBody[IndexPricesV1], inbound: Arriving) -> TakenV1:
    """Publish prices of an index; what waits for them is priced anew, each load once."""
    _refuse_other(index, data.index, "$.index")
    return inbound.take("publish-prices")


@post(
    "/v1/exchange/{source:str}/rates",
    status_code=HTTP_202_ACCEPTED,
    **policy(Scope.INDEX_PUBLISH),
)
def publish_rates(source: IndexPath, data: JSONBody[ExchangeRatesV1], inbound: Arriving) -> TakenV1:
    """Publish exchange rates; what waits for them is priced anew, each load once."""
    _refuse_other(source, data.source, "$.source")
    return inbound.take("publish-rates")


def read_prices(body: bytes, receipt: Receipt) -> Reading:
    """Read prices of an index: one fact for each day."""
    told = decoded(body, IndexPricesV1)
    return Reading(
        facts=tuple(
            _price(told.index, one, number, receipt) for number, one in enumerate(told.prices)
        )
    )


def read_rates(body: bytes, receipt: Receipt) -> Reading:
    """Read exchange rates: one fact for each pair and day."""
    told = decoded(body, ExchangeRatesV1)
    return Reading(
        facts=tuple(
            _rate(told.source, one, number, receipt) for number, one in enumerate(told.rates)
        )
    )


def _price(index: str, told: IndexPriceV1, number: int, receipt: Receipt) -> IndexPublished:
    return IndexPublished(
        key=fact_key("index-price", index, body=told),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(f"$.prices[{number}]"),
        index=index,
        price_on=told.price_on,
        price=Decimal(told.price),
        published_on=told.published_on,
        effective_from=told.effective_from,
        reported_by=receipt.sender,
    )


def _rate(source: str, told: ExchangeRateV1, number: int, receipt: Receipt) -> ExchangePublished:
    return ExchangePublished(
        key=fact_key("exchange-rate", source, body=told),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(f"$.rates[{number}]"),
        source=source,
        base=told.base,
        quote=told.quote,
        rate_on=told.rate_on,
        rate=Decimal(told.rate),
        reported_by=receipt.sender,
    )


def _refuse_twice(days: Sequence[object]) -> None:
    if len(set(days)) != len(days):
        raise ValueError("one day is named twice; send each figure once")


def _refuse_other(addressed: str, told: str, path: str) -> None:
    if addressed != told:
        raise unfit(path, f"The address names {addressed}, the body {told}.", "Name the same one.")
