"""How pages look and are reached: themes, clocks, keys, and nothing that locks anybody out."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import signed_in

pytestmark = [pytest.mark.system, pytest.mark.needs("chromium")]

PAGES = [
    "/",
    "/orders",
    "/orders/SO-8002",
    "/shipments?q=T-049",
    "/shipments?q=nowhere",
    "/shipments/S-SO-8001",
    "/bills",
    "/cases",
    "/deliveries",
    "/messages",
    "/waits",
    "/exposure",
    "/month-end",
    "/payables",
    "/payments",
    "/payees",
    "/policies",
    "/contracts",
    "/claim-candidates",
    "/case-groups",
    "/kpis",
    "/search?q=8001",
    "/search?q=nobody-knows",
    "/nowhere",
]
_SERIOUS = {"serious", "critical"}


def findings(page):
    """Return what axe finds serious, with where it stands."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return {
        each["id"]: [" ".join(node["target"]) for node in each["nodes"]][:5]
        for each in found
        if each["impact"] in _SERIOUS
    }


@pytest.fixture(scope="module", params=["light", "dark"])
def themed(request, chromium, books):
    with signed_in(chromium, books, color_scheme=request.param, bypass_csp=True) as window:
        yield window


@pytest.mark.parametrize("path", PAGES)
def test_nothing_on_a_page_locks_anybody_out(themed, books, path):
    page = themed.new_page()
    page.goto(books.address + path)
    if page.locator("[data-board] tbody tr").count():
        page.wait_for_selector(".ag-row")

    assert findings(page) == {}, path
    page.close()


def test_a_text_too_pale_to_read_would_be_found(themed, books):
    page = themed.new_page()
    page.goto(books.address + "/waits")
    page.add_style_tag(content="h1 { color: #888 !important; background: #999 }")

    assert "color-contrast" in findings(page)
    page.close()


def test_the_help_and_the_menu_lock_nobody_out(themed, books):
    page = themed.new_page()
    page.goto(books.address + "/")
    page.get_by_text("View", exact=True).click()
    with_menu = findings(page)
    page.keyboard.press("Escape")
    page.keyboard.press("?")

    assert (with_menu, findings(page)) == ({}, {})
    page.close()


def test_a_theme_once_chosen_stays_and_does_not_flash(window, books):
    page = window.new_page()
    page.goto(books.address + "/orders")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_text("View", exact=True).click()
    page.get_by_label("dark").check()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")

    page.goto(books.address + "/bills", wait_until="commit")
    page.wait_for_selector("body")
    assert light != dark
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


def test_times_are_shown_on_whose_clock_somebody_wants(window, books):
    page = window.new_page()
    page.goto(books.address + "/shipments/S-SO-8001")
    due = page.locator("time[data-zone='America/Chicago']").first
    expect(due).to_contain_text("CDT")

    page.get_by_text("View", exact=True).click()
    page.get_by_label("UTC").check()
    expect(due).to_contain_text("UTC")
    page.get_by_label("at the stop").check()
    expect(due).to_contain_text("CDT")


def test_a_slash_leads_to_the_search_box_and_an_exact_hit_to_its_page(window, books):
    page = window.new_page()
    page.goto(books.address + "/waits")
    page.keyboard.press("/")
    page.keyboard.type("S-SO-8001")
    page.keyboard.press("Enter")

    page.wait_for_url("**/shipments/S-SO-8001")


def test_two_letters_lead_to_a_desk(window, books):
    page = window.new_page()
    page.goto(books.address + "/waits")
    page.keyboard.press("g")
    page.keyboard.press("b")

    page.wait_for_url("**/bills")


def test_a_question_mark_shows_the_keys_and_escape_closes_them(window, books):
    page = window.new_page()
    page.goto(books.address + "/orders")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("any reference")

    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_letters_in_a_field_are_letters(window, books):
    page = window.new_page()
    page.goto(books.address + "/orders")
    page.get_by_label("text").fill("")
    page.get_by_label("text").press_sequentially("gb?/jkx")

    assert page.get_by_label("text").input_value() == "gb?/jkx"
    assert page.url.endswith("/orders")


def test_everything_in_the_bar_is_reached_by_tab(window, books):
    page = window.new_page()
    page.goto(books.address + "/orders")
    reached = []
    for _ in range(20):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim().slice(0, 20)"))
        if reached[-1] == "Traffic":
            page.keyboard.press("Enter")  # a menu is one step, and its desks follow once it is open

    assert {"To the content", "Drawbar", "Money", "Waits", "Find", "View", "Keys"} <= set(reached)


def test_one_menu_of_desks_is_open_at_a_time_and_closes_by_escape_or_elsewhere(window, books):
    page = window.new_page()
    page.goto(books.address + "/orders")
    money = page.get_by_role("link", name="Month end")
    traffic = page.get_by_role("link", name="Lanes")

    page.get_by_text("Money", exact=True).click()
    expect(money).to_be_visible()
    page.get_by_text("Traffic", exact=True).click()
    expect(money).to_be_hidden()
    page.keyboard.press("Escape")
    expect(traffic).to_be_hidden()
    assert page.evaluate("document.activeElement.textContent") == "Traffic"

    page.get_by_text("Money", exact=True).click()
    page.get_by_role("heading", level=1).click()
    expect(money).to_be_hidden()


@pytest.mark.parametrize("menu", ["Money", "Traffic"])
def test_a_menu_of_desks_locks_nobody_out(themed, books, menu):
    page = themed.new_page()
    page.goto(books.address + "/orders")
    page.get_by_text(menu, exact=True).click()

    assert findings(page) == {}
    page.close()


def test_a_page_says_when_it_hears_nothing_any_more(window, books):
    page = window.new_page()
    page.clock.install()
    page.goto(books.address + "/orders")
    expect(page.locator("#pulse")).to_contain_text("live")

    window.set_offline(True)
    page.clock.run_for(15_000)
    expect(page.locator("#stale")).to_be_visible()
    window.set_offline(False)


def test_a_board_and_a_picture_make_the_browser_complain_of_nothing(window, books):
    page, complaints = window.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(books.address + "/shipments?q=T-049")
    page.wait_for_selector(".ag-row")
    page.evaluate(PICTURE)
    page.wait_for_selector(".chart svg")

    page.locator(".chart").hover()
    assert page.locator(".chart").get_attribute("aria-label") == "Loads by day"
    assert complaints == []


PICTURE = """async () => {
  const table = document.createElement("table");
  table.dataset.chart = "bar";
  table.dataset.title = "Loads by day";
  const row = table.createTHead().insertRow();
  row.innerHTML = "<th>Day</th><th>Loads</th>";
  const body = table.createTBody();
  for (const [day, loads] of [["Mon", "1,200"], ["Tue", "900"]]) {
    const cells = body.insertRow();
    cells.insertCell().textContent = day;
    cells.insertCell().textContent = loads;
  }
  document.querySelector("main").append(table);
  const base = document.querySelector("script[src*='desk.js']").src.replace("desk.js", "");
  await new Promise((done) => {
    const script = document.createElement("script");
    script.src = base + "vendor/charts.js";
    script.onload = done;
    document.head.append(script);
  });
  await import(base + "chart.js");
}"""
