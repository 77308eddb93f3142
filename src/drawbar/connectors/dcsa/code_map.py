"""What the codes of DCSA Track & Trace mean for us, unless the line's profile says otherwise.

Source: DCSA Track & Trace 2.2 and 3.0, event type codes, classifiers and document types; labels
are ours. A code that is not here is refused by name: one entry in the profile replays what waits.
"""

from collections.abc import Mapping

from msgspec import Struct

from drawbar.freight.milestone import MilestoneKind as K
from drawbar.freight.order import StopPurpose
from drawbar.freight.reference import ReferenceKind

ACTUAL, FORESEEN = "ACT", frozenset({"PLN", "EST"})
"""Classifiers: it happened; it is planned or estimated and did not happen."""


class Meaning(Struct, frozen=True):
    """What an event means on the way, and at the place of a pickup or delivery.

    Without a milestone it moves nothing there.
    """

    on_the_way: K | None = None
    pickup: K | None = None
    delivery: K | None = None

    def at(self, purpose: StopPurpose | None) -> K | None:
        """Return the milestone at a place of that purpose, None where it moves nothing."""
        if purpose is None:
            return self.on_the_way
        return self.pickup if purpose is StopPurpose.PICKUP else self.delivery


EVENTS: Mapping[str, Meaning] = {
    # a vessel, train, barge or truck; it may come to a port to fetch the box
    "TRANSPORT/ARRI": Meaning(None, K.ARRIVED_PICKUP, K.ARRIVED_DELIVERY),
    "TRANSPORT/DEPA": Meaning(K.IN_TRANSIT, K.DEPARTED_PICKUP, K.DEPARTED_DELIVERY),
    # the box with goods in it
    "EQUIPMENT/LOAD": Meaning(K.IN_TRANSIT, K.LOADED, K.IN_TRANSIT),
    "EQUIPMENT/DISC": Meaning(K.IN_TRANSIT, K.IN_TRANSIT, K.ARRIVED_DELIVERY),
    "EQUIPMENT/GTIN": Meaning(K.IN_TRANSIT, K.ARRIVED_PICKUP, K.ARRIVED_DELIVERY),
    "EQUIPMENT/GTOT": Meaning(K.IN_TRANSIT, K.DEPARTED_PICKUP, K.DELIVERED),
    "EQUIPMENT/STUF": Meaning(K.LOADED, K.LOADED, None),
    "EQUIPMENT/STRP": Meaning(None, None, K.DELIVERED),
    "EQUIPMENT/PICK": Meaning(K.IN_TRANSIT, K.DEPARTED_PICKUP, None),
    "EQUIPMENT/DROP": Meaning(K.IN_TRANSIT, None, K.DELIVERED),
    "EQUIPMENT/CROS": Meaning(K.IN_TRANSIT),
}
"""By kind and code of the event."""

WITHOUT_MEANING = {
    "EQUIPMENT": frozenset({"INSP", "RSEA", "RMVD", "AVPU", "AVDO", "CUSS", "CUSI", "CUSR"}),
    "IOT": frozenset({"DETC"}),
    "REEFER": frozenset({"MEAS", "ADJU"}),
    "SHIPMENT": frozenset(
        {
            *("RECE", "DRFT", "PENA", "PENU", "REJE", "APPR", "ISSU", "SURR", "SUBM", "VOID"),
            *("CONF", "REQS", "CMPL", "HOLD", "RELS", "DECL", "CANC", "PENC", "PENM"),
            *("AMCF", "AMCN", "AMDC", "AMPR", "AMRE", "CACF", "CADC", "CARE", "PSAM", "PSDL"),
            *("SUAM", "SUDL", "UPCF", "UPCN", "UPDC", "UPDT", "UPRE"),
        }
    ),
}
"""What moves nothing: inspections and seals, a sensor's word, the state of a document."""

FIELDS = {
    "TRANSPORT": "transportEventTypeCode",
    "EQUIPMENT": "equipmentEventTypeCode",
    "SHIPMENT": "shipmentEventTypeCode",
    "IOT": "iotEventTypeCode",
    "REEFER": "reeferEventTypeCode",
}
"""Kind of event -> the field in which its code stands."""

EMPTY = "EMPTY"
"""A box without goods: where it goes is no milestone of a shipment."""

REFERENCES: Mapping[str, ReferenceKind] = {
    "EQ": ReferenceKind.CONTAINER,
    "BKG": ReferenceKind.PRO,  # the line's own number of the booking
    "TRD": ReferenceKind.BOL,  # transport document: bill of lading or sea waybill
    "PO": ReferenceKind.PO,
    "SPO": ReferenceKind.PO,
    "CPO": ReferenceKind.PO,
}
"""Types of documents and references that we search by; others stay in the message."""
