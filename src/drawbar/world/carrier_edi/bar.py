"""How ABCD writes X12 004010: literal lines, a bar between elements, a line end after each."""

from datetime import datetime

from drawbar.world.behaviour import Bill, Charge, Report
from drawbar.world.carrier_edi.dialect import GROUPS, Outgoing, is_appointment
from drawbar.world.carrier_edi.segment import Line, first
from drawbar.world.load import Load
from drawbar.world.trucker import Known

QUALIFIERS = {"pro": "CN", "bol": "BM", "po": "PO", "order": "OQ", "shipment": "SI"}


class Bar:
    """The dialect of literal templates."""

    def receipt(self, lines: list[Line]) -> str:
        """Return a 997 that accepts one set."""
        gs, st = first(lines, "GS"), first(lines, "ST")
        return f"AK1|{gs.at(1)}|{gs.at(6)}\nAK2|{st.at(1)}|{st.at(2)}\nAK5|A\nAK9|A|1|1|1\n"

    def answer(self, known: Known, scac: str, now: datetime) -> str:
        """Return a 990."""
        accepts = known.behaviour.answer == "accept"
        said = f"B1|{scac}|{known.called}|{now:%Y%m%d}|{'A' if accepts else 'D'}\n"
        said += f"N9|CN|{known.pro}\n" if accepts and known.pro else ""
        return said + (f"V9|{known.behaviour.reason}\n" if known.behaviour.reason else "")

    def status(self, known: Known, scac: str, report: Report) -> str:
        """Return a 214 of one event; a load of many stops says which."""
        load, at = known.load, known.load.wall_time(report)
        named = f"L11|{load.shipment}|SI\n" if load.shipment else ""
        named += f"L11|{report.stop}|QN\n" if len(load.stops) > 2 and report.stop else ""
        moment = f"{at:%Y%m%d}|{at:%H%M}|{report.zone}"
        event = f"AT7|{report.status}|{report.reason}|||{moment}\n"
        if is_appointment(report):
            event = f"AT7|||{report.status}|{report.reason}|{moment}\n"
        return f"B10|{known.pro}|{known.called}|{scac}\n{named}LX|1\n{event}{_place(load, report)}"

    def more(self, body: str, known: Known, report: Report) -> str:
        """Return nothing: it says one event at a time."""
        del body, known, report
        return ""

    def invoice(self, known: Known, scac: str, bill: Bill) -> str:
        """Return a 210; amounts are cents, as X12 counts them."""
        said = known.names(bill, usual=USUAL)
        load = said.pop("tender", "") or said.pop("shipment", "")
        head = f"B3||{bill.number}|{load}|PP||{bill.on:%Y%m%d}|{bill.cents}||||{scac}\n"
        head += f"C3|{bill.currency}\n"
        for kind, qualifier in QUALIFIERS.items():
            head += f"N9|{qualifier}|{said[kind]}\n" if said.get(kind) else ""
        head += f"N1|RE|{bill.remit_to}\n" if bill.remit_to else ""
        lines = "".join(_charge(number, one) for number, one in enumerate(bill.billed, start=1))
        return f"{head}{lines}L3|||||{bill.cents}\n"

    def envelope(self, outgoing: Outgoing) -> bytes:
        """Return one interchange with one group of one set around the body."""
        mail, now, control = outgoing.mail, outgoing.now, outgoing.control
        return (
            f"ISA|00|          |00|          |{mail.qualifier:<2}|{mail.id:<15}"
            f"|{mail.to_qualifier:<2}|{mail.to_id:<15}|{now:%y%m%d}|{now:%H%M}|U|00401"
            f"|{control:09d}|0|{mail.usage}|>\n"
            f"GS|{GROUPS[outgoing.code]}|{mail.application}|{mail.to_application}|{now:%Y%m%d}"
            f"|{now:%H%M}|{control}|X|004010\n"
            f"ST|{outgoing.code}|0001\n{outgoing.body}SE|{outgoing.body.count(chr(10)) + 2}|0001\n"
            f"GE|1|{control}\nIEA|1|{control:09d}\n"
        ).encode("latin-1", "replace")


USUAL = ("tender", "pro", "bol")
"""What a bill of this carrier mentions unless it is told otherwise."""


def _place(load: Load, report: Report) -> str:
    stop = load.stop(report.stop)
    return f"MS1|{stop.city}|{stop.state}|US\n" if stop else ""


def _charge(number: int, one: Charge) -> str:
    said = f"L1|{number}|||{one.cents}||||{one.code}" + (f"||||{one.text}" if one.text else "")
    return f"LX|{number}\n{said}\n"
