"""What this carrier's API takes and tells, in its own words."""

from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from drawbar.world.load import Load, LoadStop


class Where(Struct, frozen=True, kw_only=True):
    """One stop of a load; times carry their offset."""

    sequence: int
    kind: str
    name: str = ""
    street: str = ""
    zip: str = ""
    city: str = ""
    state: str = ""
    opens: datetime
    closes: datetime

    @property
    def stop(self) -> LoadStop:
        """Return the stop as any carrier knows it."""
        return LoadStop(
            number=self.sequence,
            opens=self.opens,
            purpose=self.kind,
            city=self.city,
            state=self.state,
        )


class Tender(Struct, frozen=True, kw_only=True):
    """A message about a load: an offer, its change or its end. ``reference`` is the caller's."""

    reference: str
    tender_id: str
    action: str = "offer"
    shipment_id: str = ""
    references: dict[str, str] = {}
    stops: tuple[Where, ...] = ()
    pieces: int = 0
    weight_lb: Decimal = Decimal(0)
    equipment: str = ""
    rate: Decimal | None = None
    currency: str = ""
    note: str = ""

    @property
    def load(self) -> Load:
        """Return the load as any carrier knows it."""
        names = (self.tender_id, self.shipment_id, *self.references.values())
        named = {"shipment": self.shipment_id, **self.references}
        return Load(
            tender=self.tender_id,
            purpose=self.action,
            names=tuple(dict.fromkeys(name for name in names if name)),
            shipment=self.shipment_id,
            named={kind: value for kind, value in named.items() if value},
            stops=tuple(one.stop for one in self.stops),
            pieces=self.pieces,
            pay=self.rate,
        )


class Notice(Struct, frozen=True, kw_only=True):
    """The caller's word about a bill. ``reference`` is the caller's key, ``about`` its own name."""

    reference: str
    carrier: str
    invoice: str
    about: str = ""
    reason: str = ""
    text: str = ""
    refused: Decimal | None = None
    currency: str = ""

    @property
    def letter(self) -> str:
        """Return it as a letter, which is what accountants read."""
        amount = "" if self.refused is None else f"Not paid: {self.refused} {self.currency}\n"
        return (
            f"Freight bill {self.invoice} of {self.carrier}\n"
            f"Our reference: {self.about}\n"
            f"{amount}Reason: {self.reason}\n\n{self.text}\n"
        )


STATUSES = {
    "X3": "arrived_at_pickup",
    "CP": "loaded",
    "AF": "left_pickup",
    "X6": "on_the_way",
    "AG": "eta",
    "X1": "arrived_at_delivery",
    "D1": "delivered",
    "CD": "left_delivery",
    "AH": "attempted",
    "A7": "refused",
    "SD": "delayed",
    "AA": "pickup_appointment",
    "AB": "delivery_appointment",
}
"""How this carrier calls what a script names by its X12 code; another word stays as it is."""

CHARGES = {
    "400": "LINEHAUL",
    "FUE": "FUEL",
    "DET": "DETENTION",
    "LUM": "LUMPER",
    "SOC": "STOP_OFF",
    "VOR": "TRUCK_NOT_USED",
    "LFT": "LIFTGATE",
    "LAY": "LAYOVER",
    "RCL": "REDELIVERY",
    "RCC": "RECONSIGNMENT",
    "RES": "RESIDENTIAL",
    "STR": "STORAGE",
    "TAX": "TAX",
    "DSC": "DISCOUNT",
    "MSC": "OTHER",
}
"""Likewise for charges."""
