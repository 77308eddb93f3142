"""An index price that is missing makes a charge provisional; its publication prices it anew, once.

ABCD's fuel goes by EIA-US: each Monday's price holds from Wednesday on at the origin. The load of
the stage is picked up on Monday, 9 March 2026 in Dallas, so the price of 2 March counts.
"""

from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from msgspec import structs

from drawbar.freight.charge import ChargeKind
from drawbar.freight.contract import Side
from drawbar.freight.exchange import ExchangeDay, ExchangeTerms
from drawbar.freight.fuel import FuelBand, FuelTerms, FuelWindow
from drawbar.freight.index import ExchangePublished, IndexPublished
from drawbar.freight.stream import StreamKind
from drawbar.freight.verdict import Reason
from tests.flow.stage import Stage, acme, answered, bill, driven, order, released, usd, when


def band(begin: str, end: str | None, percent: str) -> FuelBand:
    return FuelBand(
        from_price=Decimal(begin), to_price=end and Decimal(end), percent=Decimal(percent)
    )


TERMS = FuelTerms(
    clause="2 Fuel by index",
    index="EIA-US",
    window=FuelWindow(weekday=2),
    bands=(band("3.5", "3.6", "27"), band("3.6", "3.7", "29"), band("3.7", None, "31")),
)


def firm(side: Side = Side.BUY, **changes: object):
    company = acme()
    changes = changes or {"fuel": (), "fuel_index": TERMS}
    contracts = tuple(
        structs.replace(one, **changes) if one.side is side else one for one in company.contracts
    )
    return structs.replace(company, contracts=contracts)


def price(day: date, figure: str, *, at: float = -900) -> IndexPublished:
    return IndexPublished(
        key=f"price:{day}:{figure}", index="EIA-US", price_on=day, price=Decimal(figure), **when(at)
    )


WEEK_BEFORE = price(date(2026, 2, 23), "3.55")
WEEK = price(date(2026, 3, 2), "3.612", at=5000)
OLDER = price(date(2026, 2, 16), "3.71", at=4900)
RUN = (released(), answered("S-1001-V1T1"), *driven())
BILLED = bill((ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "478.50"))


def fuel(stage: Stage, side: str = "buy"):
    load = stage.shipment("S-1001")
    return next(one for one in getattr(load, side) if one.charge.kind is ChargeKind.FUEL_SURCHARGE)


def learned(*facts, company=None) -> Stage:
    stage = Stage(company or firm())
    stage.learn(*facts)
    return stage


def test_a_published_price_counts_at_once():
    charge = fuel(learned(WEEK_BEFORE, structs.replace(WEEK, **when(-800)), *RUN))

    assert charge.charge.money == usd("478.50")
    assert not charge.provisional


def test_without_the_price_of_the_week_the_last_known_stands_in_and_says_so():
    charge = fuel(learned(WEEK_BEFORE, *RUN))

    assert charge.charge.money == usd("445.50")
    assert charge.provisional
    assert "no price of EIA-US that holds on 2026-03-09 is known" in charge.why.steps[-1].text


def test_a_bill_against_a_provisional_surcharge_stops_and_is_paid_once_the_price_is_out():
    stage = learned(WEEK_BEFORE, *RUN, BILLED)
    assert stage.bill("B-1").verdicts[1].reason is Reason.PROVISIONAL
    assert stage.bill("B-1").payable == usd("1650.00")

    stage.learn(WEEK)

    assert stage.bill("B-1").payable == usd("2128.50")
    assert not stage.bill("B-1").disputed.amount
    assert not fuel(stage).provisional


def test_each_load_is_priced_anew_exactly_once():
    second = order("1002")
    stage = learned(WEEK_BEFORE, *RUN, released(second), answered("S-1002-V1T1"), *driven("S-1002"))
    waiting = stage.state(StreamKind.INDEX, "EIA-US").waiting
    assert waiting == ("S-1001", "S-1002")

    stage.learn(WEEK)

    reviews = [key for key in stage.keys if "IndexReviewed" in key]
    assert len(reviews) == 2
    assert stage.state(StreamKind.INDEX, "EIA-US").waiting == ()


def test_a_price_of_another_week_leaves_the_load_waiting():
    stage = learned(WEEK_BEFORE, *RUN)

    stage.learn(OLDER)

    assert fuel(stage).provisional
    assert stage.state(StreamKind.INDEX, "EIA-US").waiting == ("S-1001",)


def test_no_invoice_is_released_over_a_provisional_charge():
    stage = learned(WEEK_BEFORE, *RUN, company=firm(Side.SELL))
    assert not stage.shipment("S-1001").invoice_refs

    stage.learn(WEEK)
    stage.pass_time(when(60 * 24 * 40)["learned_at"])

    assert stage.shipment("S-1001").invoice_refs


@pytest.mark.parametrize("facts", list(permutations([OLDER, WEEK, BILLED])))
def test_the_order_in_which_prices_and_bills_come_does_not_matter(facts):
    stage = learned(WEEK_BEFORE, *RUN, *facts)

    assert fuel(stage).charge.money == usd("478.50")
    assert stage.bill("B-1").payable == usd("2128.50")


def rate(day: date, figure: str, *, at: float) -> ExchangePublished:
    return ExchangePublished(
        key=f"rate:{day}",
        source="ECB",
        base="EUR",
        quote="USD",
        rate_on=day,
        rate=Decimal(figure),
        **when(at),
    )


def test_a_stale_rate_is_provisional_until_the_right_one_comes():
    terms = ExchangeTerms(clause="9", source="ECB", day=ExchangeDay.PICKUP, settle_in="USD")
    company = firm(Side.BUY, currency="EUR", exchange=terms)
    stage = learned(rate(date(2026, 3, 1), "1.10", at=-900), *RUN, company=company)
    assert {one.provisional for one in stage.shipment("S-1001").buy} == {True}

    stage.learn(rate(date(2026, 3, 9), "1.08", at=5000))

    owed = {one.charge_ref: one.charge.money for one in stage.shipment("S-1001").buy}
    assert owed == {"linehaul": usd("1782.00"), "fuel_surcharge": usd("445.50")}
    assert {one.provisional for one in stage.shipment("S-1001").buy} == {False}


def test_by_the_day_of_the_bill_the_load_is_priced_once_the_bill_is_there():
    terms = ExchangeTerms(clause="9", source="ECB", settle_in="USD")
    company = firm(Side.BUY, currency="EUR", exchange=terms)
    stage = learned(rate(date(2026, 3, 6), "1.10", at=-900), *RUN, company=company)
    assert {one.provisional for one in stage.shipment("S-1001").buy} == {True}

    stage.learn(bill((ChargeKind.LINEHAUL, "1815.00"), (ChargeKind.FUEL_SURCHARGE, "453.75")))

    assert {one.provisional for one in stage.shipment("S-1001").buy} == {False}
    assert stage.bill("B-1").payable == usd("2268.75")


def test_r08_a_surcharge_of_the_next_week_is_disputed_as_such():
    prices = WEEK_BEFORE, structs.replace(WEEK, **when(-800))
    later = price(date(2026, 3, 9), "3.701", at=-700)
    billed = bill((ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "511.50"))
    stage = learned(*prices, later, *RUN, billed)

    verdict = stage.bill("B-1").verdicts[1]
    assert verdict.reason is Reason.FUEL_WEEK
    assert (verdict.payable, verdict.disputed) == (usd("478.50"), usd("33.00"))


def test_a_corrected_price_is_a_case_since_loads_that_have_theirs_are_not_asked():
    stage = learned(WEEK_BEFORE, structs.replace(WEEK, **when(-800)), *RUN)

    stage.learn(price(date(2026, 3, 2), "3.72", at=5000))

    (case,) = (one for one in stage.cases.values() if one.item == "2026-03-02")
    assert "EIA-US of 2026-03-02 was corrected from 3.612 to 3.72" in case.text
    assert fuel(stage).charge.money == usd("478.50")
