"""The firm of the plan: its folder loads, and its agreements cover all that happens in a run."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from drawbar.cli.company.folder import CompanyFolder, load_company
from drawbar.freight.contract import Side
from drawbar.world.plan import Asked, company_files, parties_of, plan_of, stock_of

ASKED = Asked(seed=7, begins_on=date(2026, 3, 2), days=14, loads_per_day=25)


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> CompanyFolder:
    tmp_path = tmp_path_factory.mktemp("firm")
    for name, text in company_files(plan_of(ASKED)).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return load_company(tmp_path)


def test_the_folder_is_one_that_the_product_works_with(firm: CompanyFolder):
    assert len(firm.company.customers) == 8
    assert sorted(firm.company.carriers) == ["ABCD", "BLFT", "CDRV", "NRTH", "PRHL"]
    assert {guide.guide_ref for guide in firm.company.guides} >= {"from-dallas", "everywhere"}


def test_each_carrier_has_an_old_and_a_new_agreement(firm: CompanyFolder):
    bought = [one for one in firm.company.contracts if one.side is Side.BUY]

    assert sorted((one.party_ref, one.version) for one in bought) == [
        (carrier, version) for carrier in sorted(firm.company.carriers) for version in (1, 2)
    ]


def test_fuel_is_known_from_forty_days_before_the_run_to_sixty_after_it(firm: CompanyFolder):
    first = ASKED.begins_on - timedelta(days=40)
    last = ASKED.begins_on + timedelta(days=ASKED.days + 60)
    for contract in firm.company.contracts:
        weeks = sorted((week.valid_from, week.valid_to) for week in contract.fuel)
        assert weeks[0][0] <= first
        assert last < weeks[-1][1]
        assert all(one[1] == other[0] for one, other in pairwise(weeks))
        assert {begins.strftime("%A") for begins, _ in weeks} == {"Wednesday"}


def test_a_new_agreement_holds_from_forty_days_before_the_run(firm: CompanyFolder):
    newest = [one for one in firm.company.contracts if one.version == 2]

    assert all(one.valid_from <= ASKED.begins_on - timedelta(days=40) for one in newest)


def test_the_books_know_all_parties_and_the_warehouse_all_goods():
    plan = plan_of(ASKED)

    assert {one["role"] for one in parties_of(plan)} == {"customer", "supplier"}
    assert "*" in {one["item"] for one in stock_of(plan)}
