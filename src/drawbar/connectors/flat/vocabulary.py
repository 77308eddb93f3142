"""What a flat file can state in our words: which parts there are, and the fields of each."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

NAMES = ("tender", "shipment", "order", "po", "bol", "pro", "container")
"""Fields that name a load, in any part."""

_STOP = (
    *("purpose", "name", "street", "city", "state", "zip", "country", "zone"),
    *("earliest", "latest", "appointment"),
)
_GOODS = ("sku", "description", "pieces", "weight_lb", "weight_kg", "class")


class Means(StrEnum):
    """What one file is about. Tenders are written, the others read."""

    ORDERS = "orders"
    ANSWERS = "answers"
    STATUS = "status"
    PODS = "pods"
    BILLS = "bills"
    TENDERS = "tenders"


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One part of what is stated: its ``record``, and our word for each of its fields.

    A field is one of the record, or of one around it as ``RECORD.field``.
    """

    record: str
    fields: dict[str, str] = {}


PARTS: Mapping[Means, Mapping[str, tuple[str, ...]]] = {
    Means.ORDERS: {
        "order": ("number", "purpose", "revision", "equipment", "note", *NAMES),
        "pickup": _STOP,
        "stop": _STOP,
        "delivery": _STOP,
        "goods": _GOODS,
    },
    Means.ANSWERS: {"answer": ("answer", "reason", "at", "zone", *NAMES)},
    Means.STATUS: {"event": ("status", "reason", "at", "zone", "stop", *NAMES)},
    Means.PODS: {"proof": ("signed_by", "signed_on", "pieces", "remarks", *NAMES)},
    Means.BILLS: {
        "bill": ("invoice", "dated", "currency", "total", "remit_to", "corrects", *NAMES),
        "line": ("charge", "amount", "text", "stop"),
    },
    Means.TENDERS: {
        "load": (
            *("action", "version", "carrier", "equipment", "rate", "currency", "answer_by"),
            *("note", "pieces", "weight_lb", "weight_kg", *NAMES),
        ),
        "stop": ("number", *_STOP),
        "goods": _GOODS,
        "end": ("records", "amount"),
    },
}
"""Meaning -> part -> what it can state."""

NEEDED: Mapping[Means, Mapping[str, tuple[str, ...]]] = {
    Means.ORDERS: {"order": ("number",), "goods": ("pieces",)},
    Means.ANSWERS: {"answer": ("answer", "at")},
    Means.STATUS: {"event": ("status", "at")},
    Means.PODS: {"proof": ("signed_by",)},
    Means.BILLS: {"bill": ("invoice", "dated", "total"), "line": ("charge", "amount")},
    Means.TENDERS: {"load": ("tender",), "stop": ("name",)},
}
"""What a file of a meaning must state; a constant will do for a field."""

MAIN: Mapping[Means, str] = {
    Means.ORDERS: "order",
    Means.ANSWERS: "answer",
    Means.STATUS: "event",
    Means.PODS: "proof",
    Means.BILLS: "bill",
    Means.TENDERS: "load",
}
"""The part of which each record is one order, event, bill or load."""


def check_parts(
    parts: Mapping[str, Part],
    means: Means,
    fields: Mapping[str, tuple[str, ...]],
    constants: Mapping[str, str],
) -> Iterator[str]:
    """Yield what is wrong with the parts of a layout; ``fields`` are those of each record."""
    for name in NEEDED[means]:
        if name not in parts:
            yield f"a file of {means.value} needs the part {name!r}"
    for name, part in parts.items():
        known = PARTS[means].get(name)
        if known is None:
            there = ", ".join(PARTS[means])
            yield f"{means.value} have no part {name!r}; there are {there}"
        elif part.record not in fields:
            yield f"part {name!r}: no record is called {part.record!r}"
        else:
            yield from _faults(name, part, known, fields)
            needed = NEEDED[means].get(name, ())
            for word in needed:
                if word not in part.fields and word not in constants:
                    yield f"part {name!r} needs a field or a constant for {word!r}"


def _faults(
    name: str, part: Part, known: tuple[str, ...], fields: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    for word, source in part.fields.items():
        record, _, field = source.rpartition(".")
        if word not in known:
            yield f"part {name!r} states no {word!r}; it can state {', '.join(known)}"
        if field not in fields.get(record or part.record, ()):
            yield f"part {name!r}: there is no field {source!r}"
