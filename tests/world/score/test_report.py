"""The report stands by itself: one file, well formed, escaped, each chart with its table."""

import re
import xml.etree.ElementTree as ET

import pytest

from drawbar.world.score.report import report
from tests.world.score.town import Town, day

HOSTILE = '<script>alert("x")</script>'


@pytest.fixture
def page(town: Town) -> str:
    town.whole("SO-1")
    town.voucher("SO-1", at=day(3))
    town.whole("SO-2", payable="900.00", kind="fuel_wrong_week")
    town.voucher("SO-2", "950.00")
    town.whole("SO-3", payable="0.00", currency="CAD", kind="wrong_currency")
    town.whole("SO-4", payable="900.00", kind="payee_changed", judged=False)
    town.whole("SO-5", key=HOSTILE)
    town.fault("erp_outage")
    return report(town.score())


def tree(page: str) -> ET.Element:
    """Return the page as XML; only what HTML leaves open is closed first."""
    closed = re.sub(r"<meta ([^>]*)>", r"<meta \1/>", page.removeprefix("<!doctype html>\n"))
    return ET.fromstring(closed)  # noqa: S314 - we wrote it


def test_it_is_well_formed_and_loads_nothing(page):
    names = {one.tag for one in tree(page).iter()}

    assert not names & {"script", "link", "img", "iframe", "object"}
    assert "http" not in page.replace("http-equiv", "")
    assert "url(" not in page


def test_what_others_wrote_is_shown_and_never_obeyed(page):
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_each_chart_has_a_title_and_words_and_ids_are_unique(page):
    charts = list(tree(page).iter("svg"))

    told = [(one.find("title").text, one.find("desc").text) for one in charts]
    assert len(told) == 3
    assert all(title and words for title, words in told)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {one for svg in charts for one in svg.get("aria-labelledby").split()} == set(ids)


def test_each_bar_says_its_value_in_words(page):
    texts = ["".join(one.itertext()) for one in tree(page).iter("text")]

    assert "50.00 stopped · 50.00 leaked" in texts
    assert "0.00 % · 0 of 1" in texts
    assert "wrong currency, CAD" in texts


def test_every_row_of_a_table_has_a_cell_for_each_heading(page):
    for table in tree(page).iter("table"):
        headings = len(table.findall("thead/tr/th"))
        assert table.find("caption").text
        assert {len(row) for row in table.findall("tbody/tr")} == {headings}


def test_what_must_be_zero_and_is_not_is_said_in_words(page):
    assert "Not zero, though it must be: false approvals, lost." in page


def test_a_run_without_mistakes_says_so(town: Town):
    town.whole("SO-1")
    town.voucher("SO-1")
    town.invoice("SO-1")

    page = report(town.score())

    assert "Everything that must be zero is zero." in page
    assert "Lost" not in page


def test_one_dear_bill_does_not_make_the_others_vanish(town: Town):
    for number, billed in enumerate(("1010.00", "1020.00", "1030.00", "91000.00")):
        town.whole(f"SO-{number}", billed=billed, payable="1000.00", kind=f"kind_{number}")
        town.voucher(f"SO-{number}")

    money = next(tree(report(town.score())).iter("svg"))

    widths = {g[0].text: float(g.find("rect").get("width")) for g in money.iter("g")}
    words = ["".join(g[-1].itertext()) for g in money.iter("g")]
    assert widths == {"kind 3": 140.0, "kind 2": 35.0, "kind 1": 23.3, "kind 0": 11.7}
    assert words[0] == "» 90,000.00 stopped"


@pytest.mark.system
@pytest.mark.needs("chromium")
def test_a_browser_shows_it_in_both_themes_at_any_width(page, chromium, tmp_path):
    file = tmp_path / "report.html"
    file.write_text(page)
    for scheme in ("light", "dark"):
        context = chromium.new_context(color_scheme=scheme, viewport={"width": 390, "height": 800})
        shown, asked, complaints = context.new_page(), [], []
        shown.on("request", lambda request, asked=asked: asked.append(request.url))
        shown.on("console", lambda said, heard=complaints: heard.append(said.text))
        shown.goto(file.as_uri())
        assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert (asked, complaints) == ([file.as_uri()], [])
        context.close()
