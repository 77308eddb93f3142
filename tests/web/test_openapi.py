"""The description of the API for machines is the one that is checked in."""

import json
from pathlib import Path

from drawbar.web.openapi import openapi_document

CHECKED_IN = Path(__file__).parents[2] / "docs" / "openapi.json"


def test_the_checked_in_description_is_the_present_one():
    assert openapi_document() == CHECKED_IN.read_bytes(), "run `make schemas` and read the diff"


def test_every_operation_says_how_it_refuses():
    for path, methods in json.loads(openapi_document())["paths"].items():
        for method, operation in methods.items():
            assert {"400", "401", "403", "429", "500"} <= operation["responses"].keys(), (
                path,
                method,
            )
            assert operation["security"] == [{"api_key": []}]


def test_no_body_takes_a_field_that_it_does_not_know():
    document = json.loads(openapi_document())
    schemas = document["components"]["schemas"]
    bodies = [
        content["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
        for methods in document["paths"].values()
        for operation in methods.values()
        if "application/json" in (content := operation.get("requestBody", {}).get("content", {}))
    ]

    assert len(bodies) >= 11
    assert all(schemas[name]["additionalProperties"] is False for name in bodies)


def test_every_shape_that_is_named_is_described():
    text = openapi_document().decode()
    schemas = json.loads(text)["components"]["schemas"]

    named = {part.split('"', 1)[0] for part in text.split('"#/components/schemas/')[1:]}
    assert named <= schemas.keys()
    assert not any("." in name for name in schemas)
