"""EDI: what partners write and read, byte for byte. It knows messages, and no shipment.

Everything that others use is here; the rest of the package may change.

Reading never raises on data. It returns findings (``Finding``: stable code, severity, place,
expected, actual) and the partner's profile decides, by code, what they weigh:

    document = read(data)                       # bytes -> Document of Interchanges
    for interchange in document.interchanges:
        interchange.identity                    # duplicate? same number, other content?
        for item in interchange.sets:           # TransactionSet: code, version, segments
            typed, findings = parse(item)       # LoadTender | ... | Unparsed
        acknowledge(interchange, numbers=..., sent_at=...)   # () when it is a receipt itself

Writing computes counts and refuses data that would break the file (``UnableToWrite``):

    write(wrap([build(typed)], Envelope(...)))  # typed -> bytes

``instant`` puts a stated date, time and zone code on the clock in UTC. Amounts are ``Amount``:
Decimal in major units beside the text that was sent. ``typed.at["field"]`` is the ``Place`` where
a value stood: segment in the set (ST = 1), element, byte offset; ``unplaced`` drops places, so
that two messages can be compared.
"""

from drawbar.edi.acknowledgement import Acknowledgement, ElementError, SegmentError, SetReceipt
from drawbar.edi.component import UnableToWrite
from drawbar.edi.detail import (
    Contact,
    Equipment,
    Handling,
    Moment,
    Note,
    Party,
    Reference,
    Weight,
)
from drawbar.edi.document import Document, Group, Identity, Interchange, TransactionSet
from drawbar.edi.finding import Finding, FindingCode, Severity
from drawbar.edi.freight_invoice import (
    FreightInvoice,
    InvoiceCharge,
    InvoiceLine,
    InvoiceTotal,
    PaymentTerms,
    RatedQuantity,
)
from drawbar.edi.limit import Limits
from drawbar.edi.load_tender import Hazard, Lading, LoadTender, OrderLine, Stop, TenderTotal
from drawbar.edi.moment import UnableToTime, instant
from drawbar.edi.place import Place, unplaced
from drawbar.edi.segment import Dialect, Segment, segment
from drawbar.edi.shipment_status import (
    LadingException,
    ShipmentStatus,
    StatusEvent,
    StatusLine,
    StatusPlace,
)
from drawbar.edi.tender_answer import TenderAnswer
from drawbar.edi.value import Amount, UnableToFormat
from drawbar.edi.x12.acknowledge import Numbers, acknowledge, receipt_for, weigh_by_table
from drawbar.edi.x12.check import check
from drawbar.edi.x12.reader import read
from drawbar.edi.x12.typed import Typed, Unparsed, build, parse
from drawbar.edi.x12.wrap import Body, Envelope, UnableToWrap, wrap
from drawbar.edi.x12.writer import write

__all__ = [
    "Acknowledgement",
    "Amount",
    "Body",
    "Contact",
    "Dialect",
    "Document",
    "ElementError",
    "Envelope",
    "Equipment",
    "Finding",
    "FindingCode",
    "FreightInvoice",
    "Group",
    "Handling",
    "Hazard",
    "Identity",
    "Interchange",
    "InvoiceCharge",
    "InvoiceLine",
    "InvoiceTotal",
    "Lading",
    "LadingException",
    "Limits",
    "LoadTender",
    "Moment",
    "Note",
    "Numbers",
    "OrderLine",
    "Party",
    "PaymentTerms",
    "Place",
    "RatedQuantity",
    "Reference",
    "Segment",
    "SegmentError",
    "SetReceipt",
    "Severity",
    "ShipmentStatus",
    "StatusEvent",
    "StatusLine",
    "StatusPlace",
    "Stop",
    "TenderAnswer",
    "TenderTotal",
    "TransactionSet",
    "Typed",
    "UnableToFormat",
    "UnableToTime",
    "UnableToWrap",
    "UnableToWrite",
    "Unparsed",
    "Weight",
    "acknowledge",
    "build",
    "check",
    "instant",
    "parse",
    "read",
    "receipt_for",
    "segment",
    "unplaced",
    "weigh_by_table",
    "wrap",
    "write",
]
