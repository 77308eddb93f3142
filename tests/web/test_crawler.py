"""No dead end: every number on every page leads to its rows, and every row to facts and bytes."""

import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

import httpx
import pytest
from msgspec import Struct

from drawbar.web.auth.role import Role
from drawbar.web.login import login_path
from tests.web.a_week import tell_a_week

pytestmark = pytest.mark.system

FIGURE = re.compile(r"\d[\d,]*\.\d+ [A-Z]{3}\b|\b\d+\.\d %")
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
HOLDERS = frozenset(["a", "tr", "li", "dd", "p", "figure"])
SOURCES = ("/facts", "/messages", "/contracts", "/policies")  # where an amount begins
TOLD_WHOLE = (
    "/cases/",
    "/case-group?",
    "/claims/",
    "/disputes/",
    "/as-known/",
)  # a story in sentences
PAGES_MAX = 3000
QUERIES_MAX = 12  # of one path: a board can be narrowed and ordered in ever more ways


class Node(Struct, eq=False):
    """One element of a page."""

    tag: str
    attrs: dict
    parent: object = None
    texts: list = []
    children: list = []

    def every(self):
        yield self
        for child in self.children:
            yield from child.every()

    def leads_on(self):
        return any(one.tag == "a" and "href" in one.attrs for one in self.every())

    def is_explained(self, holders=HOLDERS):
        """Say whether a number's row, item or sentence leads on, or is itself the reason."""
        at = self
        while at.parent:
            if at.tag == "details" or (at.tag in holders and at.leads_on()):
                return True
            at = at.parent
        return False


class Tree(HTMLParser):
    """Reads a page into nodes."""

    def __init__(self, html):
        super().__init__()
        self.root = self.at = Node(tag="", attrs={}, texts=[], children=[])
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        node = Node(tag=tag, attrs=dict(attrs), parent=self.at, texts=[], children=[])
        self.at.children.append(node)
        if tag not in VOID:
            self.at = node

    def handle_endtag(self, tag):
        at = self.at
        while at.parent and at.tag != tag:
            at = at.parent
        if at.tag == tag:
            self.at = at.parent

    def handle_data(self, data):
        self.at.texts.append(data)


def links(address, tree):
    for node in tree.every():
        if node.tag == "a" and node.attrs.get("href"):
            yield urljoin(address, node.attrs["href"]).split("#")[0]


@pytest.fixture(scope="module")
def client(doors):
    tell_a_week(doors)
    with httpx.Client(
        base_url=doors.address, headers={"Accept": "text/html"}, timeout=60
    ) as visitor:
        assert visitor.get(login_path("Ann", Role.ADMIN, doors.settings)).status_code == 303
        yield visitor


@pytest.fixture(scope="module")
def pages(client):
    """Return every page that links lead to from the first one, read as a tree."""
    seen, ahead, asked = {}, ["/"], Counter()
    while ahead:
        address = ahead.pop(0)
        path, _, query = address.partition("?")
        if address in seen or not address.startswith("/") or asked[path] >= QUERIES_MAX:
            continue
        asked[path] += bool(query)
        assert len(seen) < PAGES_MAX, "the crawl does not end"
        answer = client.get(address, follow_redirects=True)
        assert answer.status_code == 200, address
        is_page = answer.headers["content-type"].startswith("text/html")
        seen[address] = Tree(answer.text).root if is_page else None
        ahead += links(address, seen[address]) if is_page else []
    return {address: tree for address, tree in seen.items() if tree}


def of_kind(pages, kind):
    return {address: tree for address, tree in pages.items() if address.startswith(f"/{kind}/")}


def test_the_crawl_sees_every_kind_of_page(pages):
    kinds = {urlsplit(address).path.split("/")[1] for address in pages}

    assert {
        *("", "shipments", "orders", "bills", "cases", "deliveries", "messages", "facts"),
        *("figures", "contracts", "waits", "search"),
    } <= kinds


def counted(pages):
    for address, tree in pages.items():
        for node in tree.every():
            if "data-count" in node.attrs:
                yield address, node.attrs


def rows_behind(client, href):
    """Return how many rows a link leads to, over all the pages of its twin."""
    path, _, query = href.split("#")[0].partition("?")
    rows, after = 0, ""
    while after is not None:
        asked = "&".join(part for part in (query, f"after={after}" if after else "") if part)
        told = client.get(f"{path}.json?{asked}").json()
        rows += sum(len(told.get(name, ())) for name in ("items", "parked", "deadlines"))
        after = told.get("next")
    return rows


def test_a_count_is_the_number_of_rows_behind_it(client, pages):
    figures = list(counted(pages))

    assert len(figures) > 20
    assert any(int(attrs["data-count"]) > 1 for _, attrs in figures)
    wrong = [
        (address, attrs["data-figure"], attrs["data-count"], rows_behind(client, attrs["href"]))
        for address, attrs in figures
        if int(attrs["data-count"]) != rows_behind(client, attrs["href"])
    ]
    assert wrong == []


def holders_on(address):
    """Return what holds a number and its way on: of what is told as a whole, its whole section."""
    is_told_whole = address.startswith(TOLD_WHOLE) or address.endswith("/packet")
    return HOLDERS | {"section"} if is_told_whole else HOLDERS


def test_every_amount_and_share_leads_on(pages):
    stuck = [
        (address, text.strip())
        for address, tree in pages.items()
        if not address.startswith(SOURCES) and not address.endswith("/print")  # paper has no links
        for node in tree.every()
        for text in node.texts
        if FIGURE.search(text)
        and not node.is_explained(holders_on(address))
        and "You may approve" not in text
    ]

    assert stuck == []


@pytest.mark.parametrize("kind", ["shipments", "bills"])
def test_every_load_and_bill_reaches_a_fact_and_the_bytes_that_said_it(client, pages, kind):
    whole = {at: tree for at, tree in of_kind(pages, kind).items() if "?" not in at}
    found = {at: tree for at, tree in whole.items() if not at.endswith("/packet")}

    assert len(found) > 3
    for address, tree in found.items():
        on = set(links(address, tree))
        facts = {link for link in on if link.startswith("/facts/")}
        told = {urlsplit(link).path for link in on if link.startswith("/messages/")}
        assert facts, address
        assert told, address
        assert client.get(f"{told.pop()}/raw").content, address


def test_every_case_leads_to_what_it_is_about_and_to_who_said_it(pages):
    found = of_kind(pages, "cases")

    assert found
    for address, tree in found.items():
        on = {urlsplit(link).path.split("/")[1] for link in links(address, tree)}
        assert on & {"facts", "messages"}, address


def test_every_row_of_a_figure_has_a_page(client, pages):
    for address, tree in of_kind(pages, "figures").items():
        path, _, query = address.partition("?")
        told = client.get(f"{path}.json?{query}").json()
        on = set(links(address, tree))
        for item in told["items"]:
            page = "bills" if item["kind"] == "freight_bill" else "shipments"
            assert f"/{page}/{item['ref']}" in on, address


def test_every_fact_that_came_in_bytes_marks_its_place_in_them(client, pages):
    marked = 0
    for address, tree in of_kind(pages, "messages").items():
        if "place=" in address:
            assert any(node.attrs.get("id") == "here" for node in tree.every()), address
            marked += 1
    assert marked > 5


def test_every_fact_leads_to_whose_story_it_is(pages):
    for address, tree in of_kind(pages, "facts").items():
        on = {urlsplit(link).path.split("/")[1] for link in links(address, tree)}
        assert on & {"shipments", "orders", "bills", "messages", "search"}, address


def test_every_message_leads_to_a_story_or_says_that_it_has_none(pages):
    kept = {at: tree for at, tree in of_kind(pages, "messages").items() if "/edit" not in at}
    for address, tree in kept.items():
        inside = next(node for node in tree.every() if node.tag == "main")
        on = {urlsplit(link).path.split("/")[1] for link in links(address, inside)}
        texts = " ".join(text for node in inside.every() for text in node.texts)
        assert on & {"shipments", "orders", "bills", "search"} or "It touched none" in texts, (
            address
        )


def test_every_link_to_a_part_of_a_page_finds_the_part(pages):
    ids = {
        address: {node.attrs.get("id") for node in tree.every()} for address, tree in pages.items()
    }
    for address, tree in pages.items():
        for node in tree.every():
            target, _, part = urljoin(address, node.attrs.get("href", "")).partition("#")
            if part and target in ids:
                assert unquote(part) in ids[target], (address, target, part)
