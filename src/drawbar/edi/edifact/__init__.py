"""EDIFACT: what partners outside North America write and read, byte for byte.

Same vocabulary, findings and habits as for X12: see ``drawbar.edi``.
"""

from drawbar.edi.edifact.acknowledge import ControlNumbers, acknowledge, receipt_for, weigh_by_table
from drawbar.edi.edifact.answer import ApplicationAnswer, ApplicationError
from drawbar.edi.edifact.check import check
from drawbar.edi.edifact.instruction import TransportAnswer, TransportInstruction
from drawbar.edi.edifact.invoice import CommercialInvoice
from drawbar.edi.edifact.reader import read, stream
from drawbar.edi.edifact.receipt import (
    ElementReceipt,
    GroupReceipt,
    MessageReceipt,
    SegmentReceipt,
    SyntaxReceipt,
)
from drawbar.edi.edifact.shape import UnableToState
from drawbar.edi.edifact.stated_time import StatedTime, stated_time
from drawbar.edi.edifact.status import Consignment, ConsignmentEvent, ConsignmentStatus
from drawbar.edi.edifact.typed import Typed, build, parse
from drawbar.edi.edifact.wrap import EDIFACT, Envelope, Message, Station, wrap
from drawbar.edi.edifact.writer import write

__all__ = [
    "EDIFACT",
    "ApplicationAnswer",
    "ApplicationError",
    "CommercialInvoice",
    "Consignment",
    "ConsignmentEvent",
    "ConsignmentStatus",
    "ControlNumbers",
    "ElementReceipt",
    "Envelope",
    "GroupReceipt",
    "Message",
    "MessageReceipt",
    "SegmentReceipt",
    "StatedTime",
    "Station",
    "SyntaxReceipt",
    "TransportAnswer",
    "TransportInstruction",
    "Typed",
    "UnableToState",
    "acknowledge",
    "build",
    "check",
    "parse",
    "read",
    "receipt_for",
    "stated_time",
    "stream",
    "weigh_by_table",
    "wrap",
    "write",
]
