"""How a page acts: by a person of a session, from our own form, once, and with what came of it."""

import re

import httpx
import pytest

from drawbar.freight.charge import ChargeKind
from drawbar.web.auth.role import Role
from drawbar.web.auth.visitor import form_token
from drawbar.web.login import login_path
from tests.flow.stage import answered, bill, driven, released

pytestmark = pytest.mark.system

LINEHAUL, LUMPER = (ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.LUMPER, "100.00")
PATH = "/bills/B-1/close-dispute"


@pytest.fixture(scope="module")
def books(doors):
    doors.engine.learn([released(), answered("S-1001-V1T1"), *driven(), bill(LINEHAUL, LUMPER)])
    doors.work()
    return doors


@pytest.fixture
def ann(books):
    """Yield the browser of somebody of finance who has a session."""
    with httpx.Client(base_url=books.address, timeout=60) as client:
        client.get(login_path("Ann", Role.FINANCE, books.settings), follow_redirects=False)
        yield client


def token(doors, client):
    return form_token(client.cookies["drawbar_session"], secret=doors.settings.secret)


def filled(doors, client, **more):
    form = {"form_token": token(doors, client), "form_key": "a-key-of-a-test", "line": "9"}
    return form | {"conceded": "0.00", "reason": "we agreed by phone", "back": "/bills/B-1"} | more


def said(client, answer):
    """Follow the way back and return what the page tells, and whether it is a refusal."""
    assert answer.status_code == 303, answer.text
    page = client.get(answer.headers["location"]).text
    found = re.search(r'<p class="told( refused)?"[^>]*>(.*?)</p>', page, re.DOTALL)
    assert found, page
    return found[2], bool(found[1])


def test_what_came_of_an_action_is_told_once_on_the_page_it_came_from(books, ann):
    text, is_refusal = said(ann, ann.post(PATH, data=filled(books, ann)))

    assert is_refusal
    assert "line 9 of B-1 is not in dispute" in text
    assert "told" not in ann.get("/bills/B-1").text.split("<h1")[0].split("<main")[1]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"form_token": ""}, "not of your session"),
        ({"form_token": "00" * 32}, "not of your session"),
        ({"form_key": ""}, "has no key"),
        ({"reason": " "}, "Say why"),
        ({"line": "x"}, "is no whole number"),
        ({"conceded": "1e9x"}, "is no amount"),
    ],
    ids=["no token", "foreign token", "no key", "no reason", "no number", "no amount"],
)
def test_a_form_that_is_not_as_it_was_shown_does_nothing(books, ann, change, says):
    text, is_refusal = said(ann, ann.post(PATH, data=filled(books, ann, **change)))

    assert is_refusal
    assert says in text


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}],
    ids=["other origin", "no origin", "cross-site"],
)
def test_a_page_elsewhere_cannot_act_for_somebody(books, ann, headers):
    assert ann.post(PATH, data=filled(books, ann), headers=headers).status_code == 403


def test_nobody_acts_without_a_session(books):
    assert httpx.post(books.address + PATH, data={"reason": "because"}).status_code == 401


def test_a_role_that_may_not_is_refused_whatever_the_form_says(books):
    with httpx.Client(base_url=books.address, timeout=60) as client:
        client.get(login_path("Bob", Role.DISPATCHER, books.settings), follow_redirects=False)

        assert client.post(PATH, data=filled(books, client)).status_code == 403


@pytest.mark.parametrize("back", ["//elsewhere.example", "https://elsewhere.example", "/\\x", ""])
def test_nobody_is_sent_to_another_site(books, ann, back):
    answer = ann.post(PATH, data=filled(books, ann, back=back))

    assert answer.headers["location"].startswith("/bills")


def test_a_double_click_acts_once(books, ann):
    form = filled(books, ann, line="2", conceded="40.00", form_key="clicked-twice")
    first, again = (said(ann, ann.post(PATH, data=form)) for _ in range(2))

    assert first == ("The dispute about line 2 is closed: 40.00 USD conceded.", False)
    assert (again[0].split(":")[0], again[1]) == ("This was done already", False)
    assert ann.get("/bills/B-1.json").json()["payable"]["amount"] == "1690.00"
