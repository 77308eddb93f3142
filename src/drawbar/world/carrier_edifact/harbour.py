"""How a carrier writes EDIFACT D.96A: an apostrophe at the end of each line, codes of its own."""

from datetime import datetime
from zoneinfo import ZoneInfo

from drawbar.world.behaviour import Bill, Charge, Report
from drawbar.world.carrier_edi.dialect import Outgoing
from drawbar.world.carrier_edi.segment import Line, first
from drawbar.world.trucker import Known

MESSAGES = {"990": "IFTMCS", "214": "IFTSTA", "210": "INVOIC", "997": "CONTRL"}
"""What a carrier on X12 would write -> what this one writes."""

STATUSES = {
    "X3": "1",
    "CP": "13",
    "AF": "24",
    "X6": "31",
    "AG": "ETA",
    "X1": "ARD",
    "D1": "21",
    "CD": "DPD",
    "AH": "23",
    "A7": "RFD",
    "SD": "20",
    "AA": "APU",
    "AB": "APD",
}
"""What a script says by X12's code, in this carrier's; any other stays as it is."""

CHARGES = {"400": "FC", "FUE": "BAF", "DET": "DEM", "TAX": "VAT"}
"""Likewise for charges."""

QUALIFIERS = {
    "tender": "ACW",
    "pro": "CN",
    "bol": "BM",
    "po": "ON",
    "order": "VN",
    "shipment": "CU",
}
USUAL = ("tender", "pro", "shipment")
CLOCKS = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
    "UT": "UTC",
}
NO_REASON = {"", "NS", "NA"}


class Harbour:
    """The dialect of a carrier from across the sea."""

    def receipt(self, lines: list[Line]) -> str:
        """Return a CONTRL that accepts an interchange."""
        unb = first(lines, "UNB")
        return f"UCI+{unb.at(5)}+{unb.at(2)}+{unb.at(3)}+7'\n"

    def answer(self, known: Known, scac: str, now: datetime) -> str:
        """Return an IFTMCS."""
        accepts = known.behaviour.answer == "accept"
        head = f"BGM+770+{known.pro}+29'\n" if accepts else "BGM+770++27'\n"
        head += f"DTM+137:{now:%Y%m%d%H%M}:203'\n"
        head += f"FTX+AAI++{known.behaviour.reason}'\n" if known.behaviour.reason else ""
        return head + _named(known, {})

    def status(self, known: Known, scac: str, report: Report) -> str:
        """Return an IFTSTA of one event. Raise ``Refusal``."""
        code = STATUSES.get(report.status, report.status)
        reason = "" if report.reason in NO_REASON else f"+{report.reason}"
        at, stop = known.load.wall_time(report), known.load.stop(report.stop)
        place = f"LOC+7+:::{_free(stop.city)}'\n" if stop and stop.city else ""
        return (
            f"BGM+77+{known.pro}+9'\nCNI+1+{known.pro}'\nSTS+1+{code}{reason}'\n"
            f"{_named(known, {'shipment': known.load.shipment})}"
            f"DTM+334:{_clock(at, report.zone)}'\n{place}"
        )

    def more(self, body: str, known: Known, report: Report) -> str:
        """Return nothing: it says one event at a time."""
        del body, known, report
        return ""

    def invoice(self, known: Known, scac: str, bill: Bill) -> str:
        """Return an INVOIC; amounts are in major units."""
        said = known.names(bill, usual=USUAL)
        names = "".join(f"RFF+{QUALIFIERS[kind]}:{said[kind]}'\n" for kind in said if said[kind])
        payee = f"NAD+PE+{_free(bill.remit_to)}'\n" if bill.remit_to else ""
        lines = "".join(_charge(number, one) for number, one in enumerate(bill.billed, start=1))
        return (
            f"BGM+380+{bill.number}+9'\nDTM+3:{bill.on:%Y%m%d}:102'\n{names}{payee}"
            f"CUX+2:{bill.currency}:4'\n{lines}UNS+S'\nMOA+77:{_money(bill.cents)}'\n"
        )

    def envelope(self, outgoing: Outgoing) -> bytes:
        """Return one interchange of one message."""
        mail, now, control = outgoing.mail, outgoing.now, outgoing.control
        test = "++++++1" if mail.usage == "T" else ""
        kind = f"{MESSAGES[outgoing.code]}:D:{'3' if outgoing.code == '997' else '96A'}:UN"
        count = outgoing.body.count("'\n") + 2
        return (
            f"UNA:+.? '\nUNB+UNOC:3+{mail.id}+{mail.to_id}+{now:%y%m%d}:{now:%H%M}+{control}{test}'"
            f"\nUNH+1+{kind}'\n{outgoing.body}UNT+{count}+1'\nUNZ+1+{control}'\n"
        ).encode("latin-1", "replace")


def _named(known: Known, more: dict[str, str]) -> str:
    names = {"tender": known.called, **more}
    return "".join(f"RFF+{QUALIFIERS[kind]}:{value}'\n" for kind, value in names.items() if value)


def _clock(at: datetime, zone: str) -> str:
    """Return when it was: with its distance from UTC, or by the clock of the stop."""
    if zone not in CLOCKS:
        return f"{at:%Y%m%d%H%M}:203"
    offset = f"{at.replace(tzinfo=ZoneInfo(CLOCKS[zone])):%z}"
    return f"{at:%Y%m%d%H%M}{offset.replace('+', '?+')}:205"


def _charge(number: int, one: Charge) -> str:
    code = CHARGES.get(one.code, one.code)
    text = f"IMD+F++:::{_free(one.text)}'\n" if one.text else ""
    return f"LIN+{number}++{code}'\n{text}MOA+203:{_money(one.cents)}'\n"


def _money(cents: int) -> str:
    sign, whole = ("-" if cents < 0 else ""), abs(cents)
    return f"{sign}{whole // 100}.{whole % 100:02d}"


def _free(text: str) -> str:
    return "".join(f"?{mark}" if mark in "?+:'" else mark for mark in text)
