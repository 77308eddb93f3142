"""The reasons of an audit in a line each, for whoever reads a report for the first time.

The word in capitals is the same for us and the carrier; the line beside it says what it is about.
"""

from collections.abc import Mapping

from drawbar.freight.verdict import Reason

REASON_SAID: Mapping[str, str] = {
    Reason.RATE: "another amount than the contract grants",
    Reason.FUEL_WEEK: "fuel by the price of another week",
    Reason.FUEL_BASE: "fuel taken of another amount than the contract names",
    Reason.MILES: "other miles than those of the contract",
    Reason.REWEIGH: "another weight, and no certificate of it",
    Reason.RECLASS: "another class, and no certificate of it",
    Reason.NO_EVENT: "no event shows what is charged for",
    Reason.NOT_AUTHORISED: "not agreed, or nobody approved it",
    Reason.LATE_ARRIVAL: "waiting is not owed, since the carrier came late",
    Reason.RECEIPT: "no receipt over this amount",
    Reason.DUPLICATE: "billed before",
    Reason.AMBIGUOUS: "its references fit more than one shipment",
    Reason.REFERENCE_CONFLICT: "its references name different shipments",
    Reason.MATCH_FAILURE: "no shipment is known by its references",
    Reason.CONTROL_TOTAL: "its header is not the sum of its lines",
    Reason.LATE_BILL: "it came after the time for further bills of the load",
    Reason.CURRENCY: "another currency than that of the contract",
    Reason.TAX: "a tax that is not owed, or another rate of it",
    Reason.PAYEE: "sent by, or to be paid to, somebody else than agreed",
    Reason.PROVISIONAL: "a figure that decides it is not known yet",
    Reason.BILL_DATE: "dated on a day on which it cannot have been made",
    Reason.UNKNOWN_CODE: "a charge code without a meaning",
}
"""What each reason is about."""
