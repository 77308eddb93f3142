"""Tax of carriers and customers in the books: neither cost nor revenue, unless it is lost.

ABCD is paid 1,650.00 and 412.50 of fuel, with 391.88 of tax at 19 percent; Globex owes 2,646.00,
with 502.74.
"""

from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.flow.run import FreightRun
from drawbar.freight.billing_terms import BillingTerms
from drawbar.freight.charge import ChargeKind
from drawbar.freight.claim import ClaimSaid, ClaimStep
from drawbar.freight.contract import Side
from drawbar.freight.dispute import Voice
from drawbar.freight.freight_bill import DisputeClosed
from drawbar.freight.lane import LanePlace
from drawbar.freight.ledger import Account
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.freight.tax import TaxTerms
from tests.flow.billing_stage import credited, delivered
from tests.flow.stage import Stage, acme, bill, usd, when
from tests.flow.test_credit_note import waited

A = Account
LINEHAUL = (ChargeKind.LINEHAUL, "1650.00")
FUEL = (ChargeKind.FUEL_SURCHARGE, "412.50")
VAT = TaxTerms(clause="T", category="S", percent=Decimal(19))
TEXAS = structs.replace(VAT, destination=LanePlace(country="US"))


def taxed(side: Side, terms: TaxTerms = VAT, **changes: object) -> Stage:
    company = acme(approval_limits={})
    contracts = tuple(
        structs.replace(one, tax=(terms,), **changes) if one.side is side else one
        for one in company.contracts
    )
    globex = structs.replace(company.customers["GLOBEX"], billing=BillingTerms(late_charge_days=5))
    customers = company.customers | {"GLOBEX": globex}
    stage = Stage(structs.replace(company, contracts=contracts, customers=customers))
    delivered(stage, "1001")
    return stage


def of_cost(stage: Stage) -> dict[Account, str]:
    shown = (
        *(A.FREIGHT_COST, A.FREIGHT_VARIANCE, A.TAX_RECOVERABLE),
        *(A.FREIGHT_ACCRUED, A.ACCOUNTS_PAYABLE, A.CLAIMS_RECEIVABLE),
    )
    sums = {one: stage.balance(one) for one in shown}
    return {account: str(amount) for account, amount in sums.items() if amount}


def of_revenue(stage: Stage) -> dict[Account, str]:
    shown = A.FREIGHT_REVENUE, A.TAX_PAYABLE, A.UNBILLED_RECEIVABLE, A.ACCOUNTS_RECEIVABLE
    sums = {one: stage.balance(one) for one in shown}
    return {account: str(amount) for account, amount in sums.items() if amount}


def billed(stage: Stage, tax: str) -> Stage:
    stage.learn(bill(LINEHAUL, FUEL, (ChargeKind.TAX, tax)))
    return stage


def ended(stage: Stage, conceded: str) -> Stage:
    stage.learn(
        DisputeClosed(
            key="ended",
            bill_ref="B-1",
            line=3,
            conceded=usd(conceded),
            closed_by="M. Ito",
            role="finance",
            reason="agreed",
            **when(6000),
        )
    )
    return stage


def test_a_tax_that_we_get_back_is_accrued_beside_the_cost():
    assert of_cost(taxed(Side.BUY)) == {
        A.FREIGHT_COST: "2062.50",
        A.TAX_RECOVERABLE: "391.88",
        A.FREIGHT_ACCRUED: "-2454.38",
    }


@pytest.mark.parametrize(
    "terms",
    [structs.replace(VAT, recoverable=False), TEXAS],
    ids=["by its clause", "sales tax in the US"],
)
def test_a_tax_that_we_do_not_get_back_is_cost(terms):
    stage = taxed(Side.BUY, terms)
    assert of_cost(stage) == {A.FREIGHT_COST: "2454.38", A.FREIGHT_ACCRUED: "-2454.38"}

    assert of_cost(billed(stage, "391.88")) == {
        A.FREIGHT_COST: "2454.38",
        A.ACCOUNTS_PAYABLE: "-2454.38",
    }


def test_under_reverse_charge_the_books_show_no_tax():
    stage = taxed(Side.BUY, structs.replace(VAT, reverse_charge=True))

    assert of_cost(stage) == {A.FREIGHT_COST: "2062.50", A.FREIGHT_ACCRUED: "-2062.50"}


def test_a_bill_as_agreed_pays_the_gross_and_costs_the_net():
    assert of_cost(billed(taxed(Side.BUY), "391.88")) == {
        A.FREIGHT_COST: "2062.50",
        A.TAX_RECOVERABLE: "391.88",
        A.ACCOUNTS_PAYABLE: "-2454.38",
    }


def test_a_tax_that_is_billed_too_high_is_no_variance_before_or_after_it_is_conceded():
    stage = billed(taxed(Side.BUY), "500.00")
    assert of_cost(stage) == {
        A.FREIGHT_COST: "2062.50",
        A.TAX_RECOVERABLE: "391.88",
        A.ACCOUNTS_PAYABLE: "-2454.38",
    }

    assert of_cost(ended(stage, "108.12")) == {
        A.FREIGHT_COST: "2062.50",
        A.TAX_RECOVERABLE: "500.00",
        A.ACCOUNTS_PAYABLE: "-2562.50",
    }


def test_a_tax_that_no_clause_speaks_of_is_cost_once_somebody_concedes_it():
    stage = billed(taxed(Side.SELL), "100.00")
    assert stage.balance(A.ACCOUNTS_PAYABLE) == Decimal("-2062.50")

    assert of_cost(ended(stage, "100.00")) == {
        A.FREIGHT_COST: "2062.50",
        A.FREIGHT_VARIANCE: "100.00",
        A.ACCOUNTS_PAYABLE: "-2162.50",
    }


def test_a_credit_of_the_carrier_takes_its_tax_back():
    stage = billed(taxed(Side.BUY), "391.88")
    lines = (ChargeKind.LINEHAUL, "-100.00"), (ChargeKind.TAX, "-19.00")
    stage.learn(bill(*lines, ref="B-2", number="19268", at=5000))

    assert of_cost(stage) == {
        A.FREIGHT_COST: "2062.50",
        A.FREIGHT_VARIANCE: "-100.00",
        A.TAX_RECOVERABLE: "372.88",
        A.ACCOUNTS_PAYABLE: "-2335.38",
    }


def test_an_overpaid_tax_that_is_claimed_back_was_never_ours_to_recover():
    stage = billed(taxed(Side.BUY, short_pay_allowed=False), "500.00")
    assert stage.balance(A.TAX_RECOVERABLE) == Decimal("500.00")

    stage.learn(
        ClaimSaid(
            key="accepted",
            claim_ref="OC-B-1-3",
            step=ClaimStep.ACCEPT,
            voice=Voice.CARRIER,
            said_by="carrier:ABCD",
            role="carrier",
            **when(6000),
        )
    )
    assert of_cost(stage) == {
        A.FREIGHT_COST: "2062.50",
        A.TAX_RECOVERABLE: "391.88",
        A.ACCOUNTS_PAYABLE: "-2562.50",
        A.CLAIMS_RECEIVABLE: "108.12",
    }


def test_the_tax_of_an_invoice_is_owed_and_not_earned():
    assert of_revenue(taxed(Side.SELL)) == {
        A.FREIGHT_REVENUE: "-2646.00",
        A.TAX_PAYABLE: "-502.74",
        A.ACCOUNTS_RECEIVABLE: "3148.74",
    }


def test_sales_tax_in_the_us_is_owed_though_it_is_never_got_back():
    assert taxed(Side.SELL, TEXAS).balance(A.TAX_PAYABLE) == Decimal("-502.74")


def test_a_credit_note_takes_back_revenue_and_the_debt_of_its_tax():
    stage = taxed(Side.SELL)
    stage.learn(credited((1, "100.00"), (3, "19.00")))

    assert of_revenue(stage) == {
        A.FREIGHT_REVENUE: "-2546.00",
        A.TAX_PAYABLE: "-483.74",
        A.ACCOUNTS_RECEIVABLE: "3029.74",
    }


def test_what_is_credited_and_invoiced_anew_owes_the_same_tax():
    stage = taxed(Side.SELL)
    stage.learn(credited((1, "2100.00"), (2, "546.00"), (3, "502.74"), rebill=True))

    assert of_revenue(stage) == {
        A.FREIGHT_REVENUE: "-2646.00",
        A.TAX_PAYABLE: "-502.74",
        A.ACCOUNTS_RECEIVABLE: "3148.74",
    }


def test_a_late_charge_is_earned_net_of_its_tax():
    stage = taxed(Side.SELL)
    before = stage.balance(A.FREIGHT_REVENUE)
    stage.learn(waited(247, known=6000))

    more = before - stage.balance(A.FREIGHT_REVENUE)
    tax = -stage.balance(A.TAX_PAYABLE) - Decimal("502.74")
    assert more > 0
    assert tax == (more * 19 / 100).quantize(Decimal("0.01"))


def test_a_tax_that_is_not_invoiced_is_no_margin_that_leaks():
    stage = taxed(Side.SELL)
    stage.learn(credited((1, "100.00"), (3, "19.00")))

    key = StreamKey(StreamKind.SHIPMENT, "S-1001")
    row = FreightRun(acme()).board(key, stage.states[key])
    assert row["leaked"] == Decimal("100.00")
