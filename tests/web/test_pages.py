"""The desks' pages: every link leads somewhere, nothing comes from elsewhere, money is for some."""

import re
from contextlib import contextmanager
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urljoin

import httpx
import pytest

from drawbar.web.auth.role import Role
from drawbar.web.login import login_path

pytestmark = pytest.mark.system

SHIPMENT = "S-SO-8001"
BY_SHIPMENT = [{"kind": "shipment", "value": SHIPMENT}]
USD = {"currency": "USD"}


def place(name, city, region):
    address = {"street": "1 Main St", "postal_code": "75201", "zone": "America/Chicago"}
    return {"name": name, "city": city, "region": region} | address


def stop(purpose, where, day):
    times = {"earliest_at": f"{day}T14:00:00Z", "latest_at": f"{day}T22:00:00Z"}
    return {"purpose": purpose, "place": where, **times}


def an_order(order_ref):
    return {
        "order_ref": order_ref,
        "stated_at": "2026-03-02T14:00:00Z",
        "customer_ref": "GLOBEX",
        "note": "<b>fragile</b>",
        "references": [{"kind": "po", "value": "PO <script>alert(1)</script>"}],
        "stops": [
            stop("pickup", place("<i>Plant</i>", "Dallas", "TX"), "2026-03-04"),
            stop("delivery", place("DC", "Chicago", "IL"), "2026-03-06"),
        ],
        "goods": [
            {
                "sku": "P-7",
                "pieces": 10,
                "unit_value": USD | {"amount": "450.00"},
                "weight_lb": "900",
            }
        ],
    }


def milestone(kind, at):
    told = {"references": BY_SHIPMENT, "milestone": kind, "happened_at": at, "source": "carrier"}
    return {"milestones": [told]}


def bill(number, **lines):
    amounts = [float(amount) for amount in lines.values()]
    told = [{"kind": kind, "money": USD | {"amount": amount}} for kind, amount in lines.items()]
    head = {"invoice_number": number, "billed_on": "2026-03-07", "references": BY_SHIPMENT}
    total = USD | {"amount": f"{sum(amounts):.2f}"}
    return {"carrier_ref": "ABCD", "bills": [head | {"total": total, "lines": told}]}


def at(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


STORY = [
    (at(2, 15), "orders", an_order("SO-8001")),
    (at(2, 15), "orders", an_order("SO-8002") | {"customer_ref": "UMBRELLA"}),
    (
        at(2, 15, 5),
        "tender-answers",
        {"carrier_ref": "ABCD", "references": BY_SHIPMENT, "answer": "accepted"}
        | {"answered_at": "2026-03-02T15:05:00Z"},
    ),
    (at(4, 15), "milestones", milestone("arrived_pickup", "2026-03-04T14:30:00Z")),
    (at(4, 19), "milestones", milestone("departed_pickup", "2026-03-04T18:40:00Z")),
    (
        at(5, 16),
        "milestones",
        {
            "milestones": [
                milestone("delayed", "2026-03-05T15:30:00Z")["milestones"][0]
                | {"references": [{"kind": "bol", "value": "NOBODY-KNOWS"}]}
            ]
        },
    ),
    (at(6, 15), "milestones", milestone("arrived_delivery", "2026-03-06T14:30:00Z")),
    (at(6, 16), "milestones", milestone("delivered", "2026-03-06T15:30:00Z")),
    (
        at(6, 17),
        "pods",
        {"references": BY_SHIPMENT, "delivered_at": "2026-03-06T15:30:00Z", "signer": "Lee"}
        | {"signed_on": "2026-03-06", "pieces": 10},
    ),
    (
        at(7, 15),
        "freight-bills",
        bill("INV-8", linehaul="1650.00", fuel_surcharge="455.00", lumper="80.00"),
    ),
]


@pytest.fixture(scope="module")
def told(doors):
    """Tell the story of a load that is billed too high, and of an order on hold."""
    tell_story(doors)
    return doors


def tell_story(doors):
    """Tell each thing after it happened: what is dated ahead moves no money."""
    for told_at, path, body in STORY:
        doors.clock.at = told_at
        answer = doors.post(f"/v1/{path}", body)
        assert answer.status_code == 202, answer.text
        doors.work()


@contextmanager
def browser(doors, role=Role.ADMIN):
    """Yield a client with a session, as a browser has one."""
    with httpx.Client(
        base_url=doors.address, headers={"Accept": "text/html"}, timeout=60
    ) as client:
        assert client.get(login_path("Ann", role, doors.settings)).status_code == 303
        yield client


def crawled(client, start="/", pages_max=2000):
    """Return every page that links lead to, by its address."""
    seen, ahead = {}, [start]
    while ahead and len(seen) < pages_max:
        address = ahead.pop()
        if address in seen:
            continue
        answer = seen[address] = client.get(address, follow_redirects=True)
        if answer.headers["content-type"].startswith("text/html"):
            links = re.findall(r'(?:href|src)="([^"]+)"', answer.text)
            ahead += [urljoin(address, unescape(link)) for link in links if link[0] != "#"]
    assert not ahead, "the crawl does not end"
    return seen


@pytest.fixture(scope="module")
def pages(told):
    with browser(told) as client:
        return crawled(client)


def test_every_link_leads_somewhere_here(pages):
    assert len(pages) > 50
    assert {
        address: page.status_code for address, page in pages.items() if page.status_code != 200
    } == {}
    assert all(address.startswith("/") for address in pages)


def test_nothing_is_inline_and_nothing_comes_alive(pages):
    for address, page in pages.items():
        if page.headers["content-type"].startswith("text/html"):
            text = re.sub(
                r'<script( type="module")? src="/static/[^"]+"( defer)?></script>', "", page.text
            )
            assert not re.search(r"<script|\sstyle=|<style|\son\w+=|<i>Plant|<b>fragile", text), (
                address
            )


@pytest.mark.parametrize(
    "words",
    [
        "delivered",
        "1,650.00 USD",
        '">ABCD-2026</a> version 1',
        "Arrived pickup",
        "INV-8",
        "contested",
        "BILL",
        "America/Chicago",
        '08:30 <span class="zone">CST</span>',
    ],
)
def test_a_shipment_shows_everything_that_is_known_of_it(pages, words):
    assert words.lower() in pages[f"/shipments/{SHIPMENT}"].text.lower()


def test_the_first_page_counts_what_there_is(pages):
    home = pages["/"].text

    for words in ("on hold", "delivered", "contested", "finance", SHIPMENT, "erp, finance: ready"):
        assert words in home, words
    assert "Milestone reported, for a name that nobody knows yet" in home


def test_a_held_order_says_why(pages):
    assert "UMBRELLA" in pages["/orders/SO-8002"].text
    assert "on hold" in pages["/orders/SO-8002"].text


def test_every_page_has_its_twin(pages):
    twins = {address for address in pages if address.split("?")[0].endswith(".json")}

    assert {"/home.json", "/shipments.json", f"/shipments/{SHIPMENT}.json"} <= twins
    for address in twins:
        assert pages[address].headers["content-type"] == "application/json", address


def test_customer_service_sees_no_money(told):
    with browser(told, Role.CUSTOMER_SERVICE) as client:
        pages = crawled(client)
    for path, page in pages.items():
        if page.status_code == 200 and not path.startswith(("/cases", "/static")):
            text = re.sub(r'class="cards".*?</ul>', "", page.text, flags=re.DOTALL)
            assert not re.search(r"\d\.\d\d USD|1650|2105", text), path


@pytest.mark.parametrize(
    ("query", "leads_to"),
    [
        (SHIPMENT, f"/shipments/{SHIPMENT}"),
        ("so-8001", "/orders/SO-8001"),
    ],
    ids=["shipment", "order in small letters"],
)
def test_an_exact_hit_leads_straight_to_its_page(told, query, leads_to):
    with browser(told) as client:
        answer = client.get(f"/search?q={query}")

    assert answer.status_code == 303
    assert answer.headers["location"].startswith(leads_to)


def test_a_reference_that_nobody_knows_is_told_so(told):
    with browser(told) as client:
        page = client.get("/search", params={"q": "<none>\x00"})

    assert page.status_code == 200
    assert "Nobody knows this reference" in page.text
    assert "&lt;none&gt;" in page.text


def test_empty_because_filtered_is_told_apart_from_empty(told):
    with browser(told) as client:
        filtered = client.get("/shipments?status=refused")
        unfit = client.get("/shipments", params={"status": "\x00"})

    assert "Nothing fits this filter" in filtered.text
    assert unfit.status_code == 400


def test_a_person_is_told_in_a_page_what_is_wrong(told):
    with browser(told) as client:
        page = client.get("/shipments/S-NOBODY")

    assert page.status_code == 404
    assert "There is no shipment that you may see." in page.text
    assert page.headers["content-type"].startswith("text/html")
