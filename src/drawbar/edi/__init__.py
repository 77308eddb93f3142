"""EDI: what partners write and read, byte for byte. It knows messages, and no shipment.

Everything that others use is here; the rest of the package may change.

One door for X12 and EDIFACT: ``read`` finds out which each interchange is, and the others go by it.
Reading never raises on data. It returns findings (``Finding``: stable code, severity, place,
expected, actual) and the partner's profile decides, by code, what they weigh:

    document = read(data)                       # bytes -> Document of Interchanges
    for interchange in document.interchanges:
        interchange.identity                    # duplicate? same number, other content?
        for item in interchange.sets:           # TransactionSet: code, version, segments
            typed, findings = parse(item)       # LoadTender | ... | Unparsed
        acknowledge(interchange, numbers=..., sent_at=...)   # () when it is a receipt itself

A set that has no typed form is read by its structure: ``structured`` gives its loops, ``levels``
those of a ship notice. ``acknowledge_interchange`` writes a TA1, ``interchange_receipts`` reads it.

Writing computes counts and refuses data that would break the file (``UnableToWrite``):

    write(wrap([build(typed)], Envelope(...)))  # typed -> bytes

``instant`` puts a stated date, time and zone code on the clock in UTC. Amounts are ``Amount``:
Decimal in major units beside the text that was sent. ``typed.at["field"]`` is the ``Place`` where
a value stood: segment in the set (ST = 1), element, byte offset; ``unplaced`` drops places, so
that two messages can be compared.
"""

from drawbar.edi.acknowledgement import (
    Acknowledgement,
    ElementError,
    ErrorContext,
    InterchangeReceipt,
    SegmentError,
    SetReceipt,
)
from drawbar.edi.application_advice import AdviceError, AdviceItem, ApplicationAdvice
from drawbar.edi.component import UnableToWrite
from drawbar.edi.detail import (
    Contact,
    Equipment,
    Handling,
    Moment,
    Note,
    Party,
    Reference,
    RoutingLeg,
    Weight,
)
from drawbar.edi.detail_general import Mark, Person, StatedAmount, StatedQuantity
from drawbar.edi.document import Document, Group, Identity, Interchange, TransactionSet
from drawbar.edi.door import Stated, acknowledge, check, parse, read, stream, structured, write
from drawbar.edi.finding import Finding, FindingCode, Severity
from drawbar.edi.freight_invoice import (
    FreightInvoice,
    InvoiceCharge,
    InvoiceLine,
    InvoiceTotal,
    PaymentTerms,
    RatedQuantity,
    SignedDelivery,
)
from drawbar.edi.limit import Limits
from drawbar.edi.load_tender import (
    Hazard,
    Lading,
    LadingDetail,
    LoadTender,
    OrderLine,
    Product,
    Stop,
    TenderTotal,
)
from drawbar.edi.moment import UnableToTime, instant
from drawbar.edi.place import Place, unplaced
from drawbar.edi.remittance_advice import (
    RemittanceAdjustment,
    RemittanceAdvice,
    RemittanceEntity,
    RemittanceItem,
)
from drawbar.edi.segment import Dialect, Segment, segment
from drawbar.edi.shipment_status import (
    LadingException,
    ShipmentStatus,
    StatusEvent,
    StatusLine,
    StatusOrder,
    StatusPlace,
)
from drawbar.edi.tender_answer import AnswerEvent, AnswerStop, TenderAnswer
from drawbar.edi.value import Amount, UnableToFormat
from drawbar.edi.warehouse import (
    OrderCarrier,
    OrderedGroup,
    OrderedItem,
    Packing,
    ShipmentCarrier,
    ShippedGroup,
    ShippedItem,
    WarehouseOrder,
    WarehouseShipment,
    WarehouseTotal,
)
from drawbar.edi.x12.acknowledge import Numbers, receipt_for, weigh_by_table
from drawbar.edi.x12.hierarchy import Level, levels
from drawbar.edi.x12.set_ta1 import (
    acknowledge_interchange,
    interchange_receipt_for,
    interchange_receipts,
)
from drawbar.edi.x12.structure import Loop
from drawbar.edi.x12.typed import Typed, Unparsed, build
from drawbar.edi.x12.wrap import Body, Envelope, UnableToWrap, wrap

__all__ = [
    "Acknowledgement",
    "AdviceError",
    "AdviceItem",
    "Amount",
    "AnswerEvent",
    "AnswerStop",
    "ApplicationAdvice",
    "Body",
    "Contact",
    "Dialect",
    "Document",
    "ElementError",
    "Envelope",
    "Equipment",
    "ErrorContext",
    "Finding",
    "FindingCode",
    "FreightInvoice",
    "Group",
    "Handling",
    "Hazard",
    "Identity",
    "Interchange",
    "InterchangeReceipt",
    "InvoiceCharge",
    "InvoiceLine",
    "InvoiceTotal",
    "Lading",
    "LadingDetail",
    "LadingException",
    "Level",
    "Limits",
    "LoadTender",
    "Loop",
    "Mark",
    "Moment",
    "Note",
    "Numbers",
    "OrderCarrier",
    "OrderLine",
    "OrderedGroup",
    "OrderedItem",
    "Packing",
    "Party",
    "PaymentTerms",
    "Person",
    "Place",
    "Product",
    "RatedQuantity",
    "Reference",
    "RemittanceAdjustment",
    "RemittanceAdvice",
    "RemittanceEntity",
    "RemittanceItem",
    "RoutingLeg",
    "Segment",
    "SegmentError",
    "SetReceipt",
    "Severity",
    "ShipmentCarrier",
    "ShipmentStatus",
    "ShippedGroup",
    "ShippedItem",
    "SignedDelivery",
    "Stated",
    "StatedAmount",
    "StatedQuantity",
    "StatusEvent",
    "StatusLine",
    "StatusOrder",
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
    "WarehouseOrder",
    "WarehouseShipment",
    "WarehouseTotal",
    "Weight",
    "acknowledge",
    "acknowledge_interchange",
    "build",
    "check",
    "instant",
    "interchange_receipt_for",
    "interchange_receipts",
    "levels",
    "parse",
    "read",
    "receipt_for",
    "segment",
    "stream",
    "structured",
    "unplaced",
    "weigh_by_table",
    "wrap",
    "write",
]
