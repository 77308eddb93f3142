"""What carriers on X12 would have put into our folder: each file one carrier's day of one set."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from msgspec import Struct

from drawbar.world.behaviour import Bill, Report
from drawbar.world.carrier_edi.carrier import DIALECTS
from drawbar.world.carrier_edi.dialect import Outgoing
from drawbar.world.carrier_edi.segment import Mail
from drawbar.world.plan import Json
from drawbar.world.trucker import Known

SPEAKS = {"ABCD": "bar", "BLFT": "star", "CDRV": "cedar"}
"""Which dialect each carrier on X12 writes."""


class Said(Struct, frozen=True, kw_only=True):
    """One thing that a carrier said about a load, at an instant."""

    carrier: str
    known: Known
    at: datetime
    body: Json


class Pen:
    """Writes the interchanges of one carrier, each under the next control number."""

    def __init__(self, carrier: str) -> None:
        """Begin with number one."""
        self._carrier, self._dialect = carrier, DIALECTS[SPEAKS[carrier]]()
        self._control = 0
        self._written: dict[str, bytes] = {}
        self._mail = Mail(
            qualifier="02",
            id=carrier,
            to_qualifier="ZZ",
            to_id="DRAWBAR",
            application=carrier,
            to_application="DRAWBAR",
        )

    def write(self, said: Said) -> tuple[str, bytes]:
        """Return the set that it is and its interchange; what is said again is the same bytes."""
        body = said.body
        if "again" in body:
            return "210", self._written[body["again"]]
        if "raw" in body:
            return "210", str(body["raw"]).encode("latin-1", "replace")
        code, text = self._set(said)
        self._control += 1
        outgoing = Outgoing(
            mail=self._mail, code=code, control=self._control, now=said.at, body=text
        )
        whole = self._dialect.envelope(outgoing)
        self._written[body["key"]] = whole
        return code, whole

    def _set(self, said: Said) -> tuple[str, str]:
        if "bill" in said.body:
            bill = msgspec.convert(said.body["bill"], Bill, strict=False)
            return "210", self._dialect.invoice(said.known, self._carrier, bill)
        report = msgspec.convert(said.body["report"], Report, strict=False)
        return "214", self._dialect.status(said.known, self._carrier, report)


def files_of(said: Iterable[Said]) -> Iterable[tuple[str, bytes]]:
    """Yield each carrier's days, its bills and its reports apart, by name."""
    pens: dict[str, Pen] = {}
    days: dict[str, list[bytes]] = {}
    for one in sorted(said, key=lambda one: (one.at, str(one.body["key"]))):
        pen = pens.setdefault(one.carrier, Pen(one.carrier))
        code, whole = pen.write(one)
        if "raw" in one.body:
            yield f"edi/{one.carrier}_{one.at:%Y%m%d%H%M}_broken.edi", whole
            continue
        days.setdefault(f"edi/{one.carrier}_{one.at:%Y%m%d}_{code}.edi", []).append(whole)
    for name in sorted(days):
        yield name, b"".join(days[name])
