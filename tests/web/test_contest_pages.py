"""The desk of disputes, claims and missing bills: what a page shows, and what its forms do."""

from datetime import timedelta

import pytest

from drawbar.freight.charge import ChargeKind
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.web.auth.role import Role
from tests.flow.stage import MONDAY, answered, bill, driven, order, pod, released
from tests.web.desk import seated

pytestmark = pytest.mark.system

FUEL = (ChargeKind.FUEL_SURCHARGE, "412.50")
OVER = (ChargeKind.LINEHAUL, "1850.00")


@pytest.fixture(scope="module")
def books(doors):
    doors.clock.at = MONDAY + timedelta(days=7)
    for ref in ("1001", "1002", "1003", "1004", "1005"):
        *road, _ = driven(f"S-{ref}")
        proof = pod(f"S-{ref}", pieces=22 if ref == "1003" else 24)
        doors.engine.learn([released(order(ref)), answered(f"S-{ref}-V1T1"), *road, proof])
    for ref in ("1001", "1002", "1005"):
        own = (Reference(ReferenceKind.SHIPMENT, f"S-{ref}"),)
        doors.engine.learn([bill(OVER, FUEL, ref=f"B-{ref}", number=ref, references=own)])
    doors.work()
    return doors


@pytest.fixture
def desk(books):
    with seated(books, "Ines", Role.FINANCE) as one:
        yield one


def dispute(ref):
    return f"/disputes/D-S-{ref}-linehaul-0"


def test_a_dispute_is_answered_and_ended_on_its_page(desk):
    path = dispute("1001")
    page = desk.page(path)
    assert "200.00 USD" in page
    assert "Silence pays nothing" in page

    says = desk.send(f"{path}/answer", turn="1", currency="USD", **{"figure:B-1001:1": "80.00"})
    assert "the other side has to answer" in says
    told = desk.data(f"{path}.json")
    assert told["parts"][0]["offered"]["amount"] == "80.00"

    says = desk.send(
        f"{path}/settle", turn="2", currency="USD", how="written_off", code="too_small"
    )
    assert "written off" in says
    assert desk.data(f"{path}.json")["status"] == "closed"
    assert "Nothing of it is open" in desk.page(path)


def test_taking_the_other_sides_figure_needs_no_amount(desk):
    path = dispute("1002")

    said = desk.send(f"{path}/answer", turn="1", voice="carrier", accept="yes")

    assert "kept" in said
    assert desk.data(f"{path}.json")["credited"]["amount"] == "200.00"


def test_a_form_that_cannot_be_meant_says_why_and_does_nothing(desk):
    path = dispute("1001")

    assert "at turn" in desk.send(f"{path}/answer", turn="99", accept="yes")
    assert "Fill in" in desk.send(f"{path}/settle", turn="1", how="")


def test_the_page_of_a_bill_leads_to_its_dispute(desk):
    assert f'href="{dispute("1001")}"' in desk.page("/bills/B-1001")


def test_a_shipment_leads_to_what_is_disputed_and_claimed_of_it_and_so_does_the_search(desk):
    assert f'href="{dispute("1005")}"' in desk.page("/shipments/S-1005")
    assert 'href="/claims/CC-S-1003"' in desk.page("/shipments/S-1003")
    found = desk.client.get("/search?q=D-S-1005-linehaul-0", follow_redirects=False)
    assert found.headers["location"].endswith(dispute("1005"))


def test_a_claim_goes_on_by_its_page(desk):
    path = "/claims/CC-S-1003"
    assert "290.00 USD" in desk.page(path)
    assert "lacks bol" in desk.send(f"{path}/step", step="file", voice="ours")

    papers = {f"paper:{one}": "a" * 64 for one in ("bol", "pod", "invoice_of_goods")}
    assert "taken" in desk.send(f"{path}/step", step="file", voice="ours", **papers)
    offer = {"step": "offer", "voice": "carrier", "currency": "USD", "amount": "200.00"}
    assert "taken" in desk.send(f"{path}/step", **offer)

    page = desk.page(path)
    assert "Accept the offer" in page
    assert "aaaaaaaaaaaa" in page
    assert desk.data(f"{path}.json")["status"] == "offered"


@pytest.mark.parametrize("path", ["/disputes", "/claims", "/missing-invoices"])
def test_each_list_is_a_page_with_its_twins(desk, path):
    assert desk.client.get(path).status_code == 200
    assert desk.client.get(f"{path}.json").status_code == 200
    csv = desk.client.get(f"{path}.csv")
    assert csv.status_code == 200
    assert csv.headers["content-type"].startswith("text/csv")


def test_whoever_may_not_answer_sees_why_the_button_is_off(books):
    with seated(books, "Dan", Role.DISPATCHER) as other:
        assert "disabled" in other.button("/disputes/D-S-1005-linehaul-0", "Answer")


def test_a_missing_bill_is_on_the_list_of_its_day(books):
    books.clock.at = MONDAY + timedelta(days=60)
    books.work()

    with seated(books, "Ines", Role.FINANCE) as later:
        told = later.client.get("/missing-invoices.csv").text
    assert "S-1004" in told
    assert "2062.5" in told
