"""The way in for a person: one link, once, one session that only reads, on names that are ours."""

from datetime import timedelta

import httpx
import pytest

from drawbar.web.auth.role import Role
from drawbar.web.desks.shipped import static_address
from drawbar.web.headers import HEADERS
from drawbar.web.login import login_path

pytestmark = pytest.mark.system


@pytest.fixture
def browser(doors):
    """Yield a client without any session of an earlier test."""
    with httpx.Client(base_url=doors.address, timeout=60) as client:
        yield client


def link(doors, role=Role.ADMIN):
    return login_path("Ann", role, doors.settings)


def test_a_link_opens_a_session_and_leads_home(doors, browser):
    answer = browser.get(link(doors), follow_redirects=False)

    cookie = answer.headers["set-cookie"]
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert browser.get("/").status_code == 200


def test_nobody_sees_a_page_without_a_session(browser):
    assert browser.get("/").status_code == 401


def test_a_link_works_once(doors, browser):
    path = link(doors)
    browser.get(path, follow_redirects=False)
    browser.cookies.clear()

    assert browser.get(path, follow_redirects=False).status_code == 401


def test_a_session_ends(doors, browser):
    browser.get(link(doors), follow_redirects=False)
    before = doors.clock.at

    doors.clock.at = before + timedelta(hours=12)
    try:
        assert browser.get("/").status_code == 401
    finally:
        doors.clock.at = before


def test_a_session_writes_nothing(doors, browser):
    browser.get(link(doors), follow_redirects=False)

    assert browser.post("/v1/milestones", json={}).status_code == 401


def test_a_session_has_the_scopes_of_its_role_only(doors, browser):
    browser.get(link(doors, Role.CUSTOMER_SERVICE), follow_redirects=False)

    assert browser.get("/bills").status_code == 403
    assert browser.get("/shipments").status_code == 200


def test_a_carrier_gets_no_link_to_our_desks(doors):
    with pytest.raises(ValueError, match="a carrier names itself"):
        link(doors, Role.CARRIER)


@pytest.mark.parametrize(
    "host", ["drawbar.example", "127.0.0.1.example", "", "[::1", "127.0.0.1:80:80"]
)
def test_a_name_that_is_not_ours_is_refused(doors, browser, host):
    answer = browser.get("/healthz", headers={"Host": host})

    assert answer.status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost", "LOCALHOST:1", "[::1]:8080"])
def test_our_own_names_are_answered_on_any_port(browser, host):
    assert browser.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/v1/nothing", "/", "/static/drawbar.css"])
def test_every_answer_forbids_what_is_not_from_here(browser, path):
    headers = browser.get(path).headers

    assert {name: headers[name] for name in HEADERS} == HEADERS


def test_only_static_files_may_be_kept_by_a_browser(browser):
    sheet = static_address("drawbar.css")
    assert "immutable" in browser.get(sheet).headers["Cache-Control"]
    assert browser.get("/v1/nothing").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["..%2Fpage.html", "layout.html", "drawbar.css%00"])
def test_no_other_file_is_served(browser, name):
    assert browser.get(f"/static/{name}").status_code == 404


def test_is_ready_when_the_database_answers(browser):
    assert browser.get("/readyz").json() == {"status": "ok"}
