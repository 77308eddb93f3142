"""What is said of a mapping that cannot be read, and that the examples can be."""

from pathlib import Path

import pytest

from drawbar.connectors.table.manifest import HistoryTable, OrderTable
from drawbar.connectors.table.mapping_file import UnreadableMapping, read_mapping

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
HISTORY = """
name: old
describes: history
file: {}
order_ref: {column: ID}
customer_ref: {constant: "NO"}
delivered_on: {column: Day, forms: ["%Y-%m-%d"]}
freight: {column: Cost, currency: USD, rules: []}
"""


def test_the_examples_are_mappings():
    assert isinstance(read_mapping((EXAMPLES / "usaid.yaml").read_text()), HistoryTable)
    assert isinstance(read_mapping((EXAMPLES / "orders.yaml").read_text()), OrderTable)


def test_a_mapping_needs_only_what_every_line_has():
    table = read_mapping(HISTORY)

    assert isinstance(table, HistoryTable)
    assert table.columns == ("ID", "Day", "Cost")
    assert table.customer_ref.constant == "NO"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("file: {}", "file: {delimiter: ;}", "unknown field `delimiter` - at `$.file`"),
        ("describes: history", "describes: stock", "'stock' - at `$.describes`"),
        ("column: ID", "colum: ID", "unknown field `colum`"),
        ("{column: ID}", "{column: ID, matches: '('}", "regular expression"),
        ("%Y-%m-%d", "%y-%m-%d", "years_from"),
        ("USD", "dollars", "$.freight.currency"),
        ("rules: []", "rules: [{end: billed, matches: x}]", "lacks (?P<figure>"),
        ("name: old", "name: Old Table", "$.name"),
        ("freight: {", "freight: [", "not YAML"),
        ("file: {}", "file: {delimiters: ['ab']}", "one character"),
    ],
)
def test_a_mapping_that_does_not_say_what_it_must_is_refused_at_its_place(old, new, said):
    with pytest.raises(UnreadableMapping) as refused:
        read_mapping(HISTORY.replace(old, new))

    assert said in str(refused.value)
