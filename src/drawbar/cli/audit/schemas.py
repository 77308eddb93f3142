"""JSON Schemas of an audit: what is given out, its settings, and the fields of every table."""

from collections.abc import Mapping
from typing import Any

import msgspec

from drawbar.cli.audit.document import AuditedBill, Missing, Summary, UnreadInput
from drawbar.cli.audit.field import FIELDS, NEEDED
from drawbar.cli.audit.setting import Codes, Columns
from drawbar.freight.party import Tolerance

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_SHAPES: Mapping[str, Any] = {
    "bill": AuditedBill,
    "missing": Missing,
    "unread": UnreadInput,
    "summary": Summary,
    "columns": Columns,
    "codes": Codes,
    "tolerance": Tolerance,
}


def audit_schemas() -> dict[str, dict[str, Any]]:
    """Return every schema by its name; those of tables describe one row as JSON or YAML says it."""
    shapes = {name: _shape(name, kind) for name, kind in _SHAPES.items()}
    return shapes | {f"table-{kind}": _table(kind) for kind in FIELDS}


def _shape(name: str, kind: Any) -> dict[str, Any]:
    return {"$schema": _DRAFT, "$id": f"drawbar:audit:{name}", **msgspec.json.schema(kind)}


def _table(kind: str) -> dict[str, Any]:
    """Return one row: figures may be numbers or text, headings compare without case and blanks."""
    fields = {
        field: {
            "type": ["string", "number"],
            "description": f"Also headed: {', '.join(others)}." if others else "",
        }
        for field, others in FIELDS[kind].items()
    }
    return {
        "$schema": _DRAFT,
        "$id": f"drawbar:audit:table-{kind}",
        "title": f"One row of {kind}",
        "type": "object",
        "properties": fields,
        "required": list(NEEDED[kind]),
    }
