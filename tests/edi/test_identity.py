"""Whatever we build, write and read again says the same; whatever is broken raises nothing."""

import types
import typing
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct, structs

from drawbar.edi import (
    Acknowledgement,
    Amount,
    ApplicationAdvice,
    Contact,
    Dialect,
    ElementError,
    Envelope,
    FreightInvoice,
    Handling,
    Lading,
    LoadTender,
    Moment,
    Note,
    Party,
    Reference,
    RemittanceAdvice,
    RoutingLeg,
    SegmentError,
    SetReceipt,
    ShipmentStatus,
    StatusEvent,
    Stop,
    TenderAnswer,
    WarehouseOrder,
    WarehouseShipment,
    WarehouseTotal,
    build,
    parse,
    read,
    unplaced,
    wrap,
    write,
)

ENVELOPE = Envelope(
    sender_qualifier="ZZ",
    sender="SHIPPER",
    receiver_qualifier="02",
    receiver="NRTH",
    control_number=1,
    group_number=1,
    sent_at=datetime(2026, 3, 1),  # noqa: DTZ001 - written as it is
    version="005010",
    dialect=Dialect(component=">", repetition="^"),
)
SETS = [
    LoadTender,
    FreightInvoice,
    RemittanceAdvice,
    ApplicationAdvice,
    WarehouseOrder,
    WarehouseShipment,
    ShipmentStatus,
    TenderAnswer,
    Acknowledgement,
]
NOT_SAID = {
    Acknowledgement: {"version", "receipt"},
    SegmentError: {"contexts"},
    SetReceipt: {"version"},
    ElementError: {"contexts", "component", "repetition"},
    Party: {"references", "moments", "contacts"},
    Moment: {"time_qualifier", "period", "period_format"},
    Note: {"qualifier"},
    Reference: {"text"},
    TenderAnswer: {"events"},
    LoadTender: {"moments"},
}
"""What only some sets have a place for."""
NOT_SAID_BY = {
    LoadTender: {
        Reference: set(),
        Note: set(),
        Party: {"references", "moments"},
        Moment: {"period", "period_format"},
        Lading: {"contacts", "references", "hazards"},
        Stop: {"pallet_exchange", "pallet_weight", "pallet_weight_unit"},
    },
    FreightInvoice: {
        Handling: {"service"},
        RoutingLeg: {"state"},
        Moment: {"period", "period_format"},
        Party: {"moments", "contacts"},
        Lading: {"weights", "contacts", "references", "hazards"},
        Stop: {
            *("weights", "details", "pallets", "pallet_exchange", "pallet_weight"),
            *("pallet_weight_unit", "notes", "ladings", "orders"),
        },
    },
    WarehouseOrder: {WarehouseTotal: {"packages", "package_unit"}},
    ShipmentStatus: {
        StatusEvent: {"equipment"},
        Moment: {"qualifier", "time_qualifier", "period", "period_format"},
    },
}


class Making:
    """Makes any typed value from the types of its fields, the same one for the same seed."""

    def __init__(self, seed: int, not_said: dict[Any, set[str]]) -> None:
        """Take the seed: Hypothesis draws it, so that a failure can be had again."""
        self._random, self._not_said = Random(seed), not_said

    def make(self, kind: Any, *, is_needed: bool = False) -> Any:
        """Return a value of a type; an empty one only where a message can say nothing there."""
        if typing.get_origin(kind) is tuple:
            return self._several(typing.get_args(kind)[0])
        if isinstance(kind, types.UnionType):
            return self._maybe(typing.get_args(kind)[0], is_needed=is_needed)
        if issubclass(kind, Struct) and kind is not Amount:
            return self._struct(kind)
        return self._leaf(kind, is_needed=is_needed)

    def _several(self, kind: Any) -> tuple[Any, ...]:
        return tuple(self.make(kind, is_needed=True) for _ in range(self._random.randrange(3)))

    def _maybe(self, kind: Any, *, is_needed: bool) -> Any:
        return self.make(kind, is_needed=True) if is_needed or self._random.random() < 0.7 else None

    def _struct(self, kind: type[Struct]) -> Any:
        left_out = {"at"} | self._not_said.get(kind, set())
        hints = {k: v for k, v in typing.get_type_hints(kind).items() if k not in left_out}
        first = next(iter(hints))
        needed = {first} if kind not in {Note, Contact, Reference} else set(hints)
        return kind(**{k: self.make(v, is_needed=k in needed) for k, v in hints.items()})

    def _leaf(self, kind: Any, *, is_needed: bool) -> Any:
        random = self._random
        if kind is str:
            text = "".join(random.choices("ABC019 -./&", k=random.randint(1, 8)))
            return f"X{text}" if is_needed or random.random() < 0.7 else ""
        if kind is int:
            return random.randrange(1000)
        if kind is date:
            return date(2026, 1, 1) + timedelta(days=random.randrange(9000))
        if kind is time:
            return time(random.randrange(24), random.randrange(60))
        assert kind is Amount
        return Amount(Decimal(random.randrange(-999999, 999999)) / 100)


def made(kind: type[Struct], seed: int) -> Any:
    return Making(seed, NOT_SAID | NOT_SAID_BY.get(kind, {})).make(kind)


def plain(value: Any) -> Any:
    """Return a value without the texts that stated its amounts."""
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    if isinstance(value, Amount):
        return value.value
    if isinstance(value, Struct):
        named = {name: plain(getattr(value, name)) for name in value.__struct_fields__}
        return (type(value), tuple(sorted(named.items(), key=lambda pair: pair[0])))
    return value


def sent_and_read(typed: Any) -> Any:
    body = build(typed, component=ENVELOPE.dialect.component)
    document = read(write(wrap([body], ENVELOPE)))
    assert document.all_findings == ()
    return parse(next(document.interchanges[0].sets))[0]


@pytest.mark.parametrize("kind", SETS, ids=lambda kind: kind.__name__)
@settings(max_examples=40)
@given(seed=st.integers(0, 2**32))
def test_what_we_build_is_read_as_we_meant_it(kind: type[Struct], seed: int):
    typed = made(kind, seed)

    assert plain(unplaced(sent_and_read(typed))) == plain(typed)


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32))
def test_a_999_is_read_as_we_meant_it(seed: int):
    typed = structs.replace(made(Acknowledgement, seed), receipt="999", version="005010X2")

    assert plain(unplaced(sent_and_read(typed))) == plain(typed)
