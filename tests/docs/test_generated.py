"""What is generated is checked in as it would be generated now, and says what the code does."""

from pathlib import Path

import jsonschema_rs
import msgspec
import pytest

from drawbar.catalog.schemas import fact_schemas
from drawbar.cli.schemas import documents
from drawbar.freight.charge import ChargeKind
from tests.flow.stage import bill, driven, released

DOCS = Path(__file__).resolve().parents[2] / "docs"
SCHEMAS = fact_schemas()


def test_no_document_differs_from_what_would_be_generated():
    differing = [path for path, text in documents() if (DOCS / path).read_bytes() != text]

    assert differing == [], "run `make schemas` and look at the difference"


def test_no_schema_is_left_of_something_that_is_gone():
    kept = {str(path.relative_to(DOCS)) for path in (DOCS / "schemas").rglob("*.json")}

    assert kept <= {path for path, _ in documents()}


@pytest.mark.parametrize(
    "fact",
    [released(), *driven(), bill((ChargeKind.LINEHAUL, "1650.00"))],
    ids=lambda fact: type(fact).__name__,
)
def test_a_fact_as_json_is_what_its_schema_says(fact: object):
    schema = SCHEMAS[type(fact).__name__]

    jsonschema_rs.validator_for(schema).validate(msgspec.json.decode(msgspec.json.encode(fact)))
