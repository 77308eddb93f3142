"""A load in several currencies: its carrier is paid in CAD, its customer in USD, a lumper in EUR.

Every entry balances in its own currency; what only a rate of exchange moved is no cost of freight.
"""

from datetime import date
from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.flow.bill_state import BillStatus
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.exchange import ExchangeDay, ExchangeTerms
from drawbar.freight.freight_bill import BillLine, ChargeApproved
from drawbar.freight.index import ExchangePublished
from drawbar.freight.ledger import Account
from drawbar.freight.money import Money, total
from drawbar.freight.reference import Reference, ReferenceKind
from tests.flow.stage import MONDAY, Stage, acme, answered, bill, driven, order, released, usd, when

MONDAY_THERE = MONDAY.date()
BY_PICKUP = ExchangeTerms(clause="9", source="ECB", day=ExchangeDay.PICKUP)
BY_BILL = ExchangeTerms(clause="9", source="ECB", settle_in="CAD")
RUN = (released(), answered("S-1001-V1T1"), *driven())


def firm(**buy: object) -> Stage:
    """Return a firm whose carrier ABCD is paid under these terms, in CAD unless said."""
    company = acme(approval_limits={})
    contracts = tuple(
        structs.replace(one, **({"currency": "CAD"} | buy)) if one.party_ref == "ABCD" else one
        for one in company.contracts
    )
    return Stage(structs.replace(company, contracts=contracts))


def rate(base: str, figure: str, *, on: date = MONDAY_THERE, at: float = -900) -> ExchangePublished:
    return ExchangePublished(
        key=f"rate:{base}:{on}",
        source="ECB",
        base=base,
        quote="CAD",
        rate_on=on,
        rate=Decimal(figure),
        **when(at),
    )


def cad(*lines: tuple[ChargeKind, str], at: float = 4000):
    billed = tuple(
        BillLine(number=number, kind=kind, money=Money(Decimal(amount), "CAD"))
        for number, (kind, amount) in enumerate(lines, start=1)
    )
    whole = total((one.money for one in billed), currency="CAD")
    return bill(*lines, lines=billed, total=whole, currency="CAD", at=at)


def lumper(amount: str, currency: str = "EUR", *, at: float = 3500) -> ChargeApproved:
    return ChargeApproved(
        key=f"lumper:{currency}",
        shipment_ref="S-1001",
        kind=ChargeKind.LUMPER,
        money=Money(Decimal(amount), currency),
        approved_by="M. Ito",
        role="finance",
        reason="the dock asked for it",
        **when(at),
    )


FREIGHT = ((ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "412.50"))


def test_carrier_and_customer_may_have_a_currency_each():
    stage = firm()
    stage.learn(*RUN, cad(*FREIGHT))

    assert stage.bill("B-1").payable == Money(Decimal("2062.50"), "CAD")
    assert stage.balance(Account.ACCOUNTS_PAYABLE, "CAD") == Decimal("-2062.50")
    assert stage.balance(Account.FREIGHT_ACCRUED, "CAD") == 0
    assert stage.balance(Account.ACCOUNTS_RECEIVABLE) == Decimal("2646.00")
    assert stage.open_cases() == set()


def test_an_accessorial_in_a_third_currency_is_exchanged_as_the_contract_says():
    stage = firm(exchange=BY_PICKUP)
    stage.learn(rate("EUR", "1.4775"), *RUN, lumper("61.33"))

    (owed,) = (one for one in stage.shipment("S-1001").buy if one.charge.kind is ChargeKind.LUMPER)
    assert owed.charge.money == Money(Decimal("90.62"), "CAD")  # 90.615075, rounded once
    assert "61.33 EUR at 1.4775 CAD per EUR, ECB of 2026-03-09" in owed.why.steps[-1].text
    assert owed.priced_by == ("ECB/2026-03-09",)

    stage.learn(cad(*FREIGHT, (ChargeKind.LUMPER, "90.62")))

    assert stage.bill("B-1").status is BillStatus.APPROVED
    assert stage.balance(Account.ACCOUNTS_PAYABLE, "CAD") == Decimal("-2153.12")
    assert stage.balance(Account.FREIGHT_ACCRUED, "CAD") == 0


def test_without_its_rate_an_accessorial_waits_for_it_and_the_freight_stays_priced():
    stage = firm(exchange=BY_PICKUP)
    stage.learn(*RUN, lumper("61.33"))
    load = stage.shipment("S-1001")
    assert [one.charge_ref for one in load.buy] == ["linehaul", "fuel_surcharge"]
    assert load.awaiting == ("ECB",)

    stage.learn(rate("EUR", "1.4775", at=3600))

    assert stage.shipment("S-1001").buy[-1].charge.money == Money(Decimal("90.62"), "CAD")
    assert CaseKind.UNRATED not in stage.open_cases()


def test_a_contract_without_a_word_on_exchange_takes_no_third_currency():
    stage = firm()
    stage.learn(rate("EUR", "1.4775"), *RUN, lumper("61.33"))

    assert len(stage.shipment("S-1001").buy) == 2
    (case,) = (one for one in stage.cases.values() if one.kind is CaseKind.UNRATED)
    assert "or state exchange in the contract" in case.remedy


@pytest.mark.parametrize(
    ("billed_rate", "exchange"),
    [("1.50", "82.50"), ("1.40", "-123.75")],
    ids=["dearer by the day of the bill", "cheaper by then"],
)
def test_what_the_rate_of_the_bills_day_moves_is_exchange_variance_and_no_cost(
    billed_rate: str, exchange: str
):
    stage = firm(currency="EUR", exchange=BY_BILL)
    stage.learn(rate("EUR", "1.46", on=date(2026, 3, 6)), *RUN)
    assert stage.balance(Account.FREIGHT_COST, "CAD") == Decimal("3011.25")

    stage.learn(rate("EUR", billed_rate, at=3900))
    worth = [str(Decimal(amount) * Decimal(billed_rate)) for _, amount in FREIGHT]
    stage.learn(cad(*((kind, one) for (kind, _), one in zip(FREIGHT, worth, strict=True))))

    assert stage.bill("B-1").status is BillStatus.APPROVED
    assert stage.balance(Account.EXCHANGE_VARIANCE, "CAD") == Decimal(exchange)
    assert stage.balance(Account.FREIGHT_COST, "CAD") == Decimal("3011.25")
    assert stage.balance(Account.FREIGHT_ACCRUED, "CAD") == 0
    assert stage.balance(Account.FREIGHT_VARIANCE, "CAD") == 0


def test_too_much_billed_under_an_exchanged_contract_is_disputed_and_breaks_nothing():
    stage = firm(currency="EUR", exchange=BY_BILL)
    stage.learn(rate("EUR", "1.46", on=date(2026, 3, 6)), *RUN)

    stage.learn(cad((ChargeKind.LINEHAUL, "2409.00"), (ChargeKind.FUEL_SURCHARGE, "2425.00")))

    assert stage.bill("B-1").disputed == Money(Decimal("1822.75"), "CAD")


def test_k05_exposure_in_each_currency_is_the_balance_of_its_accrual():
    stage = firm()
    second = order("1002")
    stage.learn(*RUN, released(second), answered("S-1002-V1T1"), *driven("S-1002"))
    stage.learn(cad((ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "500.00")))

    exposure = [
        load.cost.money.amount
        for load in (stage.shipment("S-1001"), stage.shipment("S-1002"))
        if load.cost.money is not None
    ]
    assert sum(exposure) == -stage.balance(Account.FREIGHT_ACCRUED, "CAD") == Decimal("2062.50")


def approved(ref: str, amount: str, *, stop: int = 2) -> ChargeApproved:
    plain = lumper(amount, "USD")
    detention = {"kind": ChargeKind.DETENTION, "stop": stop, "reason": "the truck waited"}
    return structs.replace(plain, key=f"waited:{ref}:{stop}", shipment_ref=f"S-{ref}", **detention)


def test_k05_what_is_approved_and_not_billed_is_all_that_the_account_shows():
    stage = Stage(acme(approval_limits={}))
    second = order("1002")
    stage.learn(*RUN, released(second), answered("S-1002-V1T1"), *driven("S-1002"))
    stage.learn(approved("1001", "112.50", stop=1), approved("1001", "56.25"))
    stage.learn(approved("1002", "131.25"))
    waited = BillLine(number=3, kind=ChargeKind.DETENTION, money=usd("112.50"), stop=1)
    first = bill(*FREIGHT)
    lines = (*first.bill.lines, waited)
    first = structs.replace(
        first, bill=structs.replace(first.bill, lines=lines, total=usd("2175.00"))
    )
    of_second = bill(
        *FREIGHT,
        ref="B-2",
        number="19268",
        references=(Reference(ReferenceKind.SHIPMENT, "S-1002"),),
    )

    stage.learn(first, of_second)

    assert stage.balance(Account.ACCOUNTS_PAYABLE) == -Decimal("2175.00") - Decimal("2062.50")
    loads = [stage.shipment("S-1001"), stage.shipment("S-1002")]
    assert [one.cost.money for one in loads] == [usd("56.25"), usd("131.25")]
    assert stage.balance(Account.FREIGHT_ACCRUED) == Decimal("-187.50")
