"""A week at Acme, told over HTTP: clean loads and all sorts of trouble, for who looks at pages."""

from datetime import UTC, datetime
from operator import itemgetter

USD = {"currency": "USD"}


def tell_a_week(doors):
    """Tell everything in its order; what follows is left to follow."""
    for day, path, body in sorted(WEEK, key=itemgetter(0)):
        doors.clock.at = datetime(2026, 3, day, 17, tzinfo=UTC)
        answer = doors.post(f"/v1/{path}", body)
        assert answer.status_code == 202, answer.text
        doors.work()
    doors.clock.at = datetime(2026, 3, 7, 20, tzinfo=UTC)
    doors.work()


def by_shipment(number):
    return [{"kind": "shipment", "value": f"S-SO-{number}"}]


def place(name, city, region):
    address = {"street": "1 Main St", "postal_code": "75201", "zone": "America/Chicago"}
    return {"name": name, "city": city, "region": region} | address


def stop(purpose, where, day):
    times = {"earliest_at": f"{day}T14:00:00Z", "latest_at": f"{day}T22:00:00Z"}
    return {"purpose": purpose, "place": where, **times}


def order(number, *, customer="GLOBEX"):
    goods = {"sku": "P-7", "pieces": 10, "weight_lb": "900"}
    return {
        "order_ref": f"SO-{number}",
        "stated_at": "2026-03-02T14:00:00Z",
        "customer_ref": customer,
        "references": [{"kind": "bol", "value": f"BOL-{number}"}],
        "stops": [
            stop("pickup", place("Plant", "Dallas", "TX"), "2026-03-04"),
            stop("delivery", place("DC", "Chicago", "IL"), "2026-03-06"),
        ],
        "goods": [goods | {"unit_value": USD | {"amount": "450.00"}}],
    }


def answer(number, *, carrier="ABCD", said="accepted"):
    told = {"carrier_ref": carrier, "references": by_shipment(number), "answer": said}
    return told | {"answered_at": "2026-03-02T15:05:00Z"}


def seen(number, kind, at, *, source="carrier"):
    told = {"references": by_shipment(number), "milestone": kind, "happened_at": at}
    return {"milestones": [told | {"source": source}]}


def drive(number, *, left="18:40", unloaded="15:30"):
    """Return all milestones of a load, each with its day."""
    return [
        (4, "milestones", seen(number, "arrived_pickup", "2026-03-04T14:30:00Z")),
        (4, "milestones", seen(number, "departed_pickup", f"2026-03-04T{left}:00Z")),
        (6, "milestones", seen(number, "arrived_delivery", "2026-03-06T14:30:00Z")),
        (6, "milestones", seen(number, "delivered", f"2026-03-06T{unloaded}:00Z")),
    ]


def proof(number, *, pieces=10):
    said = {"references": by_shipment(number), "delivered_at": "2026-03-06T15:30:00Z"}
    return said | {"signer": "Lee", "signed_on": "2026-03-06", "pieces": pieces}


def bill(number, invoice, *, total="", **lines):
    amounts = sum(float(amount) for amount in lines.values())
    told = [{"kind": kind, "money": USD | {"amount": amount}} for kind, amount in lines.items()]
    head = {"invoice_number": invoice, "billed_on": "2026-03-07", "references": by_shipment(number)}
    stated = USD | {"amount": total or f"{amounts:.2f}"}
    return {"carrier_ref": "ABCD", "bills": [head | {"total": stated, "lines": told}]}


def approval(number):
    said = {"shipment_ref": f"S-SO-{number}", "kind": "lumper", "money": USD | {"amount": "80.00"}}
    return said | {"approved_at": "2026-03-07T15:00:00Z", "reason": "receipt seen"}


FAIR = {"linehaul": "1650.00", "fuel_surcharge": "412.50"}
NOBODYS = {"references": [{"kind": "bol", "value": "NOBODY-KNOWS"}]}

WEEK = [
    *((2, "orders", order(number)) for number in range(8101, 8108)),
    (2, "orders", order(8199, customer="UMBRELLA")),
    *((2, "tender-answers", answer(number)) for number in range(8101, 8106)),
    (2, "tender-answers", answer(8106, said="declined") | {"reason": "no truck"}),
    *(step for number in range(8101, 8105) for step in drive(number, left="16:00")),
    (4, "milestones", seen(8105, "arrived_pickup", "2026-03-04T14:30:00Z")),
    (4, "milestones", seen(8105, "arrived_pickup", "2026-03-04T16:30:00Z", source="wms")),
    (
        5,
        "milestones",
        {"milestones": [seen(8101, "delayed", "2026-03-05T15:30:00Z")["milestones"][0] | NOBODYS]},
    ),
    (7, "pods", proof(8101)),
    (7, "pods", proof(8102)),
    (7, "pods", proof(8103, pieces=8)),
    (7, "freight-bills", bill(8101, "INV-1", **FAIR)),
    (7, "freight-bills", bill(8101, "INV-1-R", **FAIR)),
    (
        7,
        "freight-bills",
        bill(8102, "INV-2", **FAIR | {"fuel_surcharge": "455.00", "lumper": "80.00"}),
    ),
    (7, "charge-approvals", approval(8102)),
    (7, "freight-bills", bill(8103, "INV-3", **FAIR, detention="168.75")),
    (7, "freight-bills", bill(8103, "INV-4", total="9999.00", **FAIR)),
    (7, "freight-bills", bill(8104, "INV-5", **FAIR)),
]
