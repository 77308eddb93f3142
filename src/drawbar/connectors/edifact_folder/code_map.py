"""What a partner's EDIFACT codes mean for us, unless the partner's profile says otherwise.

Source: UN/ECE Recommendation 24 (transport status), UN/EDIFACT code lists 1153, 1225, 4343, 5025,
5153 and 7161 of directory D.96A; labels are ours. A code that is not here is refused by name: one
entry in the profile replays what waits for it. What a status means at one place and not at another,
as an arrival (1) or a departure (24), is the profile's to say.
"""

from collections.abc import Mapping

from drawbar.freight.charge import ChargeKind
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.reference import ReferenceKind
from drawbar.freight.tender import Answer

MILESTONES: Mapping[str, MilestoneKind] = {
    "13": MilestoneKind.LOADED,  # collected
    "16": MilestoneKind.IN_TRANSIT,  # crossed a border
    "20": MilestoneKind.DELAYED,
    "21": MilestoneKind.DELIVERED,
    "22": MilestoneKind.DELIVERED,  # as instructed
    "23": MilestoneKind.ATTEMPTED,
    "25": MilestoneKind.DELAYED,  # its departure
    "31": MilestoneKind.IN_TRANSIT,
    "35": MilestoneKind.IN_TRANSIT,
}
"""By code, or by code and reason as ``23/8``, which wins."""

CHARGES: Mapping[str, ChargeKind] = {
    "FC": ChargeKind.LINEHAUL,  # freight
    "GST": ChargeKind.TAX,
    "VAT": ChargeKind.TAX,
    "124": ChargeKind.TAX,  # a tax that is only a total
    "176": ChargeKind.TAX,
}

REFERENCES: Mapping[str, ReferenceKind] = {
    "CU": ReferenceKind.SHIPMENT,  # the consignor's own
    "SRN": ReferenceKind.SHIPMENT,
    "VN": ReferenceKind.ORDER,
    "ON": ReferenceKind.PO,
    "CO": ReferenceKind.PO,
    "BM": ReferenceKind.BOL,
    "CN": ReferenceKind.PRO,  # the carrier's own
    "AAM": ReferenceKind.PRO,  # its waybill
    "AAQ": ReferenceKind.CONTAINER,
}
"""Other names of a shipment are kept in the message and not searched by."""

PREVIOUS_MESSAGE = "ACW"
"""Qualifier of the number of a message that is answered: our tender."""

ORIGINAL_INVOICE = ("OI", "IV")
"""Qualifiers of the invoice that another one corrects."""

ANSWERS: Mapping[str, Answer] = {
    "AP": Answer.ACCEPTED,
    "RE": Answer.DECLINED,
    "29": Answer.ACCEPTED,  # without amendment
    "44": Answer.ACCEPTED,  # without reserves
    "27": Answer.DECLINED,
}
"""By response type (4343), or by function (1225) where there is none."""

EVENT_TIMES = ("334", "178", "186", "35", "200", "132", "133", "7")
"""Qualifiers of when a status holds, best first. Source: code list 2005 of D.96A."""

ZONES: Mapping[str, str] = {"UTC": "UT", "GMT": "GM", "Z": "UT"}
"""Zone in a date and time -> code of X12 element 623. Offsets such as +0100 need no entry."""
