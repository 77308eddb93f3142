"""From an EDIFACT message to what it says, and from what we say to a message."""

from typing import Any

from drawbar.edi.document import TransactionSet
from drawbar.edi.edifact.answer import ANSWER, ApplicationAnswer
from drawbar.edi.edifact.check import structured
from drawbar.edi.edifact.instruction import (
    INSTRUCTION,
    TRANSPORT_ANSWER,
    TransportAnswer,
    TransportInstruction,
)
from drawbar.edi.edifact.invoice import INVOICE, CommercialInvoice
from drawbar.edi.edifact.receipt import RECEIPT, SyntaxReceipt
from drawbar.edi.edifact.shape import Shape, build_shape, parse_shape
from drawbar.edi.edifact.status import STATUS, ConsignmentStatus
from drawbar.edi.edifact.wrap import EDIFACT, Message
from drawbar.edi.finding import Finding
from drawbar.edi.segment import Dialect
from drawbar.edi.x12.typed import Unparsed

Typed = (
    TransportInstruction
    | TransportAnswer
    | ConsignmentStatus
    | CommercialInvoice
    | SyntaxReceipt
    | ApplicationAnswer
)

SHAPES: dict[str, Shape] = {
    "IFTMIN": INSTRUCTION,
    "IFTMCS": TRANSPORT_ANSWER,
    "IFTSTA": STATUS,
    "INVOIC": INVOICE,
    "CONTRL": RECEIPT,
    "APERAK": ANSWER,
}
"""Message type -> how its typed form stands in segments."""

_READ_ALIKE = {"IFTMBC": TRANSPORT_ANSWER}
"""Message types that say what another says, in the same segments."""


def parse(item: TransactionSet) -> tuple[Typed | Unparsed, tuple[Finding, ...]]:
    """Return what a message says, and what is wrong with it by its definition."""
    root, findings = structured(item)
    shape = SHAPES.get(item.code) or _READ_ALIKE.get(item.code)
    if shape is None:
        return Unparsed(item.code), findings
    return parse_shape(shape, root.first(shape.tag), root, item.dialect), findings


def build(
    typed: Typed,
    *,
    dialect: Dialect = EDIFACT,
    version: str = "D",
    release: str = "96A",
    association: str = "",
) -> Message:
    """Return the message that says it: ``wrap`` adds envelopes and counts.

    ``dialect`` is that of the envelope it will be wrapped in. Raise ``UnableToWrite`` where it has
    no release character for data that needs one, ``UnableToState`` where the message has no place
    for something.
    """
    code, shape = _shape_of(typed)
    return Message(
        code=code,
        segments=tuple(build_shape(shape, typed, dialect)),
        version=version,
        release=release,
        association=association,
    )


def _shape_of(typed: Any) -> tuple[str, Shape]:
    return next((code, shape) for code, shape in SHAPES.items() if type(typed) is shape.type)
