"""An interchange as JSON has it: who sends what to whom, and what each set says.

It can be written by hand: what is left out has a value that says nothing.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import UNSET, Struct, UnsetType

from drawbar.cli.edi.standard import Standard
from drawbar.edi import (
    Acknowledgement,
    ApplicationAdvice,
    Dialect,
    FreightInvoice,
    LoadTender,
    RemittanceAdvice,
    ShipmentStatus,
    TenderAnswer,
    UnableToFormat,
    UnableToWrap,
    UnableToWrite,
    WarehouseOrder,
    WarehouseShipment,
)
from drawbar.edi.edifact.shape import UnableToState
from drawbar.edi.edifact.typed import SHAPES

TYPES: Mapping[Standard, Mapping[str, Any]] = {
    Standard.X12: {
        "204": LoadTender,
        "210": FreightInvoice,
        "214": ShipmentStatus,
        "820": RemittanceAdvice,
        "824": ApplicationAdvice,
        "940": WarehouseOrder,
        "945": WarehouseShipment,
        "990": TenderAnswer,
        "997": Acknowledgement,
        "999": Acknowledgement,
    },
    Standard.EDIFACT: {code: shape.type for code, shape in SHAPES.items()},
}
"""Standard -> set code -> the type that says it. What is not here goes by its segments."""

REFUSALS = (UnableToWrite, UnableToWrap, UnableToFormat, UnableToState)
"""How the codec says that something cannot be written."""


class Delimiters(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How it is written; an empty mark is not in use. ``line_end`` follows each segment."""

    element: str = "*"
    component: str = ":"
    segment: str = "~"
    repetition: str = ""
    release: str = ""
    decimal: str = "."
    line_end: str = ""
    charset: str = "latin-1"

    def dialect(self) -> Dialect:
        """Return the same for the codec."""
        return Dialect(
            element=self.element,
            component=self.component,
            repetition=self.repetition,
            terminator=self.segment,
            line_end=self.line_end,
            charset=self.charset,
            release=self.release,
            decimal=self.decimal,
        )


def delimiters_of(dialect: Dialect) -> Delimiters:
    """Return a dialect as JSON has it."""
    return Delimiters(
        element=dialect.element,
        component=dialect.component,
        segment=dialect.terminator,
        repetition=dialect.repetition,
        release=dialect.release,
        decimal=dialect.decimal,
        line_end=dialect.line_end,
        charset=dialect.charset,
    )


class EnvelopeStated(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who, to whom, when, under which numbers. ``sent_at`` has no zone: it is written as it is.

    ``group_control`` and the ``application_`` ids are those of the first group. ``syntax`` is
    EDIFACT's: ``UNOC:3``. ``internal`` ids are the third component of UNB02 and UNB03.
    """

    sender: str
    receiver: str
    control: str
    sent_at: datetime | None = None
    sender_qualifier: str = ""
    receiver_qualifier: str = ""
    sender_internal: str = ""
    receiver_internal: str = ""
    group_control: str = ""
    application_sender: str = ""
    application_receiver: str = ""
    version: str = ""
    syntax: str = ""
    is_test: bool = False
    asks_acknowledgement: bool = False
    delimiters: Delimiters | UnsetType = UNSET


class SetStated(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One set: what it ``says``, or where we have no typed form its ``segments`` without ST and SE.

    ``not_said`` are segments of the original that ``says`` has no field for, or says otherwise:
    they do not come back as they were.
    """

    code: str
    control: str = ""
    version: str = ""
    agency: str | UnsetType = UNSET
    association: str | UnsetType = UNSET
    says: dict[str, Any] | UnsetType = UNSET
    segments: list[list[str]] | UnsetType = UNSET
    not_said: list[list[str]] | UnsetType = UNSET


class InterchangeStated(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One interchange. ``file`` is there when several files are converted together."""

    standard: Standard
    envelope: EnvelopeStated
    sets: list[SetStated]
    file: str | UnsetType = UNSET
