"""The fields of each table that an audit reads, and the other words by which people head them.

Headings compare without regard to case, blanks, dashes and underscores.
"""

from collections.abc import Mapping

Synonyms = Mapping[str, tuple[str, ...]]

_NAMES: Synonyms = {
    "shipment": (
        "shipment id", "shipment no", "shipment number", "shipment ref", "shipment reference",
        "load", "load id", "load no", "load number", "load ref", "our reference", "reference",
        "trip", "trip number", "loadnum", "shipmentid",
    ),
    "order": ("order id", "order no", "order number", "order ref", "sales order", "so number"),
    "bol": ("bill of lading", "bol no", "bol number", "b/l", "bl number", "lading"),
    "pro": ("pro no", "pro number", "pro #", "carrier pro", "tracking", "tracking number",
            "freight bill number"),
    "po": ("purchase order", "po no", "po number", "customer po"),
    "tender": ("tender id", "tender ref", "tender number"),
}  # fmt: skip

_CARRIER = ("scac", "carrier code", "carrier scac", "carrier id", "carrier ref", "carrier name",
            "vendor", "trucker", "haulier")  # fmt: skip
_WEIGHT_UNIT = ("weight uom", "weight units", "wt unit", "uom")


def _end(name: str, *others: str) -> dict[str, tuple[str, ...]]:
    """Return the fields of one end of a shipment that has just two."""
    words = (name, *others)
    parts = {
        "name": ("name", "company", "facility", "location", "location name"),
        "street": ("street", "address", "address 1", "address line 1"),
        "city": ("city", "town"),
        "state": ("state", "region", "province", "st"),
        "zip": ("zip", "zip code", "postal code", "postcode", "postal", "zipcode"),
        "country": ("country", "country code"),
        "zone": ("zone", "time zone", "timezone", "tz"),
        "marks": ("marks", "place type"),
    }
    return {
        f"{name} {part}": tuple(f"{word} {one}" for word in words for one in ones)
        for part, ones in parts.items()
    }


def _spots(name: str, *others: str) -> dict[str, tuple[str, ...]]:
    """Return what a bill says of one end of its move."""
    ends = _end(name, *others)
    return {field: ends[field] for field in (f"{name} city", f"{name} state", f"{name} zip")}


def _times(name: str, *others: str) -> dict[str, tuple[str, ...]]:
    words = (name, *others)
    parts = {
        "from": ("from", "earliest", "window start", "window from", "start", "open", "date",
                 "planned", "scheduled"),
        "to": ("to", "latest", "window end", "window to", "end", "close"),
        "appointment": ("appointment", "appt", "appointment at", "appointment time", "appt time"),
        "arrived": ("arrived", "arrival", "actual arrival", "arrived at", "arrival time",
                    "check in", "in time"),
        "departed": ("departed", "departure", "actual departure", "departed at", "departure time",
                     "check out", "out time"),
    }  # fmt: skip
    return {
        f"{name} {part}": tuple(f"{word} {one}" for word in words for one in ones)
        for part, ones in parts.items()
    }


_GOODS: Synonyms = {
    "sku": ("item", "item number", "product", "commodity code", "part"),
    "description": ("goods", "commodity", "item description"),
    "pieces": ("handling units", "quantity", "qty", "units", "pallets", "cartons", "piece count"),
    "weight": ("gross weight", "total weight", "wt"),
    "weight lb": ("weight lbs", "pounds", "lbs", "lb"),
    "weight kg": ("weight kgs", "kilograms", "kilos", "kg", "kgs"),
    "weight unit": _WEIGHT_UNIT,
    "class": ("freight class", "nmfc class", "nmfc"),
    "length": ("length in",),
    "width": ("width in",),
    "height": ("height in",),
}  # fmt: skip

SHIPMENTS: Synonyms = {
    **_NAMES,
    "carrier": _CARRIER,
    "customer": ("customer id", "customer ref", "customer name", "client", "bill to"),
    **_end("origin", "from", "ship from", "pickup", "shipper", "orig"),
    **_end("destination", "dest", "to", "ship to", "delivery", "consignee"),
    **_times("pickup", "pick up", "pu", "ship", "shipped", "origin", "load"),
    **_times("delivery", "deliver", "dl", "del", "drop", "destination"),
    **_GOODS,
    "equipment": ("trailer", "trailer type", "equipment type", "mode"),
    "service": ("service level", "service type"),
    "tendered at": ("tendered", "tender date", "tendered on", "offered at", "booked at"),
    "dispatched at": ("dispatched", "driver dispatched", "driver dispatched at"),
    "cancelled at": ("cancelled", "canceled", "canceled at", "cancel date"),
    "delivered": ("delivered at", "delivered on", "delivery date actual", "actual delivery",
                  "pod date", "delivered time", "unloaded"),
    "signed by": ("signer", "pod signed by", "received by", "pod name", "pod"),
    "signed on": ("pod signed on", "signature date"),
    "pieces received": ("pod pieces", "received pieces"),
    "revision": ("version",),
}  # fmt: skip

STOPS: Synonyms = {
    **_NAMES,
    "stop": ("stop no", "stop number", "sequence", "seq", "stop sequence"),
    "purpose": ("type", "stop type", "activity", "stop purpose", "action"),
    "name": ("company", "facility", "location", "location name"),
    "street": ("address", "address 1", "address line 1"),
    "city": ("town",),
    "state": ("region", "province", "st"),
    "zip": ("zip code", "postal code", "postcode", "postal", "zipcode"),
    "country": ("country code",),
    "zone": ("time zone", "timezone", "tz"),
    "marks": ("place type",),
    "from": ("earliest", "earliest at", "window start", "window from", "start", "planned", "date"),
    "to": ("latest", "latest at", "window end", "window to", "end"),
    "appointment": ("appt", "appointment at", "appointment time", "appt time"),
    "arrived": ("arrival", "actual arrival", "arrived at", "arrival time", "check in", "in time"),
    "departed": ("departure", "actual departure", "departed at", "departure time", "check out",
                 "out time"),
}  # fmt: skip

GOODS: Synonyms = {**_NAMES, **_GOODS}

EVENTS: Synonyms = {
    **_NAMES,
    "event": ("status", "code", "status code", "event code", "event type", "milestone", "at7",
              "activity"),
    "at": ("happened at", "event time", "time", "timestamp", "date", "date time", "datetime",
           "event date", "when", "occurred at", "event at"),
    "zone": ("time zone", "timezone", "tz"),
    "stop": ("stop no", "stop number", "stop sequence"),
    "carrier": (*_CARRIER, "reported by"),
    "source": ("reported via", "source system"),
    "reason": ("reason code", "status reason", "note"),
    "signed by": ("signer", "received by", "pod name"),
    "pieces": ("pieces received", "pod pieces"),
}  # fmt: skip

APPROVALS: Synonyms = {
    **_NAMES,
    "charge": ("charge code", "charge type", "accessorial", "accessorial code", "kind", "code"),
    "amount": ("approved amount", "value", "cost", "money"),
    "currency": ("currency code", "ccy", "cur"),
    "stop": ("stop no", "stop number", "stop sequence"),
    "approved by": ("approver", "by", "authorised by", "authorized by", "approved"),
    "reason": ("because", "note", "comment", "why"),
    "at": ("approved at", "approved on", "date", "time"),
    "evidence": ("proof", "document", "document type"),
    "count": ("units", "quantity", "days"),
    "by carrier": ("caused by carrier", "carrier fault", "carrier caused"),
}  # fmt: skip

BILLS: Synonyms = {
    **_NAMES,
    "carrier": _CARRIER,
    "invoice": ("invoice no", "invoice number", "invoice id", "invoice #", "bill", "bill number",
                "bill no", "freight bill", "inv", "inv no", "invoice num", "document number"),
    "invoice date": ("bill date", "billed on", "inv date", "date", "invoiced on", "document date"),
    "received": ("received at", "received on", "receipt date", "date received", "received date"),
    "currency": ("currency code", "ccy", "cur"),
    "total": ("bill total", "shipment total", "load total", "bill amount", "total amount",
              "net amount", "amount due", "total charges", "total charge"),
    "invoice total": ("document total", "invoice amount", "grand total", "total invoice amount"),
    "line": ("line no", "line number", "line item", "item no", "seq"),
    "charge": ("charge code", "charge type", "code", "kind", "charge kind", "accessorial",
               "accessorial code", "type", "cost type", "line type"),
    "description": ("charge description", "text", "line description", "charge name"),
    "amount": ("line amount", "charge amount", "line total", "value", "cost", "money", "net"),
    "stop": ("stop no", "stop number", "stop sequence"),
    "weight": ("billed weight", "bill weight"),
    "weight lb": ("weight lbs", "billed weight lb"),
    "weight kg": ("weight kgs", "billed weight kg"),
    "weight unit": _WEIGHT_UNIT,
    "class": ("freight class", "billed class"),
    "miles": ("distance", "billed miles", "distance mi", "mileage"),
    "rate": ("unit rate", "line rate"),
    "rate unit": ("rate uom", "rate per", "rate basis"),
    "remit to": ("remit", "payee", "pay to"),
    "ship date": ("shipped on", "pickup date", "ship on", "shipped", "pickup on"),
    "total weight lb": ("shipment weight", "shipment weight lb", "total weight lbs"),
    **_spots("origin", "shipper", "ship from", "pickup"),
    **_spots("destination", "consignee", "ship to", "delivery", "dest"),
}  # fmt: skip

FIELDS: Mapping[str, Synonyms] = {
    "shipments": SHIPMENTS,
    "stops": STOPS,
    "goods": GOODS,
    "events": EVENTS,
    "approvals": APPROVALS,
    "bills": BILLS,
}
"""Which table has which fields; each field is also known by the other words."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    "shipments": ("shipment",),
    "stops": ("shipment", "stop"),
    "goods": ("shipment",),
    "events": ("event", "at"),
    "approvals": ("charge", "amount"),
    "bills": ("invoice",),
}
"""Without these nothing can be read from a table."""
