"""An index price that is missing makes a charge provisional; its publication prices it anew, once.

ABCD's fuel goes by EIA-US: each Monday's price holds from Wednesday on at the origin. The load of
the stage is picked up on Monday, 9 March 2026 in Dallas, so the price of 2 March counts.
"""

from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from msgspec import structs

from drawbar.flow.order_state import OrderStatus
from drawbar.freight.billing_terms import BillingTerms, Corrected
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.contract import Side
from drawbar.freight.exchange import ExchangeDay, ExchangeTerms
from drawbar.freight.fuel import FuelBand, FuelTerms, FuelWindow
from drawbar.freight.index import ExchangePublished, IndexAwaited, IndexPublished
from drawbar.freight.invoice import InvoiceKind
from drawbar.freight.ledger import Account
from drawbar.freight.stream import StreamKind
from drawbar.freight.terms import CandidateKind
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

    priced = [ref for ref, text in stage.notes if text.startswith("Cost adjusted")]
    assert sorted(one.ref for one in priced) == ["S-1001", "S-1002"]
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


KNOWN = WEEK_BEFORE, structs.replace(WEEK, **when(-800))
CORRECTED = price(date(2026, 3, 2), "3.72", at=5000)
FULL = bill((ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "478.50"))


def test_a_corrected_price_prices_an_open_load_anew_with_its_accrual():
    stage = learned(*KNOWN, *RUN)
    assert stage.balance(Account.FREIGHT_ACCRUED) == Decimal("-2128.50")

    stage.learn(CORRECTED)

    assert fuel(stage).charge.money == usd("511.50")
    assert fuel(stage).priced_by == ("EIA-US/2026-03-02",)
    assert stage.balance(Account.FREIGHT_ACCRUED) == Decimal("-2161.50")


def test_a_corrected_price_judges_open_bills_anew():
    billed = bill((ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "511.50"))
    stage = learned(*KNOWN, *RUN, billed)
    assert stage.bill("B-1").disputed == usd("33.00")

    stage.learn(CORRECTED)

    assert (stage.bill("B-1").payable, stage.bill("B-1").disputed) == (usd("2161.50"), usd("0"))


@pytest.mark.parametrize("later", [0, 10, 60 * 24 * 90], ids=["at once", "again", "long after"])
@pytest.mark.parametrize(
    ("figure", "kind"),
    [("3.52", CandidateKind.OVERCHARGE), ("3.72", CandidateKind.UNDERCHARGE)],
    ids=["lower", "higher"],
)
def test_what_was_paid_by_a_corrected_price_is_a_claim_candidate_and_nothing_moves(
    figure: str, kind: CandidateKind, later: float
):
    stage = learned(*KNOWN, *RUN, FULL)
    before = list(stage.entries)

    stage.learn(price(date(2026, 3, 2), figure, at=5000))
    stage.pass_time(when(5000 + later)["learned_at"])

    (candidate,) = stage.candidates
    assert (candidate.kind, candidate.difference) == (kind, usd("33.00"))
    assert fuel(stage).charge.money == usd("478.50")
    assert [one for one in stage.entries if one not in before] == []


def test_what_was_paid_by_a_correction_is_not_taken_back_when_it_is_looked_at_again():
    stage = learned(*KNOWN, *RUN, CORRECTED)
    stage.learn(bill((ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "511.50")))

    stage.pass_time(when(6000)["learned_at"])

    assert fuel(stage).charge.money == usd("511.50")
    assert stage.candidates == []


def sold(terms: BillingTerms) -> Stage:
    """Return a load that is invoiced by a fuel price of 3.612."""
    company = firm(Side.SELL)
    globex = structs.replace(company.customers["GLOBEX"], billing=terms)
    company = structs.replace(company, customers=company.customers | {"GLOBEX": globex})
    stage = learned(*KNOWN, *RUN, company=company)
    assert stage.shipment("S-1001").invoice_refs == ("I-000001",)
    return stage


def test_an_invoice_by_a_corrected_price_is_listed_where_nothing_else_is_agreed():
    stage = sold(BillingTerms())

    stage.learn(CORRECTED)

    (candidate,) = stage.candidates
    assert (candidate.kind, candidate.side) == (CandidateKind.UNBILLED, Side.SELL)
    assert stage.shipment("S-1001").invoice_refs == ("I-000001",)


def test_a_higher_price_is_asked_for_by_one_more_invoice_where_that_is_agreed():
    stage = sold(BillingTerms(corrected_figures=Corrected.RE_RATED))

    stage.learn(CORRECTED)
    stage.pass_time(when(6000)["learned_at"])

    _, second = (one.payload.invoice for one in stage.sent("PostInvoice"))
    assert (second.kind, second.total) == (InvoiceKind.SUPPLEMENT, usd("42.00"))
    assert stage.candidates == []


def test_a_lower_price_is_a_credit_to_release_where_that_is_agreed():
    stage = sold(BillingTerms(corrected_figures=Corrected.RE_RATED))

    stage.learn(price(date(2026, 3, 2), "3.52", at=5000))

    (case,) = (one for one in stage.cases.values() if one.kind is CaseKind.CREDIT_DUE)
    assert case.money_at_risk == usd("42.00")


def test_the_same_price_again_asks_nobody():
    stage = learned(*KNOWN, *RUN)
    keys = set(stage.keys)

    stage.learn(price(date(2026, 3, 2), "3.6120", at=5000))

    assert {one for one in stage.keys - keys if "Index" in one} == set()


def test_a_corrected_rate_of_exchange_prices_anew_too():
    terms = ExchangeTerms(clause="9", source="ECB", day=ExchangeDay.PICKUP, settle_in="USD")
    company = firm(Side.BUY, currency="EUR", exchange=terms)
    stage = learned(rate(date(2026, 3, 9), "1.10", at=-900), *RUN, company=company)

    stage.learn(structs.replace(rate(date(2026, 3, 9), "1.12", at=5000), key="again"))

    owed = {one.charge_ref: one.charge.money for one in stage.shipment("S-1001").buy}
    assert owed == {"linehaul": usd("1848.00"), "fuel_surcharge": usd("462.00")}


def test_a_rate_that_comes_late_prices_loads_anew_for_which_an_older_one_stood_in():
    terms = ExchangeTerms(clause="9", source="ECB", day=ExchangeDay.PICKUP, settle_in="USD")
    company = firm(Side.BUY, currency="EUR", exchange=terms)
    stage = learned(rate(date(2026, 3, 6), "1.10", at=-900), *RUN, company=company)

    stage.learn(rate(date(2026, 3, 9), "1.12", at=9000))

    assert stage.shipment("S-1001").buy[0].charge.money == usd("1848.00")


def test_an_order_without_any_price_is_held_and_goes_once_with_the_first_one():
    stage = learned(released(), company=firm(Side.SELL))
    assert stage.state(StreamKind.ORDER, "1001").status is OrderStatus.ON_HOLD
    assert stage.state(StreamKind.INDEX, "EIA-US").held == (("1001", "GLOBEX"),)

    stage.learn(structs.replace(WEEK, **when(-500)), price(date(2026, 3, 9), "3.7", at=-400))

    assert stage.state(StreamKind.ORDER, "1001").status is OrderStatus.RELEASED
    assert stage.state(StreamKind.INDEX, "EIA-US").held == ()
    reviews = [key for key in stage.keys if "HoldReviewed" in key]
    assert len(reviews) == 1


def test_an_order_whose_price_came_while_it_was_held_is_asked_at_once():
    company = firm(Side.SELL)
    stage = learned(structs.replace(WEEK, **when(-500)), company=company)
    awaited = IndexAwaited(
        key="late question",
        index="EIA-US",
        shipment_ref="S-1001",
        order_ref="1001",
        customer_ref="GLOBEX",
        **when(-600),
    )

    stage.learn(awaited)

    assert stage.state(StreamKind.INDEX, "EIA-US").held == ()
    assert any("HoldReviewed" in key for key in stage.keys)
