"""A cost passed on with a customer's own terms: its price follows the cost, and may wait for it.

ABCD paid a lumper of 90.00; Globex pays it with 10 %, and waits until the carrier's bill is settled
only where its terms say so.
"""

from decimal import Decimal

from msgspec import structs

from drawbar.billing.obstacle import Obstacle
from drawbar.flow.bill_state import BillStatus
from drawbar.freight.accessorial import PassThrough
from drawbar.freight.billing_terms import BillingTerms
from drawbar.freight.charge import ChargeKind
from drawbar.freight.contract import Side
from drawbar.freight.freight_bill import (
    ChargeApproved,
    DisputeClosed,
)
from drawbar.freight.invoice import InvoiceKind
from tests.flow.billing_stage import invoices
from tests.flow.stage import Stage, acme, answered, bill, driven, released, usd, when

LUMPER = PassThrough(clause="P", kind=ChargeKind.LUMPER, markup_percent=Decimal(10))
FREIGHT = ((ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "412.50"))
RUN = (released(), answered("S-1001-V1T1"), *driven())


def lumper(amount: str, *, at: float = 2900) -> ChargeApproved:
    return ChargeApproved(
        key=f"lumper:{at}",
        shipment_ref="S-1001",
        kind=ChargeKind.LUMPER,
        money=usd(amount),
        approved_by="M. Ito",
        role="finance",
        reason="the receipt is there",
        **when(at),
    )


def firm(**terms: object) -> Stage:
    company = acme(approval_limits={})
    globex = structs.replace(company.customers["GLOBEX"], billing=BillingTerms(**terms))
    contracts = tuple(
        structs.replace(one, pass_through=(LUMPER,), accessorials=())
        if one.side is Side.SELL
        else one
        for one in company.contracts
    )
    return Stage(
        structs.replace(
            company, contracts=contracts, customers=company.customers | {"GLOBEX": globex}
        )
    )


def passed_on(stage: Stage) -> list[tuple[str, str]]:
    lines = (line for made in invoices(stage) for line in made.lines)
    return [(one.passes_on, str(one.charge.money)) for one in lines if one.passes_on]


def learned(stage: Stage, *facts: object) -> Stage:
    *before, proof = RUN
    stage.learn(*before, *facts, proof)
    return stage


def test_the_line_names_the_cost_that_it_passes_on_and_adds_the_markup():
    stage = learned(firm(), lumper("90.00"))

    ((cost, price),) = passed_on(stage)
    assert (cost.partition(":")[0], price) == ("lumper", "99.00 USD")


STOPPED = bill(*FREIGHT, (ChargeKind.LUMPER, "40.00"), (ChargeKind.DETENTION, "75.00"), at=2950)
"""Half of the lumper is billed, and a detention that nobody agreed to keeps the bill open."""


def test_where_nothing_is_said_an_open_cost_holds_no_invoice():
    stage = learned(firm(), lumper("90.00"), STOPPED)

    assert stage.bill("B-1").disputed == usd("75.00")
    assert len(invoices(stage)) == 1


def test_where_costs_must_be_settled_the_invoice_waits_and_goes_once_by_itself():
    stage = learned(firm(costs_settled=True), lumper("90.00"), STOPPED)
    (held,) = stage.shipment("S-1001").invoice_blocks
    assert held.code is Obstacle.COST_CONTESTED
    assert "lumper" in held.text

    stage.learn(ended(at=5000))

    assert not stage.shipment("S-1001").open_bills
    assert [one.kind for one in invoices(stage)] == [InvoiceKind.INVOICE]
    assert len(passed_on(stage)) == 1


def test_a_bill_that_waits_for_the_same_proof_is_settled_first_and_then_invoiced():
    stage = learned(
        firm(costs_settled=True),
        lumper("90.00"),
        bill(*FREIGHT, (ChargeKind.LUMPER, "90.00"), at=2950),
    )

    assert stage.bill("B-1").status is BillStatus.APPROVED
    assert passed_on(stage)[0][1] == "99.00 USD"


def test_an_open_cost_that_is_not_passed_on_holds_nothing():
    stage = learned(firm(costs_settled=True), STOPPED)

    assert len(invoices(stage)) == 1


def test_a_cost_that_comes_after_the_invoice_is_passed_on_by_one_more():
    stage = learned(firm(), lumper("90.00"))

    stage.learn(lumper("120.00", at=5000))

    _, late = invoices(stage)
    assert late.kind is InvoiceKind.SUPPLEMENT
    assert late.total == usd("132.00")


def ended(*, at: float) -> DisputeClosed:
    return DisputeClosed(
        key="ended",
        bill_ref="B-1",
        line=4,
        conceded=usd("0.00"),
        closed_by="M. Ito",
        role="admin",
        reason="nobody waited",
        **when(at),
    )
