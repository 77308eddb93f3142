"""Bills that a factor sends for its carrier. Star has the bills of ABCD, which carries S-1001."""

from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from msgspec import structs

from drawbar.flow.bill_state import BillStatus
from drawbar.freight.charge import ChargeKind
from drawbar.freight.ledger import Account
from drawbar.freight.payee import Assignment
from drawbar.freight.reference import Reference, ReferenceKind
from tests.flow.stage import Stage, acme, answered, bill, driven, released

LINEHAUL, FUEL = (ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "412.50")
STAR = "STAR"
SOLD = {"factor_ref": STAR, "name": "Star Funding", "from_on": date(2026, 1, 1)}


def firm(**changes):
    company = acme()
    notice = Assignment(**(SOLD | changes))
    carrier = company.carriers["ABCD"]
    remittance = structs.replace(carrier.remittance, factors=(notice,))
    sold = structs.replace(carrier, remittance=remittance)
    return structs.replace(company, carriers=company.carriers | {"ABCD": sold})


def by_factor(ref="B-2", number="SF-1", **changes):
    return bill(LINEHAUL, FUEL, ref=ref, number=number, at=4100, carrier_ref=STAR, **changes)


def staged(*facts, company=None):
    stage = Stage(company or firm())
    stage.learn(released(), answered("S-1001-V1T1"), *driven(), *facts)
    return stage


def paid(stage):
    return -stage.balance(Account.ACCOUNTS_PAYABLE)


@pytest.mark.parametrize("remit_to", ["", STAR, "Star Funding", "ABCD"])
def test_a_factors_bill_is_its_carriers(remit_to):
    stage = staged(by_factor(remit_to=remit_to))

    state = stage.bill("B-2")
    assert (state.status, state.bill.carrier_ref) == (BillStatus.APPROVED, "ABCD")
    assert paid(stage) == Decimal("2062.50")


def test_a_factors_bill_that_asks_to_pay_somebody_unheard_of_pays_nobody():
    stage = staged(by_factor(remit_to="Evergreen Receivables"))

    assert (stage.bill("B-2").reason, paid(stage)) == ("PAYEE", Decimal(0))


@pytest.mark.parametrize("first", ["the carrier", "the factor"])
@pytest.mark.parametrize("number", ["SF-1", "19267"], ids=["own number", "the same number"])
def test_the_copies_of_a_carrier_and_its_factor_are_paid_once(first, number):
    copies = (bill(LINEHAUL, FUEL), by_factor(number=number))

    stage = staged(*(copies if first == "the carrier" else reversed(copies)))

    statuses = {stage.bill(ref).status for ref in ("B-1", "B-2")}
    assert statuses == {BillStatus.APPROVED, BillStatus.DUPLICATE}
    assert paid(stage) == Decimal("2062.50")


def test_copies_that_come_before_the_delivery_are_paid_once_too():
    for facts in permutations((bill(LINEHAUL, FUEL, at=200), by_factor(), *driven()[-2:])):
        stage = Stage(firm())
        stage.learn(released(), answered("S-1001-V1T1"), *driven()[:-2], *facts)

        assert paid(stage) == Decimal("2062.50")


def test_a_factors_bill_is_found_by_the_pro_of_its_carrier():
    pro = Reference(ReferenceKind.PRO, "123456789", STAR)
    stage = Stage(firm())
    taken = structs.replace(answered("S-1001-V1T1"), pro="123456789")
    stage.learn(released(), taken, *driven())

    stage.learn(by_factor(references=(pro,)))

    assert stage.bill("B-2").status is BillStatus.APPROVED


@pytest.mark.parametrize(
    "company",
    [acme(), firm(until_on=date(2026, 3, 9)), firm(from_on=date(2026, 3, 10))],
    ids=["no notice", "released before the bill", "sold after the bill"],
)
def test_who_has_not_the_carriers_bills_on_that_day_is_paid_nothing(company):
    stage = staged(by_factor(), company=company)

    assert (stage.bill("B-2").reason, paid(stage)) == ("PAYEE", Decimal(0))
