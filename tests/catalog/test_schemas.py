"""The schema of a fact accepts what we write and refuses what we would not read."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import jsonschema_rs
import msgspec
import pytest

from drawbar.catalog.fact_entries import fact_types
from drawbar.catalog.schemas import DIALECT, fact_schemas
from drawbar.freight.lineage import Lineage
from drawbar.freight.money import Money
from drawbar.freight.order import CustomerPaid

SCHEMAS = fact_schemas()
NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
PAID = CustomerPaid(
    key="k",
    happened_at=NOON,
    learned_at=NOON,
    lineage=Lineage(message_ref="M-1"),
    customer_ref="GLOBEX",
    money=Money(Decimal("12.50"), "USD"),
)


def written(**changes: object) -> dict[str, object]:
    return json.loads(msgspec.json.encode(PAID)) | changes


def accepts(instance: dict[str, object]) -> bool:
    return jsonschema_rs.validator_for(SCHEMAS["CustomerPaid"]).is_valid(instance)


def test_every_fact_has_a_schema_with_its_own_id():
    schemas = fact_schemas()

    assert list(schemas) == [fact.__name__ for fact in fact_types()]
    assert schemas["OrderReleased"]["$id"] == "drawbar:fact:OrderReleased:1"
    assert schemas["OrderReleased"]["x-owner"] == "service"


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_valid_and_says_that_amounts_are_strings(name):
    schema = SCHEMAS[name]

    jsonschema_rs.meta.validate(schema)
    assert schema["$schema"] == DIALECT
    assert "Amounts and quantities with decimals are strings" in schema["description"]


def test_a_schema_stands_alone():
    for schema in fact_schemas().values():
        text = json.dumps(schema)
        for reference in text.split('"$ref": "')[1:]:
            target = reference.split('"')[0]
            assert target.removeprefix("#/$defs/") in schema["$defs"]


def test_what_we_write_is_accepted():
    assert accepts(written())


@pytest.mark.parametrize(
    "changes",
    [
        {"money": {"amount": 12.5, "currency": "USD"}},
        {"money": {"amount": "12.50", "currency": "usd"}},
        {"money": {"amount": "12.50"}},
        {"fact": "CustomerLost"},
        {"surprise": 1},
        {"key": ""},
    ],
    ids=["a number", "no currency code", "no currency", "another fact", "unknown field", "no key"],
)
def test_what_we_would_not_read_is_refused(changes):
    assert not accepts(written(**changes))


def test_schemas_are_the_same_on_every_run():
    assert json.dumps(fact_schemas()) == json.dumps(fact_schemas())
