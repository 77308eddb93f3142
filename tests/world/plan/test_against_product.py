"""Two arithmetics, one answer: the firm's rating and audit against the world's truth.

Neither knows the other; what they agree on is what the agreements say.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from drawbar.cli.company.folder import load_company
from drawbar.flow.company import Company
from drawbar.freight.approval import Approval
from drawbar.freight.charge import AgreedCharge, ChargeKind
from drawbar.freight.contract import Contract, Side
from drawbar.freight.freight_bill import BillLine, FreightBill
from drawbar.freight.instant import local_day
from drawbar.freight.money import Money
from drawbar.freight.movement import Movement
from drawbar.freight.place import Place
from drawbar.freight.verdict import OpenCharge
from drawbar.freight.visit import Visit
from drawbar.matching.audit import Audit, audit
from drawbar.rating.shipment import Rated, rate
from drawbar.rating.validity import InForce, in_force
from drawbar.world.plan import (
    Acceptance,
    Drive,
    Kind,
    OrderPlan,
    Plan,
    behaviour_of,
    company_files,
    drive,
)
from drawbar.world.plan.guide import taker
from drawbar.world.plan.journey import route_at
from drawbar.world.plan.metro import METROS
from drawbar.world.truth import BillTruth
from tests.world.plan.stage import planned

PLAN = planned()
NOT_BY_LINES = {
    Kind.HEADER_DIFFERS,
    Kind.WRONG_CURRENCY,
    Kind.REFERENCE_MISSING,
    Kind.REFERENCE_WRONG,
    Kind.REFERENCE_AMBIGUOUS,
    Kind.REFERENCE_CONFLICT,
    Kind.BILL_AFTER_WINDOW,
    Kind.OTHER_CARRIERS_LOAD,
    Kind.PROOF_NEVER_CAME,
    Kind.EVENTS_IMPOSSIBLE,
    Kind.PAYEE_CHANGED,
}
"""Stopped before anybody looks at a line."""


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    folder = tmp_path_factory.mktemp("firm")
    for name, text in company_files(PLAN).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return load_company(folder).company


def driven(plan: Plan) -> Iterator[tuple[OrderPlan, Drive]]:
    for order in plan.orders:
        carrier = taker(plan.asked.seed, order.number, order.route[0].metro)
        last = order.revisions[-1].at if order.revisions else order.entered_at
        acceptance = Acceptance(
            carrier=carrier,
            tender=f"T-{order.number}",
            shipment=f"S-{order.number}",
            pro=behaviour_of(plan, order, carrier)["pro"],
            at=last + timedelta(minutes=25),
            seq=1,
        )
        yield order, drive(plan, order, acceptance)


def contract_of(company: Company, party: str, side: Side, on: date) -> Contract:
    found = in_force(
        company.contracts,
        party_ref=party,
        side=side,
        on=on,
        known_at=datetime(2026, 6, 1, tzinfo=UTC),
    )
    assert isinstance(found, InForce)
    return found.contract


def rated(company: Company, order: OrderPlan, told: Drive, side: Side) -> Rated:
    times = {(one.stop, one.milestone): one.at for one in told.truth.happened}
    route = route_at(order, told.truth.accepted_at)
    visits = tuple(
        Visit(
            stop=stop.number,
            zone=stop.zone,
            due_at=stop.due_at,
            arrived_at=times[
                stop.number, "arrived_pickup" if stop.number == 1 else "arrived_delivery"
            ],
            departed_at=times[stop.number, "departed_pickup" if stop.number == 1 else "delivered"],
        )
        for stop in route
    )
    first = visits[0]
    assert first.departed_at is not None
    on = local_day(first.departed_at, first.zone)
    party = told.truth.carrier if side is Side.BUY else order.customer
    approved = tuple(
        Approval(
            fact="a",
            kind=ChargeKind.LUMPER,
            money=usd(one.cents),
            stop=0,
            approved_by="desk",
            reason="receipt",
        )
        for one in told.truth.owed
        if one.code == "lumper" and side is Side.BUY
    )
    outcome = rate(
        contract_of(company, party, side, on),
        Movement(
            origin=place(route[0].metro),
            destination=place(route[-1].metro),
            visits=visits,
            approvals=approved,
        ),
        on=on,
    )
    assert isinstance(outcome, Rated)
    return outcome


def place(metro: str) -> Place:
    one = METROS[metro]
    return Place(name=one.city, city=one.city, region=one.state, postal_code=one.zip, zone=one.zone)


def usd(cents: int) -> Money:
    return Money(Decimal(cents).scaleb(-2), "USD")


def sums(charges: tuple[AgreedCharge, ...]) -> list[tuple[str, Money]]:
    return sorted((one.charge.kind.value, one.charge.money) for one in charges)


def test_the_firm_rates_every_load_as_the_world_does(company: Company):
    for order, told in driven(PLAN):
        if not order.cancelled_at:
            outcome = rated(company, order, told, Side.BUY)
            assert sums(outcome.charges) == sorted((o.code, usd(o.cents)) for o in told.truth.owed)


def test_the_firm_sells_every_load_at_what_the_customer_owes(company: Company):
    for order, told in driven(PLAN):
        if not order.cancelled_at:
            charges = rated(company, order, told, Side.SELL).charges
            earned = sum((one.charge.money.amount for one in charges), start=Decimal(0))
            assert earned == Decimal(told.truth.revenue_cents or 0) / 100


def test_the_firm_pays_of_every_line_what_a_faultless_auditor_pays(company: Company):
    judged = 0
    for order, told in driven(PLAN):
        if not order.cancelled_at and Kind(order.lot) not in NOT_BY_LINES:
            judged += compare(company, rated(company, order, told, Side.BUY), told)
    assert judged > 300


def compare(company: Company, outcome: Rated, told: Drive) -> int:
    used: dict[str, Money] = {}
    bills = [one.truth for one in told.sayings if isinstance(one.truth, BillTruth)]
    for bill in bills:
        verdict = audited(company, outcome, bill, used)
        assert verdict.payable == usd(bill.payable_cents), bill
        for line in verdict.lines:
            for ref, money in line.uses.items():
                used[ref] = used[ref] + money if ref in used else money
    return len(bills)


def audited(company: Company, outcome: Rated, bill: BillTruth, used: dict[str, Money]) -> Audit:
    lines = tuple(
        BillLine(number=n, kind=kind(one.code), money=usd(one.cents), code=one.code, text="")
        for n, one in enumerate(bill.lines, start=1)
    )
    stated = FreightBill(
        bill_ref=bill.key,
        carrier_ref=bill.carrier,
        invoice_number=bill.number,
        billed_on=bill.sent_at.date(),
        currency="USD",
        references=(),
        lines=lines,
        total=usd(bill.billed_cents),
    )
    open_charges = tuple(
        OpenCharge(agreed=one, used=used.get(one.charge_ref, usd(0))) for one in outcome.charges
    )
    return audit(
        stated,
        agreed=open_charges,
        tolerance=company.tolerance_for(bill.carrier),
        short_pay_allowed=True,
        why_not=outcome.why_not(),
    )


def kind(code: str) -> ChargeKind:
    known = {one.value for one in ChargeKind}
    return ChargeKind(code) if code in known else ChargeKind.OTHER
