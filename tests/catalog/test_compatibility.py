"""Whether what was stored under the old schema is still read under the new one."""

import msgspec
import pytest
from msgspec import Struct

from drawbar.catalog.compatibility import breaks
from drawbar.catalog.schemas import fact_schemas


def schema(*fields: tuple, enum: tuple[str, ...] = ()) -> dict:
    """Return the schema of a fact called Paid with these fields, and of an enum called Kind."""
    made = msgspec.json.schema(
        msgspec.defstruct("Paid", list(fields), bases=(Struct,), kw_only=True)
    )
    if enum:
        made["$defs"]["Kind"] = {"enum": list(enum)}
    return made


STORED, READ = fact_schemas(), fact_schemas()
OLD = schema(("ref", str), ("pieces", int), enum=("a", "b"))


@pytest.mark.parametrize(
    "new",
    [
        OLD,
        schema(("ref", str), ("pieces", int), ("note", str, ""), enum=("a", "b")),
        schema(("ref", str), ("pieces", int | None), enum=("a", "b")),
        schema(("ref", str, ""), ("pieces", int), enum=("a", "b")),
        schema(("ref", str), ("pieces", int), enum=("a", "b", "c")),
    ],
    ids=["the same", "a field with a default", "a wider type", "no longer required", "a new value"],
)
def test_what_adds_is_compatible(new):
    assert breaks(OLD, new) == ()


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        (
            schema(("ref", str), ("pieces", int), ("by", str), enum=("a", "b")),
            "Paid.by is required now",
        ),
        (schema(("ref", str), enum=("a", "b")), "Paid.pieces is gone"),
        (schema(("ref", str), ("pieces", str), enum=("a", "b")), "Paid.pieces has another type"),
        (schema(("ref", str), ("pieces", int), enum=("a",)), "Kind no longer allows 'b'"),
        (schema(("ref", str), ("pieces", int)), "Kind is gone"),
    ],
    ids=["a required field", "a lost field", "another type", "a lost value", "a lost definition"],
)
def test_what_takes_away_breaks_and_says_what(new, reason):
    assert breaks(OLD, new) == (reason,)


def test_a_narrower_type_breaks():
    wide, narrow = schema(("pieces", int | None)), schema(("pieces", int))

    assert breaks(wide, narrow) == ("Paid.pieces has another type",)


def test_other_words_about_a_field_break_nothing():
    said = msgspec.json.schema(
        msgspec.defstruct("Paid", [("ref", str)], namespace={"__doc__": "Said better."})
    )

    assert breaks(schema(("ref", str)), said) == ()


@pytest.mark.parametrize("name", STORED)
def test_every_fact_reads_itself(name):
    assert breaks(STORED[name], READ[name]) == ()
