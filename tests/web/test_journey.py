"""From a released order to a paid bill over HTTP alone, and what everybody may see of it."""

from datetime import UTC, datetime

import pytest

from drawbar.web.auth.role import Role

pytestmark = pytest.mark.system

ORDER = "SO-7001"
SHIPMENT = f"S-{ORDER}"
BY_SHIPMENT = [{"kind": "shipment", "value": SHIPMENT}]


def place(name, city, region, postal_code):
    return {"name": name, "street": "1 Main St", "city": city, "region": region} | {
        "postal_code": postal_code,
        "zone": "America/Chicago",
    }


def stop(purpose, where, day):
    times = {"earliest_at": f"{day}T14:00:00Z", "latest_at": f"{day}T22:00:00Z"}
    return {"purpose": purpose, "place": where, **times}


def released(doors, order_ref=ORDER):
    return doors.post(
        "/v1/orders",
        {
            "order_ref": order_ref,
            "stated_at": "2026-03-02T14:00:00Z",
            "customer_ref": "GLOBEX",
            "references": [{"kind": "bol", "value": f"BOL-{order_ref}"}],
            "stops": [
                stop("pickup", place("Plant", "Dallas", "TX", "75201"), "2026-03-04"),
                stop("delivery", place("DC", "Chicago", "IL", "60601"), "2026-03-06"),
            ],
            "goods": [
                {"sku": "PUMP-7", "pieces": 10, "weight_lb": "12000"}
                | {"unit_value": {"amount": "450.00", "currency": "USD"}}
            ],
        },
    )


def answered(doors, answer="accepted", **key):
    body = {"carrier_ref": "ABCD", "references": BY_SHIPMENT, "answer": answer}
    return doors.client.post(
        "/v1/tender-answers",
        json=body | {"answered_at": "2026-03-02T15:05:00Z"},
        headers=doors.key(Role.CARRIER, **key),
    )


def reported(doors, milestone, at, **key):
    told = {"references": BY_SHIPMENT, "milestone": milestone, "happened_at": at}
    return doors.client.post(
        "/v1/milestones", json={"milestones": [told]}, headers=doors.key(Role.CARRIER, **key)
    )


def proven(doors):
    body = {"references": BY_SHIPMENT, "delivered_at": "2026-03-06T15:30:00Z", "signer": "Lee"}
    return doors.post(
        "/v1/pods", body | {"signed_on": "2026-03-06", "pieces": 10}, role=Role.CARRIER
    )


def billed(doors, amount, number="INV-1"):
    money = {"amount": amount, "currency": "USD"}
    bill = {"invoice_number": number, "billed_on": "2026-03-07", "references": BY_SHIPMENT}
    lines = [
        {"kind": "linehaul", "money": {"amount": "1650.00", "currency": "USD"}},
        {"kind": "fuel_surcharge", "money": {"amount": "412.50", "currency": "USD"}},
    ]
    return doors.post(
        "/v1/freight-bills",
        {"carrier_ref": "ABCD", "bills": [bill | {"total": money, "lines": lines}]},
        role=Role.CARRIER,
    )


@pytest.fixture(scope="module")
def moved(doors):
    """Run one load from release to bill."""
    agreed = released(doors), answered(doors)
    doors.clock.at = datetime(2026, 3, 7, 20, tzinfo=UTC)  # what is dated ahead moves no money
    driven = (
        reported(doors, "arrived_pickup", "2026-03-04T14:30:00Z"),
        reported(doors, "departed_pickup", "2026-03-04T15:30:00Z"),
        reported(doors, "arrived_delivery", "2026-03-06T14:30:00Z"),
        reported(doors, "delivered", "2026-03-06T15:30:00Z"),
    )
    for answer in (*agreed, *driven, proven(doors), billed(doors, "2062.50")):
        assert answer.status_code == 202, answer.text
        assert answer.json()["outcome"] == "applied", answer.text
        doors.work()
    return doors


def test_the_shipment_shows_what_it_costs_and_why(moved):
    told = moved.get(f"/v1/shipments/{SHIPMENT}").json()

    assert told["status"] == "delivered"
    assert told["carrier_ref"] == "ABCD"
    assert [(c["kind"], c["money"]["amount"]) for c in told["costs"]] == [
        ("linehaul", "1650.00"),
        ("fuel_surcharge", "412.50"),
    ]
    assert told["costs"][0]["why"]["contract_ref"] == "ABCD-2026"
    assert told["costs"][0]["why"]["clause"].startswith("1.1")


def test_every_stop_shows_when_the_truck_came(moved):
    stops = moved.get(f"/v1/shipments/{SHIPMENT}").json()["stops"]

    assert [stop["arrived_at"] for stop in stops] == [
        "2026-03-04T14:30:00Z",
        "2026-03-06T14:30:00Z",
    ]


@pytest.mark.parametrize(
    "reference",
    [SHIPMENT, ORDER, f"BOL-{ORDER}", f"bol {ORDER.lower()}", f"{SHIPMENT}-V1T1", "INV-1"],
    ids=["shipment", "order", "bol", "bol otherwise spelled", "tender", "carrier's invoice"],
)
def test_any_reference_leads_to_the_story(moved, reference):
    told = moved.get(f"/v1/trace/{reference}").json()

    assert SHIPMENT in {found["ref"] for found in told["found"]}, told["found"]
    assert {"OrderReleased", "TenderAnswered", "MilestoneReported", "BillReceived"} <= {
        step["name"] for step in told["timeline"]
    }


def test_a_step_leads_to_the_bytes_that_said_it(moved):
    timeline = moved.get(f"/v1/trace/{SHIPMENT}").json()["timeline"]
    step = next(step for step in timeline if step["name"] == "BillReceived")

    raw = moved.get(f"/v1/messages/{step['message_ref']}/raw")

    assert step["place"] == "$.bills[0]"
    assert b'"INV-1"' in raw.content
    assert raw.headers["content-type"] == "application/octet-stream"


def test_reconciliation_counts_what_the_erp_must_hold(moved):
    told = moved.get("/v1/reconciliation").json()

    voucher = next(item for item in told["items"] if item["kind"] == "PostVoucher")
    assert voucher["agreement"] == "under_way"
    assert voucher["ours"] == {"amount": "2062.50", "currency": "USD"}
    assert sum(each["count"] for each in told["counts"]) == len(told["items"])


def test_an_unchanged_shipment_is_not_sent_again(moved):
    first = moved.get(f"/v1/shipments/{SHIPMENT}")

    again = moved.get(f"/v1/shipments/{SHIPMENT}", **{"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_a_list_goes_on_where_it_stopped(moved):
    for number in range(7002, 7006):
        released(moved, f"SO-{number}")

    seen, after = [], ""
    while after is not None:
        told = moved.get(f"/v1/shipments?limit=2&after={after}").json()
        assert len(told["items"]) <= 2
        seen += [item["shipment_ref"] for item in told["items"]]
        after = told["next"]

    assert seen == [f"S-SO-{number}" for number in range(7005, 7000, -1)]


@pytest.mark.parametrize("after", ["x", "e30", "MTIz", "IgAi"])
def test_a_cursor_that_we_did_not_give_is_refused(moved, after):
    assert moved.get(f"/v1/shipments?after={after}").status_code == 400


def test_its_carrier_sees_its_pay_and_nothing_of_our_side(moved):
    told = moved.get(f"/v1/shipments/{SHIPMENT}", role=Role.CARRIER).json()

    assert told["shipment_ref"] == SHIPMENT
    assert [tender["carrier_ref"] for tender in told["tenders"]] == ["ABCD"]
    hidden = ("customer_ref", "costs", "revenue", "invoice_refs", "open_bills")
    assert {told[name] for name in hidden} == {None}


def test_customer_service_sees_the_way_and_no_money(moved):
    told = moved.get(f"/v1/shipments/{SHIPMENT}", role=Role.CUSTOMER_SERVICE).json()

    assert told["customer_ref"] == "GLOBEX"
    assert (told["costs"], told["revenue"]) == (None, None)


@pytest.mark.parametrize("ref", [SHIPMENT, "S-NOBODY"], ids=["of another carrier", "of nobody"])
def test_another_carriers_shipment_is_as_if_it_did_not_exist(moved, ref):
    answer = moved.client.get(f"/v1/shipments/{ref}", headers=moved.key(Role.CARRIER, "NRTH"))

    assert answer.status_code == 404
    assert answer.json()["detail"] == "There is no shipment that you may see."


def test_another_carrier_cannot_report_on_it(moved):
    answer = reported(moved, "delayed", "2026-03-05T15:30:00Z", carrier_ref="NRTH")

    assert answer.status_code == 404


def test_whether_a_shipment_exists_cannot_be_told_from_a_refusal(moved):
    told = {"milestone": "delayed", "happened_at": "2026-03-05T15:30:00Z"}
    answers = [
        moved.client.post(
            "/v1/milestones",
            json={"milestones": [told | {"references": [{"kind": "shipment", "value": ref}]}]},
            headers=moved.key(Role.CARRIER, "NRTH"),
        )
        for ref in (SHIPMENT, "S-NOBODY")
    ]

    assert answers[0].status_code == answers[1].status_code == 404
    assert answers[0].json() == answers[1].json()


def test_another_carrier_cannot_answer_in_its_name(moved):
    answer = answered(moved, carrier_ref="NRTH")

    assert answer.status_code == 403


def test_another_carriers_message_is_as_if_it_did_not_exist(moved):
    timeline = moved.get(f"/v1/trace/{SHIPMENT}").json()["timeline"]
    ref = next(step["message_ref"] for step in timeline if step["name"] == "BillReceived")

    for path in (f"/v1/messages/{ref}", f"/v1/messages/{ref}/raw"):
        theirs = moved.client.get(path, headers=moved.key(Role.CARRIER, "NRTH"))
        own = moved.client.get(path, headers=moved.key(Role.CARRIER, "ABCD"))
        assert (theirs.status_code, own.status_code) == (404, 200)


def test_another_carrier_lists_nothing_of_it(moved):
    for query in ("", "?carrier=ABCD", "?customer=GLOBEX"):
        answer = moved.client.get(f"/v1/shipments{query}", headers=moved.key(Role.CARRIER, "NRTH"))
        assert answer.json() == {"items": [], "next": None}


def test_nobody_can_approve_a_charge_of_a_shipment_that_is_not_there(moved):
    money = {"amount": "80.00", "currency": "USD"}
    approval = {"shipment_ref": "S-NOBODY", "kind": "lumper", "money": money}
    answer = moved.post(
        "/v1/charge-approvals",
        approval | {"approved_at": "2026-03-07T15:00:00Z", "reason": "receipt seen"},
    )

    assert answer.status_code == 404


def test_what_waits_says_so_each_time_it_is_sent(moved):
    body = {"milestone": "delivered", "happened_at": "2026-03-06T15:30:00Z"}
    told = {"milestones": [body | {"references": [{"kind": "bol", "value": "NOT-YET"}]}]}

    answers = [moved.post("/v1/milestones", told).json() for _ in range(2)]

    assert [answer["outcome"] for answer in answers] == ["parked", "parked"]
    assert [answer["duplicate"] for answer in answers] == [False, True]


def test_an_unreadable_total_is_a_case_with_an_owner(moved):
    billed(moved, "9999.00", number="INV-2")
    moved.work()

    cases = moved.get("/v1/cases?kind=control_total").json()["items"]

    assert [case["owner"] for case in cases] != []
    assert all(case["remedy"] for case in cases)
