"""Index prices and papers come in over HTTP, and what waited for them is priced and paid.

ABCD's fuel goes by EIA-US, a lumper is owed as its receipt says; the load is the stage's.
"""

from datetime import timedelta

import psycopg
import pytest
from msgspec import structs

from drawbar.freight.charge import ChargeKind
from drawbar.freight.contract import Side
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.stream import stream
from drawbar.web.auth.role import Role
from tests.flow.stage import acme, answered, bill, driven, released, usd
from tests.flow.test_evidence import LUMPER
from tests.flow.test_index import TERMS
from tests.web.conftest import isolated, opened
from tests.web.desk import seated

pytestmark = pytest.mark.system

PRICES = "/v1/indices/EIA-US/prices"
EVIDENCE = "/v1/shipments/S-1001/evidence"


def firm():
    company = acme()
    changed = {"fuel": (), "fuel_index": TERMS, "accessorials": (LUMPER,)}
    contracts = tuple(
        structs.replace(one, **changed) if one.side is Side.BUY else one
        for one in company.contracts
    )
    return structs.replace(company, contracts=contracts)


@pytest.fixture(scope="module")
def desk(server, migrated):
    """Open a firm that knows one old price, with a load that was driven and billed."""
    with isolated(server.logins, f"{migrated}_published", template=migrated) as logins:
        for doors in opened(logins, company=firm()):
            assert publish(doors, "2026-02-23", "3.55").status_code == 202
            doors.engine.learn([released(), answered("S-1001-V1T1"), *driven()])
            doors.engine.learn(
                [
                    bill(
                        (ChargeKind.LINEHAUL, "1650.00"),
                        (ChargeKind.FUEL_SURCHARGE, "478.50"),
                        (ChargeKind.LUMPER, "180.00"),
                    )
                ]
            )
            doors.work()
            yield doors


def publish(doors, day, figure, role=Role.FINANCE, **more):
    body = {"index": "EIA-US", "prices": [{"price_on": day, "price": figure} | more]}
    return doors.post(PRICES, body, role=role)


def receipt(**changes):
    plain = {
        "shipment_ref": "S-1001",
        "evidence": "receipt",
        "charge": "lumper",
        "happened_at": "2026-03-11T15:00:00Z",
        "stop": 2,
        "money": {"amount": "180.00", "currency": "USD"},
    }
    return plain | changes


def billed(doors):
    with psycopg.connect(doors.logins.engine_url) as connection:
        key = StreamKey(StreamKind.FREIGHT_BILL, "B-1")
        return stream(connection.cursor(), key).state


def test_the_bill_is_paid_line_by_line_as_price_and_receipt_come_in(desk):
    assert billed(desk).payable == usd("1650.00")

    assert publish(desk, "2026-03-02", "3.612").json()["outcome"] == "applied"
    desk.work()
    assert billed(desk).payable == usd("2128.50")

    assert desk.post(EVIDENCE, receipt(), role=Role.FINANCE).json()["outcome"] == "applied"
    desk.work()
    assert billed(desk).payable == usd("2308.50")
    assert not billed(desk).disputed.amount


@pytest.mark.parametrize(
    ("changes", "status", "says"),
    [
        ({"shipment_ref": "S-1002"}, 422, "The address names S-1001"),
        ({"stop": 3}, 422, "has 2 stops"),
        ({"money": None}, 422, "a receipt says over how much money"),
        ({"evidence": "approval"}, 422, "/v1/charge-approvals"),
        ({"count": "0"}, 422, "the count is zero"),
    ],
    ids=["another shipment", "no such stop", "over nothing", "an approval", "no unit"],
)
def test_a_paper_that_cannot_be_meant_is_refused(desk, changes, status, says):
    answer = desk.post(EVIDENCE, receipt(**changes), role=Role.FINANCE)

    assert answer.status_code == status
    assert says in answer.text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"index": "EIA-CA", "prices": [{"price_on": "2026-03-09", "price": "3.7"}]}, 422),
        ({"index": "EIA-US", "prices": [{"price_on": "2026-03-09", "price": "0"}]}, 422),
        ({"index": "EIA-US", "prices": [{"price_on": "2026-03-09", "price": 3.7}]}, 422),
        ({"index": "EIA-US", "prices": [{"price_on": "2026-03-09", "price": "3.7"}] * 2}, 422),
        ({"index": "EIA-US", "prices": []}, 422),
    ],
    ids=["another index", "zero", "a number", "one day twice", "none"],
)
def test_a_price_that_cannot_be_meant_is_refused(desk, body, status):
    assert desk.post(PRICES, body).status_code == status


def test_only_finance_and_integration_publish(desk):
    assert publish(desk, "2026-03-09", "3.701", role=Role.CUSTOMER_SERVICE).status_code == 403
    assert publish(desk, "2026-03-09", "3.701", role=Role.INTEGRATION).status_code == 202


def test_a_rate_of_exchange_is_taken_and_one_of_a_currency_to_itself_refused(desk):
    rate = {"base": "EUR", "quote": "USD", "rate_on": "2026-03-09", "rate": "1.0832"}

    def send(**changes):
        body = {"source": "ECB", "rates": [rate | changes]}
        return desk.post("/v1/exchange/ECB/rates", body).status_code

    assert send() == 202
    assert send(quote="EUR") == 422


def test_a_paper_is_filed_on_the_page_of_its_load(desk):
    with seated(desk, "Ann", Role.FINANCE) as ann:
        assert "File a receipt or another proof" in ann.page("/shipments/S-1001")
        said = ann.send(
            "/shipments/S-1001/file-evidence",
            evidence="receipt",
            kind="lumper",
            stop="1",
            amount="20.00",
        )

    assert "Receipt for lumper is on file of S-1001." in said


def test_a_corrected_price_lists_what_was_paid_by_the_first_one(desk):
    desk.clock.at += timedelta(hours=1)
    assert publish(desk, "2026-03-02", "3.52", revision=1).json()["outcome"] == "applied"
    desk.work()

    listed = desk.get("/v1/claim-candidates").json()["items"]
    assert [(one["kind"], one["shipment_ref"], one["difference"]["amount"]) for one in listed] == [
        ("overcharge", "S-1001", "33.00")
    ]
    assert billed(desk).payable == usd("2308.50")
