"""What a partner's X12 codes mean for us, unless the partner's profile says otherwise.

Source: X12 code lists, release 004010 (elements 1650, 1651, 1300, 128, 558, 163); labels are ours.
A code that is not here is refused by name: one entry in the profile replays what waits for it.
"""

from collections.abc import Mapping

from drawbar.freight.charge import ChargeKind
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.order import StopPurpose
from drawbar.freight.reference import ReferenceKind
from drawbar.freight.tender import Answer

MILESTONES: Mapping[str, MilestoneKind] = {
    "X3": MilestoneKind.ARRIVED_PICKUP,
    "CP": MilestoneKind.LOADED,
    "AF": MilestoneKind.DEPARTED_PICKUP,
    "X6": MilestoneKind.IN_TRANSIT,
    "X4": MilestoneKind.IN_TRANSIT,  # arrived at a terminal on the way
    "P1": MilestoneKind.IN_TRANSIT,  # departed from a terminal on the way
    "AG": MilestoneKind.ESTIMATED,
    "X2": MilestoneKind.ESTIMATED,
    "X1": MilestoneKind.ARRIVED_DELIVERY,
    "D1": MilestoneKind.DELIVERED,
    "CD": MilestoneKind.DEPARTED_DELIVERY,
    "AH": MilestoneKind.ATTEMPTED,
    "A7": MilestoneKind.REFUSED,
    "SD": MilestoneKind.DELAYED,
    "AA": MilestoneKind.PICKUP_APPOINTMENT,
    "AB": MilestoneKind.DELIVERY_APPOINTMENT,
}
"""By code, or by code and reason as ``A7/AG``, which wins."""

WITHOUT_MEANING = ("XB",)
"""Statuses that tell us nothing: the carrier has our message."""

CHARGES: Mapping[str, ChargeKind] = {
    "400": ChargeKind.LINEHAUL,
    "DSC": ChargeKind.LINEHAUL,  # a discount on it: negative
    "405": ChargeKind.FUEL_SURCHARGE,
    "FUE": ChargeKind.FUEL_SURCHARGE,
    "FUL": ChargeKind.FUEL_SURCHARGE,
    "DET": ChargeKind.DETENTION,
    "DTL": ChargeKind.DETENTION,
    "DTU": ChargeKind.DETENTION,
    "LAY": ChargeKind.LAYOVER,
    "LUM": ChargeKind.LUMPER,
    "UNL": ChargeKind.LUMPER,
    "SOC": ChargeKind.STOP_OFF,
    "VOR": ChargeKind.TONU,
    "RCL": ChargeKind.REDELIVERY,
    "RCC": ChargeKind.RECONSIGNMENT,
    "LFT": ChargeKind.LIFTGATE,
    "LGD": ChargeKind.LIFTGATE,
    "REP": ChargeKind.RESIDENTIAL,
    "RES": ChargeKind.RESIDENTIAL,
    "STR": ChargeKind.STORAGE,
    "TAX": ChargeKind.TAX,
    "GST": ChargeKind.TAX,
    "MSC": ChargeKind.OTHER,
}

REFERENCES: Mapping[str, ReferenceKind] = {
    "SI": ReferenceKind.SHIPMENT,
    "OQ": ReferenceKind.ORDER,
    "PO": ReferenceKind.PO,
    "BM": ReferenceKind.BOL,
    "CN": ReferenceKind.PRO,
    "2I": ReferenceKind.PRO,
    "OC": ReferenceKind.CONTAINER,
}
"""Other names of a shipment are kept in the message and not searched by."""

STOP_NUMBERS = ("QN",)
"""Qualifiers of a reference that is the number of a stop."""

ANSWERS: Mapping[str, Answer] = {"A": Answer.ACCEPTED, "D": Answer.DECLINED}

STOPS: Mapping[str, StopPurpose] = {
    "LD": StopPurpose.PICKUP,
    "PL": StopPurpose.PICKUP,
    "CL": StopPurpose.PICKUP,
    "UL": StopPurpose.DELIVERY,
    "PU": StopPurpose.DELIVERY,
    "CU": StopPurpose.DELIVERY,
    "DT": StopPurpose.DELIVERY,
}

EQUIPMENT: Mapping[str, str] = {"dry van": "TV", "reefer": "RT", "flatbed": "TF"}
"""What we call a trailer -> its code in an N7, when we write."""

EQUIPMENT_HEARD: Mapping[str, str] = {
    "TV": "dry van",
    "VA": "dry van",
    "CV": "dry van",
    "RT": "reefer",
    "TF": "flatbed",
    "FT": "flatbed",
}
"""Code in an N7 -> what we call it, when we read. TL, a trailer of whatever kind, is not one."""
