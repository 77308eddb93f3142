"""A board in a browser: thousands of rows, filters in the address, keys, and rows that arrive."""

import pytest
from playwright.sync_api import expect

from drawbar.web.auth.role import Role
from tests.browser.conftest import MANY, signed_in
from tests.web.test_browser import ORDER

pytestmark = [pytest.mark.system, pytest.mark.needs("chromium")]

FILLED = "[data-board][data-filled]"


def board(window, books, path="/shipments"):
    page = window.new_page()
    page.goto(books.address + path)
    return page


def filled(window, books, path="/shipments"):
    page = board(window, books, path)
    page.wait_for_selector(FILLED)
    return page


def focused_row(page):
    return page.evaluate("document.activeElement.closest('.ag-row')?.getAttribute('row-index')")


def test_five_thousand_rows_are_all_there_and_few_are_drawn(window, books):
    page = filled(window, books)

    expect(page.locator(".totals")).to_have_text(f"{MANY + 1:,} rows")
    assert page.locator(".ag-center-cols-container .ag-row").count() < 60


def test_a_board_of_thousands_is_usable_in_a_few_seconds(window, books):
    page = board(window, books)
    page.wait_for_selector(".ag-row", timeout=8_000)

    ready = page.evaluate("performance.now()")
    assert ready < 8_000, ready


def test_a_column_is_sorted_by_what_it_means(window, books):
    page = filled(window, books)
    page.get_by_role("columnheader", name="Pickup").click()

    first = page.locator('.ag-center-cols-container [row-index="0"]')
    expect(first).to_contain_text("S-T-00001")


def test_filters_stand_in_the_address_and_come_off_one_by_one(window, books):
    page = board(window, books, "/shipments?status=delivered&customer=GLOBEX&lane=Reno")
    page.wait_for_selector(".chip")

    page.locator(".chip", has_text="Reno").click()
    page.wait_for_url("**/shipments?status=delivered&customer=GLOBEX")
    assert page.get_by_label("state").input_value() == "delivered"


def test_the_grid_says_the_same_as_the_page_without_scripts(window, books, chromium):
    path = "/shipments?q=S-SO-8001"
    with_script = filled(window, books, path).locator(".ag-row .cell").all_inner_texts()
    with signed_in(chromium, books, java_script_enabled=False) as plain:
        cells = board(plain, books, path).locator("tbody td").all_inner_texts()

    def words(texts):
        return [" ".join(text.split()) for text in texts]

    assert words(with_script) == words(cells)


def test_j_and_k_move_x_chooses_and_enter_opens(window, books):
    page = filled(window, books)
    for key in "jjk":
        page.keyboard.press(key)
    assert focused_row(page) == "0"

    page.keyboard.press("x")
    expect(page.locator(".totals")).to_contain_text("1 chosen")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/shipments/S-T-04999")


def test_a_new_row_waits_until_somebody_asks_for_it(window, books):
    page = filled(window, books)
    top = page.locator('.ag-center-cols-container [row-index="0"]').get_attribute("row-id")

    books.post("/v1/orders", ORDER | {"order_ref": "SO-ZZ-1"})
    books.work()

    fresh = page.locator(".fresh")
    expect(fresh).to_have_text("1 new")
    assert page.locator('.ag-center-cols-container [row-index="0"]').get_attribute("row-id") == top
    fresh.click()
    expect(page.locator('.ag-center-cols-container [row-index="0"]')).to_contain_text("S-SO-ZZ-1")


def test_a_row_that_changes_changes_in_its_place(window, books):
    order = ORDER | {"order_ref": "SO-ZZ-2"}
    assert books.post("/v1/orders", order).status_code == 202
    books.work()
    page = filled(window, books, "/orders")
    revision = page.locator('[row-id="SO-ZZ-2"] [col-id="Revision"]')
    expect(revision).to_have_text("1")

    changed = order | {"revision": 2, "stated_at": "2026-03-02T14:30:00Z"}
    headers = books.key(Role.ADMIN)
    answer = books.client.put("/v1/orders/SO-ZZ-2", json=changed, headers=headers)
    assert answer.status_code == 202, answer.text
    books.work()

    expect(revision).to_have_text("2")
    expect(page.locator(".fresh")).to_be_hidden()


@pytest.mark.parametrize("path", ["/shipments", "/cases", "/messages"])
def test_a_board_works_without_scripts(chromium, books, path):
    with signed_in(chromium, books, java_script_enabled=False) as window:
        page = board(window, books, path)

        assert page.locator("tbody tr").count() > 0
        assert not page.locator(".tools").is_visible()
        page.get_by_label("text").fill("8001")
        page.get_by_role("button", name="Show").click()
        assert "q=8001" in page.url


def test_the_three_kinds_of_nothing_are_told_apart(chromium, books):
    with signed_in(chromium, books, java_script_enabled=False) as window:
        said = {
            path: board(window, books, path).locator(".why-empty").inner_text()
            for path in ("/shipments?q=nowhere", "/orders?q=nowhere")
        }
    assert all("Nothing fits this filter" in text for text in said.values())
