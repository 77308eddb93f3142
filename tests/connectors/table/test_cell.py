"""What a cell means under its mapping; what the mapping does not know is refused by name."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.connectors.table.cell import (
    Cell,
    CountCell,
    DayCell,
    MoneyCell,
    Refused,
    Row,
    WeightCell,
    columns_of,
)
from drawbar.connectors.table.layout import NumberForm
from drawbar.freight.money import Money

GERMAN = NumberForm(point=",", thousands=".")


def row(text: str, numbers: NumberForm | None = None) -> Row:
    return Row(7, (text,), {"x": 0}, numbers or NumberForm())


def test_blanks_around_a_cell_are_dropped():
    assert Cell(column="X").text(row("  Dallas ")) == "Dallas"


def test_a_text_that_stands_for_nothing_is_nothing():
    assert Cell(column="X", absent=("N/A",)).text(row("N/A")) == ""


def test_a_constant_holds_for_every_line():
    assert Cell(constant="US").text(row("anything")) == "US"


def test_a_word_is_translated_and_gets_its_prefix():
    assert Cell(column="X", values={"Air": "air"}, prefix="by ").text(row("Air")) == "by air"


@pytest.mark.parametrize(
    ("cell", "text", "cause"),
    [
        (Cell(column="X", values={"Air": "air"}), "Rail", "x:value:Rail"),
        (Cell(column="X", matches="[0-9]+"), "12a", "x:form"),
        (Cell(column="X"), "a\nb", "x:control"),
        (Cell(column="X"), "", "x:empty"),
    ],
    ids=["unknown word", "other form", "line end inside", "nothing"],
)
def test_what_the_mapping_does_not_know_is_refused_with_its_cause(cell, text, cause):
    with pytest.raises(Refused) as refused:
        cell.needed(row(text))

    assert (refused.value.column, refused.value.cause) == ("X", cause)
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("form", "text", "figure"),
    [
        (NumberForm(), "780.34", "780.34"),
        (NumberForm(thousands=","), "1,234,567.8", "1234567.8"),
        (GERMAN, "1.234,56", "1234.56"),
        (GERMAN, "-12", "-12"),
    ],
)
def test_a_figure_is_exact(form, text, figure):
    assert form.decimal(text) == Decimal(figure)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (NumberForm(), "1,234"),
        (GERMAN, "12.34"),
        (NumberForm(thousands=","), "1,23"),
        (NumberForm(), "NaN"),
        (NumberForm(), "1e400"),
        (NumberForm(), "٣"),
        (NumberForm(), "1" * 16),
        (NumberForm(), "$5"),
    ],
)
def test_a_figure_in_another_form_is_refused(form, text):
    with pytest.raises(ValueError, match="is not a number written as"):
        form.decimal(text)


def test_one_mark_cannot_be_point_and_thousands():
    with pytest.raises(ValueError, match="decimal point"):
        NumberForm(point=",", thousands=",")


@given(st.decimals("-999999999.99", "999999999.99", places=2))
def test_no_cent_is_lost_between_a_written_amount_and_money(amount):
    text = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
    cell = MoneyCell(column="X", currency="EUR")

    assert cell.money(row(text, GERMAN)) == Money(amount, "EUR")


@pytest.mark.parametrize("text", ["0", "-3", "2.5", "many", ""])
def test_what_counts_no_things_is_refused(text):
    with pytest.raises(Refused):
        CountCell(column="X").count(row(text))


def test_kilograms_become_pounds_to_the_hundredth():
    assert WeightCell(column="X", unit="kg").pounds(row("1000")) == Decimal("2204.62")
    assert WeightCell(column="X", unit="lb").pounds(row("21600")) == Decimal(21600)


@pytest.mark.parametrize(
    "wrong",
    [
        Cell,
        lambda: Cell(column="A", constant="B"),
        lambda: Cell(column="A", matches="("),
        lambda: DayCell(column="A", forms=()),
    ],
    ids=["no source", "two sources", "no pattern", "no form"],
)
def test_a_field_that_could_never_be_read_is_refused_before_any_line(wrong):
    with pytest.raises(ValueError, match=r"either|regular|at least"):
        wrong()


def test_the_columns_of_a_mapping_are_found_however_deep_they_stand():
    fields = ((Cell(column="A"), None), Cell(constant="c"), Cell(column="B"), "text")

    assert columns_of(*fields) == ("A", "B")
