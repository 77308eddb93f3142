"""Write the generated documents again: schemas of facts and bodies, and the OpenAPI document.

``make schemas`` runs it; a test compares what is checked in with what it would write.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from drawbar.catalog.schemas import fact_schemas
from drawbar.cli.audit.schemas import audit_schemas
from drawbar.cli.company.schemas import company_schemas
from drawbar.web.openapi import openapi_document


def documents() -> Iterator[tuple[str, bytes]]:
    """Yield each generated document: its path below ``docs/`` and its bytes, always the same."""
    openapi = openapi_document()
    yield "openapi.json", openapi
    for name, schema in fact_schemas().items():
        yield f"schemas/facts/{name}.json", as_text(schema)
    for name, schema in company_schemas().items():
        yield f"schemas/company/{name}.json", as_text(schema)
    for name, schema in audit_schemas().items():
        yield f"schemas/audit/{name}.json", as_text(schema)
    for name, schema in _bodies(msgspec.json.decode(openapi)):
        yield f"schemas/api/{name}.json", as_text(schema)


def _bodies(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the schema of each body and answer of the API, with all that it refers to."""
    shapes = document["components"]["schemas"]
    for name, shape in sorted(shapes.items()):
        needed = _referred(shape, shapes, set())
        defs = {other: shapes[other] for other in sorted(needed)}
        schema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": f"drawbar:api:{name}",
            **shape,
            **({"$defs": defs} if defs else {}),
        }
        yield name, _relinked(schema)


def _referred(shape: Any, shapes: dict[str, Any], seen: set[str]) -> set[str]:
    for name in _links(shape):
        if name not in seen:
            seen.add(name)
            _referred(shapes[name], shapes, seen)
    return seen


def _links(shape: Any) -> Iterator[str]:
    if isinstance(shape, dict):
        if isinstance(link := shape.get("$ref"), str):
            yield link.rpartition("/")[2]
        shape = list(shape.values())
    if isinstance(shape, list):
        for part in shape:
            yield from _links(part)


def _relinked(schema: dict[str, Any]) -> dict[str, Any]:
    text = msgspec.json.encode(schema).replace(b"#/components/schemas/", b"#/$defs/")
    relinked: dict[str, Any] = msgspec.json.decode(text)
    return relinked


def as_text(schema: dict[str, Any]) -> bytes:
    """Return a schema as it is written to a file, always the same."""
    return msgspec.json.format(msgspec.json.encode(schema, order="sorted"), indent=2) + b"\n"


def main(docs: Path) -> None:
    """Write all documents below ``docs``, and remove schemas that nothing generates any more."""
    written = dict(documents())
    for old in (docs / "schemas").rglob("*.json"):
        if str(old.relative_to(docs)) not in written:
            old.unlink()
    for path, content in written.items():
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_bytes(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
