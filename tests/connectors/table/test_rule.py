"""What dirty columns mean: a rule for each look of a cell, and a refusal for any other."""

from decimal import Decimal

import pytest

from drawbar.connectors.table.cell import Refused, Row
from drawbar.connectors.table.layout import NumberForm
from drawbar.connectors.table.rule import Found, FreightColumn, Rule
from drawbar.freight.history import FreightBasis

COST = FreightColumn(
    column="Cost",
    currency="USD",
    rules=(
        Rule(end=FreightBasis.BILLED, matches=r"(?P<figure>[0-9.]+)"),
        Rule(end=FreightBasis.ON_OTHER_SHIPMENT, matches=r"See \w+-[0-9]+ \(ID#:(?P<other>\d+)\)"),
        Rule(end=FreightBasis.IN_GOODS_PRICE, matches="Freight Included in Commodity Cost"),
    ),
)


def found(text: str) -> Found[FreightBasis]:
    return COST.found(Row(2, (text,), {"cost": 0}, NumberForm()))


def test_a_figure_is_what_was_billed():
    assert found("4521.5") == Found(end=FreightBasis.BILLED, figure=Decimal("4521.5"))


def test_a_pointer_names_the_other_line():
    assert found("See DN-4307 (ID#:83920)") == Found(
        end=FreightBasis.ON_OTHER_SHIPMENT, other="83920"
    )


def test_a_text_may_be_an_end_of_its_own():
    assert found("Freight Included in Commodity Cost").end is FreightBasis.IN_GOODS_PRICE


@pytest.mark.parametrize("text", ["", "See DN-4307", "780.34 USD", "-5", "Freight included"])
def test_a_cell_that_no_rule_fits_is_refused(text):
    with pytest.raises(Refused) as refused:
        found(text)

    assert "add a rule" in refused.value.remedy


def test_a_rule_that_fits_a_text_which_is_no_figure_is_refused():
    with pytest.raises(Refused, match="not a number"):
        found("1.2.3")


def test_cells_that_look_alike_share_a_cause():
    causes = set()
    for text in ("See DN-1", "See DN-4307"):
        with pytest.raises(Refused) as refused:
            found(text)
        causes.add(refused.value.cause)

    assert causes == {"cost:rule:See DN-9"}


@pytest.mark.parametrize("end", [FreightBasis.BILLED, FreightBasis.ON_OTHER_SHIPMENT])
def test_a_rule_names_what_its_end_needs(end):
    with pytest.raises(ValueError, match="lacks"):
        Rule(end=end, matches="[0-9]+")
