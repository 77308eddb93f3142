"""Contracts, policies and claim candidates on pages and over HTTP, after a correction."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.engine.terms import Folder, applied_at_first, apply_folder
from drawbar.freight.charge import ChargeKind
from drawbar.web.auth.role import Role
from tests.flow.stage import MONDAY, answered, bill, driven, released
from tests.web.desk import seated

pytestmark = pytest.mark.system
BILLED = ((ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "412.50"))


def corrected(company, amount: str):
    """Return the firm with a second version of ABCD's contract: another rate for its first lane."""
    first = next(one for one in company.contracts if one.contract_ref == "ABCD-2026")
    lane = structs.replace(first.lanes[0], flat=Decimal(amount))
    second = structs.replace(first, version=2, lanes=(lane, *first.lanes[1:]))
    policy = structs.replace(company.policy, bill_waits_days=6)
    return structs.replace(company, contracts=(*company.contracts, second), policy=policy)


@pytest.fixture(scope="module")
def amended(doors):
    """Let ABCD be paid for S-1001, then correct its rate from 1,650.00 to 1,600.00."""
    company = doors.settings.company
    doors.clock.at = MONDAY + timedelta(days=5)
    pool, clock = doors.engine.pool, doors.clock
    applied_at_first(pool, clock, Folder(company=company, files={"a": b"1"}))
    doors.engine.learn([released(), answered("S-1001-V1T1"), *driven(), bill(*BILLED)])
    doors.work()
    wanted = Folder(company=corrected(company, "1600.00"), files={"a": b"2"})
    apply_folder(pool, clock, wanted, by="R. Diaz", because="a typing error")
    doors.work()
    return doors


@pytest.fixture
def finn(amended):
    with seated(amended, "Finn", Role.FINANCE) as desk:
        yield desk


def test_every_version_of_a_contract_is_listed_with_who_applied_it(finn):
    page = finn.page("/contracts")

    assert "R. Diaz, because a typing error" in page
    versions = [
        one["version"] for one in finn.data("/contracts.json") if one["contract_ref"] == "ABCD-2026"
    ]
    assert versions == [2, 1]
    rows = csv.DictReader(io.StringIO(finn.client.get("/contracts.csv").text))
    assert {row["applied_by:text"] for row in rows} == {"drawbar", "R. Diaz"}


def test_a_version_of_a_contract_says_what_it_changed(finn):
    page = finn.page("/contracts/ABCD-2026?version=2")

    assert "lanes[1.1 Dallas, TX to Chicago, IL].flat: 1650.00 → 1600.00" in page
    assert "1650.00 →" not in finn.page("/contracts/ABCD-2026?version=1")


def test_policies_are_shown_with_what_each_version_changed(finn):
    page = finn.page("/policies")

    assert "bill_waits_days: 5 → 6" in page
    assert finn.data("/policies.json")["policy"]["bill_waits_days"] == 6


def test_candidates_are_on_a_page_over_http_and_in_a_file(finn, amended):
    page = finn.page("/claim-candidates")
    assert "linehaul 1,600.00 USD instead of 1,650.00 USD" in page

    (one,) = amended.get("/v1/claim-candidates").json()["items"]
    assert (one["kind"], one["difference"]) == (
        "overcharge",
        {"amount": "62.50", "currency": "USD"},
    )
    (row,) = csv.DictReader(io.StringIO(finn.client.get("/claim-candidates.csv").text))
    assert row["difference:decimal"] == "62.50"


def test_one_click_claims_a_candidate_back(finn, amended):
    (one,) = amended.get("/v1/claim-candidates").json()["items"]
    path = f"/claim-candidates/{one['candidate_ref']}/claim"

    told = finn.send(path, back="/claim-candidates")

    assert "62.50 USD is claimed back as OC-B-1-1" in told
    assert "OC-B-1-1" in finn.page("/claim-candidates")


def test_a_load_is_shown_as_it_was_known(finn, amended):
    page = finn.page("/as-known/S-1001")
    assert "1,650.00" in page
    assert "The same as on file." in page

    told = amended.get("/v1/as-known/B-1").json()
    assert told["is_identical"]
    assert told["bills"][0]["payable"] == {"amount": "2062.50", "currency": "USD"}


def test_what_nobody_is_called_is_not_found(amended):
    assert amended.get("/v1/as-known/NOBODY").status_code == 404


def test_the_office_sees_the_new_version_without_a_restart(amended):
    versions = amended.get("/v1/company-versions").json()["items"]

    assert [one["version"] for one in versions] == [2, 1]
    assert "ABCD-2026 version 2" in versions[0]["changes"]
