"""Value added tax on a load: linehaul 1,000.01 and a liftgate of 75.03 in EUR unless said."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation, Step, TaxBase
from drawbar.freight.contract import Contract, Side
from drawbar.freight.lane import LanePlace
from drawbar.freight.money import Money
from drawbar.freight.tax import TaxTerms
from drawbar.rating.tax import taxes
from drawbar.rating.unrated import Unrated


def terms(category: str, percent: str, *kinds: ChargeKind, **changes: object) -> TaxTerms:
    plain = TaxTerms(
        clause=f"T-{category}", category=category, percent=Decimal(percent), kinds=kinds
    )
    return structs.replace(plain, **changes)


def contract(*rows: TaxTerms) -> Contract:
    return Contract(
        contract_ref="ABCD-2026",
        version=1,
        side=Side.BUY,
        party_ref="ABCD",
        currency="EUR",
        valid_from=date(2026, 1, 1),
        known_at=datetime(2026, 1, 1, tzinfo=UTC),
        lanes=(),
        tax=rows,
    )


def charge(kind: ChargeKind, amount: str, *, currency: str = "EUR", **changes: object):
    money = Money(Decimal(amount), currency)
    plain = AgreedCharge(
        charge_ref=kind.value, charge=Charge(kind=kind, money=money), why=Explanation(rule="test")
    )
    return structs.replace(plain, **changes)


LOAD = (charge(ChargeKind.LINEHAUL, "1000.01"), charge(ChargeKind.LIFTGATE, "75.03"))


def owed(*rows: TaxTerms, load: tuple[AgreedCharge, ...] = LOAD, currency: str = "EUR"):
    found = taxes(contract(*rows), load, currency)
    assert isinstance(found, tuple), found
    return {one.charge_ref: str(one.charge.money.amount) for one in found}


def test_one_tax_on_the_total_of_its_category_rounded_once():
    assert owed(terms("S", "21")) == {"tax:S": "225.76"}  # 225.7584; line by line it is the same


def test_the_tax_of_a_total_is_not_the_total_of_rounded_taxes():
    lines = tuple(
        charge(ChargeKind.OTHER, "0.02", charge_ref=f"other:{number}") for number in range(10)
    )

    assert owed(terms("S", "20"), load=lines) == {"tax:S": "0.04"}  # line by line: 0.00


def test_each_category_has_a_charge_of_its_own():
    rows = terms("S", "21"), terms("Z", "0", ChargeKind.LIFTGATE)

    assert owed(*rows) == {"tax:S": "210.00", "tax:Z": "0.00"}


def test_two_rates_of_one_category_keep_apart():
    rows = terms("S", "21"), terms("S", "9", ChargeKind.LIFTGATE)

    assert owed(*rows) == {"tax:S:21": "210.00", "tax:S:9": "6.75"}


def test_under_reverse_charge_nothing_is_charged_and_the_note_stands():
    note = "VAT reverse charge, article 196 of directive 2006/112/EC"
    (tax,) = taxes(contract(terms("AE", "21", reverse_charge=True, note=note)), LOAD, "EUR")

    assert tax.charge.money == Money(Decimal("0.00"), "EUR")
    assert tax.why.steps[-1].text == f"reverse charge: {note}"
    assert tax.why.clause == "T-AE"


def test_without_terms_there_is_no_tax():
    assert owed() == {}


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ((terms("S", "21", ChargeKind.LINEHAUL),), "No tax clause names liftgate"),
        ((terms("S", "21"), terms("Z", "0")), "T-S and T-Z both claim linehaul"),
    ],
    ids=["a kind that no clause names", "two clauses for all the rest"],
)
def test_a_kind_without_one_clear_category_is_never_taxed_by_guess(rows, text):
    found = taxes(contract(*rows), LOAD, "EUR")

    assert isinstance(found, Unrated)
    assert text in found.text


def told(row: TaxTerms, *load: AgreedCharge) -> list[tuple[str, str]]:
    (tax,) = taxes(contract(row), load, "EUR")
    return [(step.text, step.result) for step in tax.why.steps]


def test_says_what_it_is_a_percent_of_and_each_kind_once_and_the_note():
    fuels = [charge(ChargeKind.FUEL_SURCHARGE, "10.00", charge_ref=ref) for ref in ("a", "b")]

    assert told(terms("S", "21.0"), *fuels, *LOAD) == [
        ("21 % S of 1,095.04 EUR: fuel surcharge, linehaul, liftgate", "229.96 EUR")
    ]
    assert told(terms("E", "0", note="exempt, article 132"), *LOAD) == [
        ("0 % E of 1,075.04 EUR: linehaul, liftgate", "0.00 EUR"),
        ("exempt, article 132", ""),
    ]


def test_reverse_charge_says_what_falls_under_it_and_who_owes_it():
    assert told(terms("AE", "21", reverse_charge=True), *LOAD) == [
        ("1,075.04 EUR under AE: linehaul, liftgate", ""),
        ("reverse charge: the receiver owes the tax", "0.00 EUR"),
    ]


def test_the_whole_charge_names_its_clause_and_its_contract():
    (tax,) = taxes(contract(terms("S", "10")), LOAD, "EUR")

    assert tax == AgreedCharge(
        charge_ref="tax:S",
        charge=Charge(kind=ChargeKind.TAX, money=Money(Decimal("107.50"), "EUR")),
        why=Explanation(
            rule="tax",
            contract_ref="ABCD-2026",
            contract_version=1,
            clause="T-S",
            steps=(Step(text="10 % S of 1,075.04 EUR: linehaul, liftgate", result="107.50 EUR"),),
        ),
        recoverable=True,
        taxed=TaxBase(percent=Decimal(10), charge_refs=("linehaul", "liftgate")),
    )


def test_neither_tax_nor_what_is_in_another_currency_is_taxed():
    others = charge(ChargeKind.TAX, "50.00"), charge(ChargeKind.LUMPER, "50.00", currency="USD")

    assert owed(terms("S", "10"), load=(*others, *LOAD)) == {"tax:S": "107.50"}
    assert owed(terms("S", "10", ChargeKind.LINEHAUL), load=(*others, LOAD[0])) == {
        "tax:S": "100.00"
    }


def test_taxes_stand_in_the_order_of_the_contract_and_only_where_something_falls_under_them():
    rows = (
        terms("Z", "0", ChargeKind.LIFTGATE),
        terms("R", "5", ChargeKind.STORAGE),
        terms("S", "10"),
    )

    assert list(owed(*rows)) == ["tax:Z", "tax:S"]


def test_two_clauses_of_one_category_and_percent_are_one_tax_under_the_first():
    rows = terms("S", "10", clause="T-2"), terms("S", "10", ChargeKind.LIFTGATE, clause="T-1")
    (tax,) = taxes(contract(*rows), LOAD, "EUR")

    assert (tax.charge_ref, tax.why.clause) == ("tax:S", "T-2")
    assert tax.charge.money == Money(Decimal("107.50"), "EUR")


@pytest.mark.parametrize(
    ("rows", "unrated"),
    [
        (
            (terms("S", "21", ChargeKind.LIFTGATE), terms("R", "5", ChargeKind.STORAGE)),
            Unrated(
                text="No tax clause names fuel surcharge, and none is for all the rest.",
                remedy="Name the kind in a tax clause, or state one clause without kinds.",
            ),
        ),
        (
            tuple(terms(name, "5", ChargeKind.FUEL_SURCHARGE) for name in ("S", "R")),
            Unrated(
                text="T-S and T-R both claim fuel surcharge for their category of tax.",
                remedy="Name each kind in one tax clause only.",
            ),
        ),
    ],
    ids=["none", "two"],
)
def test_a_kind_without_one_clear_clause_is_told_in_words(rows, unrated):
    assert taxes(contract(*rows), (charge(ChargeKind.FUEL_SURCHARGE, "5"),), "EUR") == unrated


def test_what_two_charges_wait_for_is_named_once():
    waiting = [
        charge(ChargeKind.LIFTGATE, "5", charge_ref=ref, awaits=("EIA", "ECB"), priced_by=("X/1",))
        for ref in "ab"
    ]
    (tax,) = taxes(contract(terms("S", "21")), waiting, "EUR")

    assert (tax.provisional, tax.awaits, tax.priced_by) == (False, ("EIA", "ECB"), ("X/1",))


def test_tax_of_a_provisional_charge_is_provisional_and_waits_for_the_same():
    waiting = charge(ChargeKind.FUEL_SURCHARGE, "100", provisional=True, awaits=("EIA",))
    (tax,) = taxes(contract(terms("S", "21")), (*LOAD, waiting), "EUR")

    assert (tax.provisional, tax.awaits) == (True, ("EIA",))


@pytest.mark.parametrize(("currency", "tax"), [("JPY", "108"), ("BHD", "107.504")])
def test_tax_is_rounded_to_the_smallest_unit_of_its_currency(currency, tax):
    load = tuple(
        structs.replace(one, charge=structs.replace(one.charge, money=Money(amount, currency)))
        for one, amount in zip(LOAD, (Decimal(1000), Decimal("75.036")), strict=True)
    )

    assert owed(terms("S", "10"), load=load, currency=currency) == {"tax:S": tax}


amounts = st.lists(st.decimals(0, 10_000, places=2), min_size=1, max_size=8)


US, CANADA = LanePlace(country="US"), LanePlace(country="CA")


@pytest.mark.parametrize(
    ("changes", "comes_back"),
    [
        ({}, True),
        ({"recoverable": False}, False),
        ({"destination": US}, False),
        ({"origin": US}, False),
        ({"origin": US, "destination": CANADA}, True),
        ({"origin": CANADA, "destination": US}, False),
        ({"destination": US, "recoverable": True}, True),
    ],
    ids=[
        "value added tax",
        "its clause says no",
        "delivered in the US",
        "picked up in the US",
        "from the US to Canada",
        "from Canada to the US",
        "its clause says yes",
    ],
)
def test_a_tax_comes_back_unless_its_clause_or_the_us_says_no(changes, comes_back):
    found = taxes(contract(terms("S", "19", **changes)), LOAD, "EUR")

    assert isinstance(found, tuple)
    assert [one.recoverable for one in found] == [comes_back]


def test_what_of_a_category_does_not_come_back_is_a_charge_of_its_own():
    lost = terms("S", "19", ChargeKind.LIFTGATE, recoverable=False)

    assert owed(terms("S", "19"), lost) == {"tax:S": "190.00", "tax:S:cost": "14.26"}
    assert owed(terms("S", "7"), lost) == {"tax:S:7": "70.00", "tax:S:19": "14.26"}
    assert owed(structs.replace(lost, kinds=())) == {"tax:S": "204.26"}


@given(amounts, st.decimals(0, 30, places=1), st.data())
def test_tax_is_that_of_the_sum_in_any_order_and_under_any_other_name(parts, percent, data):
    load = [
        charge(ChargeKind.OTHER, str(part), charge_ref=f"other:{number}")
        for number, part in enumerate(parts)
    ]
    row = terms("S", str(percent))
    whole = Money(sum(parts, Decimal(0)) * percent / 100, "EUR").rounded()

    assert owed(row, load=tuple(load)) == {"tax:S": str(whole.amount)}
    assert owed(row, load=tuple(data.draw(st.permutations(load)))) == owed(row, load=tuple(load))
