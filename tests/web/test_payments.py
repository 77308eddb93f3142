"""Payables, payment runs, payees, exposure and month end through their doors, pages and API.

ACME pays by itself here. ABCD's bill of 2,062.50 is approved in March; Ann and Bob are of finance.
"""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec import structs

from drawbar.cli.company.folder import load_company
from drawbar.flow.company import PaidBy
from drawbar.freight.charge import ChargeKind
from drawbar.freight.payee import BankAccount, Remittance
from drawbar.records.server import isolated
from drawbar.web.auth.role import Role
from tests.flow.stage import answered, bill, driven, order, released
from tests.web.conftest import ACME, _numbers, opened, until_alone
from tests.web.desk import seated

pytestmark = pytest.mark.system
BILLED = ((ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "412.50"))
OWN = BankAccount(holder="Able Bodied Carriers", number="1001", routing="021000021")


def acme_that_pays():
    company = load_company(ACME).company
    able = structs.replace(company.carriers["ABCD"], remittance=Remittance(account=OWN))
    policy = structs.replace(company.policy, payments=PaidBy.DRAWBAR, bank="bank")
    return structs.replace(company, carriers=company.carriers | {"ABCD": able}, policy=policy)


@pytest.fixture(scope="module")
def doors(server, migrated):
    """Yield the firm that pays by itself, with one bill approved and one load not billed yet."""
    with isolated(server.logins, f"{migrated}_pay{next(_numbers)}", template=migrated) as logins:
        for one in opened(logins, company=acme_that_pays()):
            two = order("1002")
            one.engine.learn([released(), answered("S-1001-V1T1"), *driven()])
            one.engine.learn([released(two), answered("S-1002-V1T1"), *driven("S-1002")[:2]])
            one.engine.learn([bill(*BILLED, (ChargeKind.LUMPER, "56.25"))])
            one.work()
            one.clock.at = datetime(2026, 4, 20, 15, tzinfo=UTC)
            yield one
        until_alone(logins)


@pytest.fixture
def ann(doors):
    with seated(doors, "ann", Role.FINANCE) as desk:
        yield desk


@pytest.fixture
def bob(doors):
    with seated(doors, "bob", Role.FINANCE) as desk:
        yield desk


def sums(doors, path, name):
    return [one[name]["amount"] for one in doors.get(path).json()["sums"]]


def test_k05_exposure_is_what_the_ledger_holds_and_leads_to_its_shipments(doors):
    told = doors.get("/v1/exposure").json()

    (usd,) = told["sums"]
    assert usd["agrees"] is True
    assert usd["total"] == usd["ledger"]
    assert [(one["shipment_ref"], one["accrued"]["amount"]) for one in told["items"]] == [
        ("S-1002", "2062.50")
    ]


def test_a_carrier_sees_nothing_of_payments(doors):
    for path in ("/v1/payables", "/v1/payment-runs", "/v1/exposure", "/v1/periods"):
        assert doors.get(path, role=Role.CUSTOMER_SERVICE).status_code == 403


def test_a_run_is_proposed_by_one_approved_by_another_and_released_once(doors, ann, bob):
    (payable,) = doors.get("/v1/payables").json()["items"]
    assert (payable["bill_ref"], payable["money"]["amount"]) == ("B-1", "2062.50")
    assert "2,062.50 USD" in ann.page("/payables")

    assert "is proposed" in ann.send("/payments/propose", until="2026-04-20")
    (run,) = doors.get("/v1/payment-runs").json()["items"]
    ref, page = run["run_ref"], f"/payments/{run['run_ref']}"
    assert "2,062.50 USD" in ann.page(page)
    own = ann.send(f"{page}/approve", seen="2062.50 USD;")
    other = bob.send(f"{page}/approve", seen="2062.49 USD;")
    early = bob.send(f"{page}/release")
    assert "Whoever proposed a run does not approve it" in own
    assert "they saw something else" in other
    assert "It is proposed." in early

    assert "approved" in bob.send(f"{page}/approve", seen="2062.50 USD;")
    assert "goes to the bank" in bob.send(f"{page}/release")
    assert "It is released." in bob.send(f"{page}/release")

    told = doors.get(f"/v1/payment-runs/{ref}").json()
    assert told["status"] == "released"
    assert told["payments"][0]["account"] == "account ending in 1001"
    assert doors.get("/v1/payables").json()["items"] == []
    assert "released" in ann.page("/payments")
    assert ann.data(f"{page}.json")["run_ref"] == ref


def test_the_same_request_under_its_key_is_one_run_and_without_a_key_another(doors):
    body = {"until": "2026-04-20"}
    first = doors.post("/v1/payment-runs", body, **{"Idempotency-Key": "k-1"})
    again = doors.post("/v1/payment-runs", body, **{"Idempotency-Key": "k-1"})
    other = doors.post("/v1/payment-runs", body)

    assert first.status_code == again.status_code == other.status_code == 202
    assert again.json()["message_ref"] == first.json()["message_ref"]
    assert other.json()["message_ref"] != first.json()["message_ref"]


def test_changed_bank_details_wait_for_another_person_with_their_cooling_shown(doors, ann, bob):
    fields = {"carrier_ref": "ABCD", "holder": "Able", "country": "US", "number": "77778888"}
    assert "fails its check digit" in ann.send("/payees/change", routing="021000022", **fields)
    assert "second person" in ann.send("/payees/change", routing="011401533", **fields)
    (change,) = doors.get("/v1/payee-changes").json()["items"]
    word = {"carrier_ref": "ABCD", "change_ref": change["change_ref"]}
    page = ann.page("/payees")
    assert "ending in 8888" in page
    assert "77778888" not in page

    own = ann.send("/payees/answer", answer="confirm", **word)
    assert "second, other person does" in own
    assert "It is confirmed." in bob.send("/payees/answer", answer="confirm", **word)
    (change,) = doors.get("/v1/payee-changes").json()["items"]
    assert change["confirmed_by"] == "bob"
    counted = datetime.fromisoformat(change["counts_from"])
    assert counted - datetime.fromisoformat(change["asked_at"]) == timedelta(days=7)


def test_a_month_is_closed_by_its_checklist_or_by_a_named_persons_reason(doors, ann):
    told = doors.get("/v1/periods").json()
    assert (told["period"], told["objection"]) == ("2026-03", "")
    waiting = {one["item"]: one["count"] for one in told["checklist"]}
    assert waiting["unposted"] > 0
    assert waiting["accruals"] == 0

    bare = doors.post("/v1/period-closings", {"period": "2026-03"})
    early = doors.post("/v1/period-closings", {"period": "2026-04", "reason": "now"})
    odd = doors.post("/v1/period-closings", {"period": "March"})
    assert [bare.status_code, early.status_code, odd.status_code] == [409, 409, 422]
    assert "the ERP does not hold yet" in bare.json()["detail"]

    assert "2026-03 is closed." in ann.send("/month-end/close", period="2026-03")
    assert doors.get("/v1/periods").json()["open_from"] == "2026-04-01"
    assert "closed" in ann.page("/month-end")
    refused = ann.client.post("/month-end/reopen", data={"period": "2026-03"})
    assert refused.status_code == 403
    opened_again = {"period": "2026-03", "reason": "the auditor asks"}
    assert doors.post("/v1/period-reopenings", opened_again).json()["outcome"] == "applied"
    assert doors.get("/v1/periods").json()["open_from"] is None


def test_every_page_of_finance_has_its_twin(ann):
    for path in ("/payables", "/payments", "/payees", "/month-end", "/exposure"):
        assert "<h1>" in ann.page(path)
        assert ann.data(f"{path}.json")
