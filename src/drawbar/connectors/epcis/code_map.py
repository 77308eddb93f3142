"""What the business steps of GS1's vocabulary (CBV) mean for us, unless a profile says otherwise.

Source: GS1 CBV 2.0, business steps and business transaction types; labels are ours. A step that is
not here is refused by name: one entry in the profile replays what waits for it.
"""

from collections.abc import Mapping

from msgspec import Struct

from drawbar.freight.milestone import MilestoneKind as K
from drawbar.freight.order import StopPurpose
from drawbar.freight.reference import ReferenceKind


class Step(Struct, frozen=True):
    """What a step means where the place is not known, at a pickup and at a delivery.

    Without a milestone it moves nothing there.
    """

    anywhere: K | None = None
    pickup: K | None = None
    delivery: K | None = None

    def at(self, purpose: StopPurpose | None) -> K | None:
        """Return the milestone at a place of that purpose, None where it moves nothing."""
        if purpose is None:
            return self.anywhere
        return self.pickup if purpose is StopPurpose.PICKUP else self.delivery


STEPS: Mapping[str, Step] = {
    "arriving": Step(K.ARRIVED_DELIVERY, K.ARRIVED_PICKUP, K.ARRIVED_DELIVERY),
    "loading": Step(K.LOADED, K.LOADED, None),
    "departing": Step(K.DEPARTED_PICKUP, K.DEPARTED_PICKUP, K.DEPARTED_DELIVERY),
    "shipping": Step(K.DEPARTED_PICKUP, K.DEPARTED_PICKUP, None),
    "consigning": Step(K.DEPARTED_PICKUP, K.DEPARTED_PICKUP, None),
    "transporting": Step(K.IN_TRANSIT, K.IN_TRANSIT, K.IN_TRANSIT),
    "unloading": Step(None, None, K.ARRIVED_DELIVERY),
    "receiving": Step(K.DELIVERED, None, K.DELIVERED),
    "accepting": Step(None, None, K.DELIVERED),
}
"""The steps in which freight moves."""

IN_THE_HOUSE = frozenset(
    {
        *("picking", "packing", "unpacking", "staging_outbound", "collecting", "stocking"),
        *("storing", "holding", "inspecting", "cycle_counting", "stock_taking", "sampling"),
        *("commissioning", "decommissioning", "encoding", "killing", "destroying", "reserving"),
        *("creating_class_instance", "assembling", "disassembling", "installing"),
        *("removing", "repackaging", "repairing", "replacing", "retail_selling", "dispensing"),
        *("entering_exiting", "sensor_reporting", "other"),
    }
)
"""Steps within a building: what is picked or packed has not left. They move nothing."""

VOIDED = "void_shipping"
"""The step that says that what was told as shipped was not; it does not say which event told so."""

TRANSACTIONS: Mapping[str, ReferenceKind] = {
    "po": ReferenceKind.PO,
    "bol": ReferenceKind.BOL,
}
"""Types of business transactions that we search by; others stay in the message."""

PREFIXES = (
    "urn:epcglobal:cbv:bizstep:",
    "urn:epcglobal:cbv:btt:",
    "https://ref.gs1.org/cbv/BizStep-",
    "https://ref.gs1.org/cbv/BTT-",
    "http://ref.gs1.org/cbv/BizStep-",
    "http://ref.gs1.org/cbv/BTT-",
    "https://ns.gs1.org/cbv/BizStep-",
    "https://ns.gs1.org/cbv/BTT-",
    "cbv:BizStep-",
    "cbv:BTT-",
)
"""Spellings of one word of the vocabulary: bare, as URN, as web URI, shortened."""

TRANSACTION_URN = "urn:epcglobal:cbv:bt:"
"""Before the party's number and the transaction's own, parted by a colon."""

SSCC_URN, SSCC_LINK = "urn:epc:id:sscc:", "/00/"
"""A handling unit, by its URN or in a GS1 Digital Link."""

CONTAINER_URN = "urn:epc:id:bic:"
"""A container by its BIC code."""


def word(said: str) -> str:
    """Return a word of the vocabulary without its spelling; any other as it is said."""
    prefix = next((one for one in PREFIXES if said.startswith(one)), "")
    return said[len(prefix) :]
