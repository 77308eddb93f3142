"""The messages that others send us and that we send them, over the API and by EDI.

Each says what it becomes inside, so that a partner's message can be followed to what it moved.
"""

from drawbar.catalog.entry import Entry, EntryKind

DISPATCH, FINANCE, SERVICE, INTEGRATION = "dispatch", "finance", "service", "integration"


def _api(name: str, owner: str, about: str, *facts: str) -> Entry:
    return Entry(name=name, kind=EntryKind.API, owner=owner, consumers=facts, about=about)


def _x12(name: str, owner: str, about: str, *consumers: str) -> Entry:
    return Entry(
        name=f"X12 004010 {name}",
        kind=EntryKind.PARTNER,
        owner=owner,
        consumers=consumers,
        about=about,
    )


API_ENTRIES = (
    _api("POST /v1/orders", SERVICE, "Release an order to be moved.", "OrderReleased"),
    _api("PUT /v1/orders/{order_ref}", SERVICE, "Send a new revision.", "OrderChanged"),
    _api("POST /v1/orders/{order_ref}/cancellation", SERVICE, "Cancel an order.", "OrderCancelled"),
    _api("POST /v1/tender-answers", DISPATCH, "Accept or decline a tender.", "TenderAnswered"),
    _api(
        "POST /v1/dispatch-confirmations", DISPATCH, "Say that a driver left.", "DriverDispatched"
    ),
    _api("POST /v1/load-offers", DISPATCH, "Offer a load to a carrier by name.", "LoadOffered"),
    _api(
        "POST /v1/load-broadcasts", DISPATCH, "Offer a load to a whole guide.", "LoadOfferedToAll"
    ),
    _api("POST /v1/tender-withdrawals", DISPATCH, "Take a tender back.", "TenderWithdrawn"),
    _api("POST /v1/retenders", DISPATCH, "Let the next carrier be asked.", "LoadRetendered"),
    _api("POST /v1/load-holds", DISPATCH, "Stop a load.", "LoadHeld"),
    _api("POST /v1/hold-liftings", DISPATCH, "Let a load go on.", "HoldLifted"),
    _api("POST /v1/change-refusals", DISPATCH, "Refuse a revision.", "ChangeRefused"),
    _api("POST /v1/milestones", SERVICE, "Report what happened on the road.", "MilestoneReported"),
    _api("POST /v1/pods", SERVICE, "Deliver a proof of delivery.", "PodReceived"),
    _api(
        "POST /v1/shipments/{shipment_ref}/certificates",
        SERVICE,
        "Certify weight or class.",
        "FreightCertified",
    ),
    _api(
        "POST /v1/shipments/{shipment_ref}/evidence",
        FINANCE,
        "File a receipt or another proof of a charge.",
        "EvidenceReceived",
    ),
    _api("POST /v1/indices/{index}/prices", FINANCE, "Publish index prices.", "IndexPublished"),
    _api(
        "POST /v1/exchange/{source}/rates",
        FINANCE,
        "Publish exchange rates.",
        "ExchangePublished",
    ),
    _api("POST /v1/freight-bills", FINANCE, "Bill one or many shipments.", "BillReceived"),
    _api("POST /v1/charge-approvals", FINANCE, "Approve a charge.", "ChargeApproved"),
    _api("POST /v1/dispute-closings", FINANCE, "Close a dispute.", "DisputeClosed"),
    _api("POST /v1/invoices", FINANCE, "Release what is ready.", "InvoiceAsked"),
    _api(
        "POST /v1/invoices/{invoice_ref}/credit-notes",
        FINANCE,
        "Take back what was invoiced.",
        "InvoiceCredited",
    ),
    _api(
        "POST /v1/invoices/{invoice_ref}/contests",
        FINANCE,
        "A customer disputes a line.",
        "InvoiceContested",
    ),
    _api(
        "POST /v1/invoices/{invoice_ref}/contest-refusals",
        FINANCE,
        "Refuse a dispute.",
        "InvoiceUpheld",
    ),
    _api("POST /v1/papers", SERVICE, "File a paper with a shipment.", "PaperFiled"),
    _api("POST /v1/customer-payments", FINANCE, "Report a payment.", "InvoicePaid", "CustomerPaid"),
)
"""What is posted to the process API, by method and path."""

PARTNER_ENTRIES = (
    _x12("204", DISPATCH, "Motor carrier load tender, sent to a carrier.", "TenderLoad"),
    _x12("990", DISPATCH, "The carrier's answer to a load tender.", "TenderAnswered"),
    _x12("214", SERVICE, "Shipment status from a carrier.", "MilestoneReported", "PodReceived"),
    _x12("210", FINANCE, "A motor carrier's freight bill.", "BillReceived"),
    _x12(
        "997", INTEGRATION, "Functional acknowledgement, both ways.", "AckReceived", "Acknowledge"
    ),
)
"""What goes to and comes from partners by EDI, by standard, version and transaction set."""
