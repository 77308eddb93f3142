"""The JSON Schema of each fact, made from the type that the code itself uses.

Written to files and compared on each build: a promise cannot change unnoticed.
"""

from typing import Any

import msgspec

from drawbar.catalog.entry import Entry
from drawbar.catalog.fact_entries import fact_entries, fact_types
from drawbar.freight.fact import Fact

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ON_AMOUNTS = 'Amounts and quantities with decimals are strings, such as "12.50", never numbers.'


def fact_schemas() -> dict[str, dict[str, Any]]:
    """Return one self-contained JSON Schema (2020-12) per fact, by its name, in catalog order."""
    pairs = zip(fact_entries(), fact_types(), strict=True)
    return {entry.name: _schema(entry, fact) for entry, fact in pairs}


def _schema(entry: Entry, fact: type[Fact]) -> dict[str, Any]:
    made = msgspec.json.schema(fact)
    return {
        "$schema": DIALECT,
        "$id": entry.id,
        "title": entry.name,
        "description": f"{entry.about} {ON_AMOUNTS}",
        "x-owner": entry.owner,
        "x-lifecycle": entry.lifecycle.value,
        **made,
    }
