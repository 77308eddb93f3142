"""Invoicing over the API and at the desk: what is ready, released, credited; what never is."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import psycopg
import pytest
from msgspec import structs

from drawbar.cli.company.folder import load_company
from drawbar.flow.company import Company
from drawbar.freight.billing_terms import BillingTerms, Release
from drawbar.freight.milestone import MilestoneKind
from drawbar.records.server import isolated
from drawbar.web.auth.role import Role
from tests.flow.stage import answered, driven, milestone, order, released
from tests.web.conftest import ACME, opened, until_alone
from tests.web.desk import seated

pytestmark = pytest.mark.system
LEAVES = 2 * 24 * 60 + 5


def firm() -> Company:
    """Initech, like Globex, ships from Dallas to Chicago, and its invoices go out by hand."""
    company = load_company(ACME).company
    by_hand = structs.replace(
        company.customers["INITECH"], billing=BillingTerms(release=Release.BY_HAND)
    )
    windowed = structs.replace(
        company.customers["GLOBEX"], billing=BillingTerms(late_charge_days=1)
    )
    sold = [one for one in company.contracts if one.contract_ref == "GLOBEX-2026"]
    more = [structs.replace(one, contract_ref="I-TEST", party_ref="INITECH") for one in sold]
    kept = [one for one in company.contracts if one.contract_ref != "INITECH-2026"]
    customers = {"INITECH": by_hand, "GLOBEX": windowed}
    return structs.replace(company, customers=customers, contracts=(*kept, *more))


@pytest.fixture(scope="module")
def books(server, migrated) -> Iterator[object]:
    """Invoice four loads of Globex and leave one unproven; three of Initech wait for a person."""
    with isolated(server.logins, f"{migrated}_invoices", template=migrated) as logins:
        for doors in opened(logins, company=firm()):
            for ref in ("1001", "1002", "1003", "1004"):
                run(doors, ref, driven(f"S-{ref}"))
            run(doors, "2001", driven("S-2001")[:-1])
            for ref in ("3001", "3002", "3003"):
                run(doors, ref, driven(f"S-{ref}"), customer="INITECH")
            yield doors
        until_alone(logins)


def run(doors, ref, events, customer="GLOBEX"):
    placed = order(ref, customer=customer)
    doors.engine.learn([released(placed), answered(f"S-{ref}-V1T1"), *events])
    doors.work()


def rows(doors, statement):
    with psycopg.connect(doors.logins.engine_url) as connection:
        return connection.execute(statement).fetchall()


def usd(amount):
    return {"amount": amount, "currency": "USD"}


def release(doors, *refs, key, customer="INITECH", role=Role.FINANCE):
    body = {"customer_ref": customer, "shipment_refs": list(refs), "reason": "month end"}
    return doors.post("/v1/invoices", body, role=role, **{"Idempotency-Key": key})


def credit(doors, ref, *lines, key, rebill=False, role=Role.FINANCE):
    body = {
        "invoice_ref": ref,
        "lines": [{"line": number, "money": usd(amount)} for number, amount in lines],
        "code": "rate",
        "reason": "agreed with the customer",
        "rebill": rebill,
    }
    path = f"/v1/invoices/{ref}/credit-notes"
    return doors.post(path, body, role=role, **{"Idempotency-Key": key})


def invoice_of(doors, shipment):
    (item, *_) = doors.get(f"/v1/invoices?shipment={shipment}").json()["items"]
    return item["invoice_ref"]


def test_b05_two_calls_with_one_key_and_two_with_others_release_one_invoice(books):
    with ThreadPoolExecutor(4) as pool:
        keys = ("one", "one", "two", "three")
        answers = list(pool.map(lambda key: release(books, "S-3001", key=key), keys))
    books.work()

    assert {one.status_code for one in answers} <= {202, 409}
    found = rows(books, "SELECT ref FROM customer_invoices WHERE shipment_ref = 'S-3001'")
    assert len(found) == 1
    posted = rows(
        books,
        "SELECT business_key FROM deliveries WHERE kind = 'PostInvoice'"
        f" AND stream_ref = '{found[0][0]}'",
    )
    assert len(posted) == 1


def test_b05_two_clicks_of_one_form_release_one_invoice(books):
    with seated(books, "M. Ito", Role.FINANCE) as desk:
        assert "waits for a person" in desk.page("/shipments/S-3002")
        first = desk.send("/shipments/S-3002/release-invoice", key="form-of-3002")
        again = desk.send("/shipments/S-3002/release-invoice", key="form-of-3002")

    assert "is released" in first
    assert "done already" in again
    assert len(rows(books, "SELECT FROM customer_invoices WHERE shipment_ref = 'S-3002'")) == 1


def test_what_is_not_ready_is_refused_with_every_reason_and_its_remedy(books):
    answer = release(books, "S-2001", key="unready", customer="GLOBEX")

    assert answer.status_code == 409
    (flaw,) = answer.json()["errors"]
    assert "no proof of delivery" in flaw["message"]
    assert flaw["remedy"] == "Ask the carrier for the signed proof of delivery."


@pytest.mark.parametrize(
    ("refs", "customer", "status"),
    [(("S-9999",), "GLOBEX", 404), (("S-1001",), "NOBODY", 404), (("S-3003",), "GLOBEX", 422)],
    ids=["no shipment", "no customer", "another's"],
)
def test_who_and_what_is_released_is_known(books, refs, customer, status):
    assert release(books, *refs, key=f"{refs}{customer}", customer=customer).status_code == status


def test_what_blocks_each_invoice_is_listed_with_money_and_remedy(books):
    items = books.get("/v1/billing/readiness").json()["items"]

    told = {one["shipment_ref"]: one for one in items}
    assert told["S-2001"]["unbilled"] == usd("2646.00")
    assert [one["code"] for one in told["S-2001"]["blocks"]] == ["pod_missing"]
    assert told["S-3003"]["blocks"] == []
    board = books.get("/billing.json?customer=GLOBEX").json()
    assert [one["ref"] for one in board["items"]] == ["S-2001"]
    assert "pod missing" in books.get("/billing").text


def test_an_invoice_explains_each_line_and_leads_to_its_documents(books):
    ref = invoice_of(books, "S-1001")
    told = books.get(f"/v1/invoices/{ref}").json()
    assert [one["charge"]["kind"] for one in told["lines"]] == ["linehaul", "fuel_surcharge"]
    assert told["lines"][0]["charge"]["why"]["contract_ref"] == "GLOBEX-2026"

    shown = books.get(f"/invoices/{ref}").text
    assert "/contracts/GLOBEX-2026" in shown
    proof = re.search(r'href="(/facts/[^"]+)">document 1', shown)
    assert proof
    assert books.get(proof[1]).status_code == 200
    sheet = books.get(f"/invoices/{ref}.csv").text.splitlines()
    assert len(sheet) == 3
    assert books.get(f"/invoices/{ref}.json").json() == told


def test_the_printed_invoice_says_what_the_customer_must_know(books):
    ref = invoice_of(books, "S-1001")
    shown = books.get(f"/invoices/{ref}/print").text

    for word in (ref, "Globex Manufacturing", "PO PO-1001", "2,646.00 USD", "Due"):
        assert word in shown
    assert "<form" not in shown
    assert "Drawbar" not in shown


def test_a_credit_note_is_released_once_and_stands_beside_its_invoice(books):
    ref = invoice_of(books, "S-1001")
    first = credit(books, ref, (1, "100.00"), key="c1")
    again = credit(books, ref, (1, "100.00"), key="c1")
    books.work()

    assert (first.status_code, again.json()["duplicate"]) == (202, True)
    told = books.get(f"/v1/invoices/{ref}").json()
    (note,) = told["credit_refs"]
    assert told["open"] == usd("2546.00")
    assert books.get(f"/v1/invoices/{note}").json()["total"] == usd("-100.00")
    assert "Credit note" in books.get(f"/invoices/{note}/print").text
    leaks = books.get("/v1/billing/margin-leaks").json()["items"]
    assert ("S-1001", usd("100.00"), "credited") in [
        (one["shipment_ref"], one["money"], one["cause"]) for one in leaks
    ]


def test_what_cannot_be_credited_is_refused_before_it_is_kept(books):
    ref = invoice_of(books, "S-1002")

    assert credit(books, ref, (1, "2100.01"), key="c2").status_code == 409
    assert credit(books, ref, (9, "1.00"), key="c3").status_code == 409
    assert credit(books, ref, (1, "1.00"), key="c4", role=Role.DISPATCHER).status_code == 403
    assert books.get(f"/v1/invoices/{ref}").json()["credit_refs"] == []


def test_credit_above_ones_limit_waits_for_a_second_person_at_the_desk(books):
    ref = invoice_of(books, "S-1002")
    fields = {"currency": "USD", "line_1": "600.00", "code": "rate", "reason": "wrong lane"}
    with seated(books, "M. Ito", Role.FINANCE) as desk:
        desk.send(f"/invoices/{ref}/credit", **fields)
        assert "A second, other person must release the same" in desk.page(f"/invoices/{ref}")
        said = desk.send(f"/invoices/{ref}/credit", **fields)
        assert "a second, other person must agree" in said
    with seated(books, "J. Roe", Role.FINANCE) as desk:
        desk.send(f"/invoices/{ref}/credit", **fields)

    assert len(books.get(f"/v1/invoices/{ref}").json()["credit_refs"]) == 1


def test_credit_and_rebill_is_one_act(books):
    ref = invoice_of(books, "S-1003")
    assert credit(books, ref, (2, "46.00"), key="r1", rebill=True).status_code == 202
    books.work()

    told = books.get(f"/v1/invoices/{ref}").json()
    (new,) = told["rebilled_as"]
    assert books.get(f"/v1/invoices/{new}").json()["replaces"] == ref
    assert books.get(f"/v1/invoices/{new}").json()["total"] == usd("46.00")


def test_a_charge_that_comes_too_late_is_on_the_list_and_in_its_file(books):
    late = milestone(MilestoneKind.DEPARTED_DELIVERY, LEAVES + 247, ref="S-1004", known=9000)
    books.engine.learn([late])
    books.work()

    board = books.get("/margin-leaks.json?q=S-1004").json()["items"]
    assert [(one["leaked"], one["leaked_of"]) for one in board] == [
        ("202.50", invoice_of(books, "S-1004"))
    ]
    assert "detention" in books.get("/margin-leaks.csv").text
    assert "never invoiced" in books.get("/shipments/S-1004").text


def test_a_customers_dispute_is_kept_and_refused_with_a_reason(books):
    ref = invoice_of(books, "S-1004")
    body = {"invoice_ref": ref, "line": 2, "money": usd("46.00"), "reason": "wrong week"}
    assert books.post(f"/v1/invoices/{ref}/contests", body).status_code == 202
    assert books.post(f"/v1/invoices/{ref}/contests", body | {"line": 9}).status_code == 409
    assert books.get(f"/v1/invoices/{ref}").json()["dunned"] == usd("2600.00")

    no = {"invoice_ref": ref, "line": 2, "reason": "the week is that of the pickup"}
    assert books.post(f"/v1/invoices/{ref}/contest-refusals", no).status_code == 202
    assert books.get(f"/v1/invoices/{ref}").json()["dunned"] == usd("2646.00")


def test_a_case_of_overcharging_holds_the_credit_note_one_click_away(books):
    run(books, "1005", driven("S-1005", dwell=247))
    less = structs.replace(
        milestone(MilestoneKind.DELIVERED, LEAVES + 95, ref="S-1005", known=4000),
        corrects=f"S-1005:delivered:{LEAVES + 247}",
    )
    books.engine.learn([less])
    books.work()
    case = rows(
        books,
        "SELECT case_id FROM cases WHERE kind = 'credit_due' AND subject_ref = 'S-1005'",
    )[0][0]
    ref = invoice_of(books, "S-1005")
    with seated(books, "M. Ito", Role.FINANCE) as desk:
        shown = desk.page(f"/cases/{case}")
        assert "Release the proposed credit note" in shown
        fields = dict(re.findall(r'name="((?:line_|curr|code)\w*)" value="([^"]+)"', shown))
        desk.send(f"/invoices/{ref}/credit", **fields)

    told = books.get(f"/v1/invoices/{ref}").json()
    assert told["credited"] == usd("202.50")
    assert rows(books, f"SELECT settled_at IS NOT NULL FROM cases WHERE case_id = {case}") == [
        (True,)
    ]


def test_a_paper_is_filed_from_the_page_of_a_load(books):
    with seated(books, "M. Ito", Role.FINANCE) as desk:
        said = desk.send("/shipments/S-2001/file-paper", kind="bol", number="B-77")

    assert "filed with S-2001" in said
    assert "BOL" in books.get("/shipments/S-2001").text.upper()


def test_every_number_of_a_series_is_there_once(books):
    for series, last in rows(books, "SELECT ref, last FROM number_series"):
        numbers = rows(
            books,
            f"SELECT number FROM customer_invoices WHERE series = '{series}' ORDER BY number",
        )
        assert [number for (number,) in numbers] == list(range(1, last + 1))
    totals = rows(books, "SELECT currency, sum(amount) FROM entry_lines GROUP BY currency")
    assert totals == [("USD", Decimal(0))]
