"""What happens in the first demo: ten orders, told to the small systems before they begin.

Each shows one thing. Times are counted from ``base``, the morning three days ago.
"""

from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

Json = dict[str, Any]

DALLAS = {
    "name": "Globex Dallas", "street": "2101 Elm St", "city": "Dallas", "state": "TX",
    "zip": "75201", "timezone": "America/Chicago",
}  # fmt: skip
CHICAGO = {
    "name": "Lakeside DC", "street": "700 W Lake St", "city": "Chicago", "state": "IL",
    "zip": "60601", "timezone": "America/Chicago",
}  # fmt: skip
ATLANTA = {
    "name": "Initech Atlanta", "street": "88 Peachtree St", "city": "Atlanta", "state": "GA",
    "zip": "30303", "timezone": "America/New_York",
}  # fmt: skip
NEWARK = {
    "name": "Harbor Retail", "street": "12 Port Ave", "city": "Newark", "state": "NJ",
    "zip": "07102", "timezone": "America/New_York",
}  # fmt: skip

LINEHAUL = {"code": "400", "amount": "1650.00", "text": "LINEHAUL"}
FUEL = {"code": "405", "amount": "453.75", "text": "FUEL SURCHARGE 27.5 PCT"}
DETENTION = {"code": "DTL", "amount": "168.75", "text": "DETENTION AT CONSIGNEE"}


class Scene(Struct, frozen=True, kw_only=True):
    """One order, and what its carriers do with it. ``shows`` is what a visitor can see in it."""

    number: str
    shows: str
    customer: str = "GLOBEX"
    route: tuple[Json, Json] = (DALLAS, CHICAGO)
    pieces: int = 24
    dwell: int = 95
    charges: tuple[Json, ...] = (LINEHAUL, FUEL)
    bill_number: str = ""
    again: str = ""
    pod: int | None = 24
    behaviours: tuple[tuple[str, Json], ...] = ()


SCENES = (
    Scene(number="SO-1001", shows="clean: accepted, driven, billed as agreed, paid"),
    Scene(
        number="SO-1002",
        shows="real detention: 247 minutes at the consignee, owed by the events",
        dwell=247,
        charges=(LINEHAUL, FUEL, DETENTION),
    ),
    Scene(
        number="SO-1003",
        shows="inflated detention: nobody waited, so the line is not paid",
        charges=(LINEHAUL, FUEL, DETENTION),
    ),
    Scene(
        number="SO-1004",
        shows="wrong fuel: last half-year's 25 % is fine, 30 % is short-paid",
        charges=(LINEHAUL, {**FUEL, "amount": "495.00"}),
    ),
    Scene(
        number="SO-1005",
        shows="the same bill twice, under a new number: paid once",
        again="AB-91005-R",
    ),
    Scene(
        number="SO-1006",
        shows="a decline: the next carrier of the routing guide takes it",
        behaviours=(("abcd", {"answer": "decline", "reason": "no truck"}),),
    ),
    Scene(
        number="SO-1007",
        shows="a silent carrier: the tender waits, its countdown runs",
        pod=None,
        behaviours=(("abcd", {"answer": "silent"}),),
    ),
    Scene(
        number="SO-1008",
        shows="a short delivery: 22 of 24 pieces, a cargo claim beside the bill",
        pod=22,
    ),
    Scene(
        number="SO-2001",
        shows="a JSON carrier: the same flow without EDI",
        customer="INITECH",
        route=(ATLANTA, NEWARK),
    ),
    Scene(
        number="SO-2002",
        shows="over the credit limit: on hold until the customer pays",
        customer="INITECH",
        route=(ATLANTA, NEWARK),
        pod=None,
    ),
)


def order(scene: Scene, base: datetime) -> Json:
    """Return the order as the ERP's clerk enters it: times are those of the stops' walls."""
    opens = {"ship_from": base + timedelta(hours=9), "ship_to": base + timedelta(hours=57)}
    legs = [
        {
            "type": kind,
            "address": place,
            "window_from": opens[kind].isoformat(),
            "window_to": (opens[kind] + timedelta(hours=4)).isoformat(),
            "appointment": opens[kind].isoformat(),
        }
        for kind, place in zip(opens, scene.route, strict=True)
    ]
    line = {"item": "PUMP", "quantity": scene.pieces, "weight_lb": "18000", "unit_price": "145.00"}
    return {
        "number": scene.number,
        "customer": scene.customer,
        "customer_po": f"PO-{scene.number[3:]}",
        "bill_of_lading": f"BOL-{scene.number[3:]}",
        "legs": legs,
        "lines": [line],
    }


def behaviour(scene: Scene, system: str, base: datetime) -> Json:
    """Return what a carrier does with a load: the scene's own words first, else the usual run."""
    own = dict(scene.behaviours).get(system)
    if own is not None:
        return own
    day = (base + timedelta(days=2)).date()
    usual: Json = {
        "answer": "accept",
        "reports": reports(scene.dwell),
        "bill": bill(scene, system, day),
    }
    if scene.pod is not None and system == "northlake":
        usual["pod"] = {"signer": "R. Diaz", "signed_on": day.isoformat(), "pieces": scene.pod}
    return usual


def reports(dwell: int) -> list[Json]:
    """Return the events that a carrier reports, at minutes after each stop opened."""
    return [
        {"status": status, "stop": stop, "minutes": minutes}
        for status, stop, minutes in (
            ("X3", 1, -10),
            ("AF", 1, 55),
            ("X1", 2, -5),
            ("D1", 2, -5 + dwell),
        )
    ]


FUEL_PERCENT = {"abcd": "27.5", "northlake": "24"}
"""What each carrier's contract says since July."""


def anything(system: str, today: str) -> Json:
    """Return what a carrier does with a load of a visitor: all as planned, then its bill."""
    bill = {"on": today, "fuel_percent": FUEL_PERCENT[system]}
    return {"answer": "accept", "reports": reports(95), "bill": bill}


def bill(scene: Scene, system: str, day: Any) -> Json:
    """Return the carrier's bill. Northlake bills its own flat rate in its own words."""
    number = f"AB-9{scene.number[3:]}" if system == "abcd" else f"NL-{scene.number[3:]}"
    charges = list(scene.charges) if system == "abcd" else northlake_charges(scene)
    return {"number": number, "on": day.isoformat(), "charges": charges}


def northlake_charges(scene: Scene) -> list[Json]:
    """Return what Northlake's contract grants for the lane: flat or by the mile, and 24 % fuel."""
    haul = "1831.50" if scene.route == (DALLAS, CHICAGO) else "2050.00"
    fuel = "439.56" if scene.route == (DALLAS, CHICAGO) else "492.00"
    return [{"code": "400", "amount": haul}, {"code": "FUE", "amount": fuel}]


def pod(scene: Scene, base: datetime) -> Json:
    """Return the proof of delivery that an EDI carrier hands in beside its EDI, by the API."""
    delivered = base + timedelta(hours=57, minutes=scene.dwell + 30)
    return {
        "references": [{"kind": "bol", "value": f"BOL-{scene.number[3:]}"}],
        "delivered_at": delivered.astimezone().isoformat(),
        "signer": "R. Diaz",
        "signed_on": delivered.date().isoformat(),
        "pieces": scene.pod,
    }
