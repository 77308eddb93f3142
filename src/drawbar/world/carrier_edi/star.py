"""How BLFT writes X12 004010: stars and tildes, its PRO with dashes, several events in one 214.

It writes the qualifier of an L11 first and that of an N9 last: the other way round. Its older
translator, which answers tenders, puts no line ends.
"""

from datetime import datetime

from drawbar.world.behaviour import Bill, Charge, Report
from drawbar.world.carrier_edi.dialect import GROUPS, Outgoing, is_appointment
from drawbar.world.carrier_edi.segment import Line, first
from drawbar.world.trucker import Known

CHARGES = {"FUE": "FUL", "DET": "DTL", "LUM": "UNL", "LFT": "LGD"}
"""Which of several codes for one thing this carrier uses; any other stays as it is."""

QUALIFIERS = {"pro": "CN", "bol": "BM", "po": "PO", "order": "OQ", "shipment": "SI"}
USUAL = ("tender", "pro", "bol", "po")
OLD = frozenset({"990", "997"})


class Star:
    """The dialect of a carrier with two translators and habits of its own."""

    def receipt(self, lines: list[Line]) -> str:
        """Return a 997 that accepts one set."""
        gs, st = first(lines, "GS"), first(lines, "ST")
        return f"AK1*{gs.at(1)}*{gs.at(6)}~AK2*{st.at(1)}*{st.at(2)}~AK5*A~AK9*A*1*1*1~"

    def answer(self, known: Known, scac: str, now: datetime) -> str:
        """Return a 990."""
        behaviour = known.behaviour
        if behaviour.answer == "accept":
            return f"B1*{scac}*{known.called}*{now:%Y%m%d}*A~N9*{_dashed(known.pro)}*CN~"
        reason = f"V9*{behaviour.reason}~" if behaviour.reason else ""
        return f"B1*{scac}*{known.called}*{now:%Y%m%d}*D~{reason}"

    def status(self, known: Known, scac: str, report: Report) -> str:
        """Return a 214 of one event. Raise ``Refusal``."""
        named = f"L11*SI*{known.load.shipment}~" if known.load.shipment else ""
        return f"B10*{_dashed(known.pro)}*{known.called}*{scac}~{named}{_event(1, known, report)}"

    def more(self, body: str, known: Known, report: Report) -> str:
        """Return a 214 with one event more. Raise ``Refusal``."""
        return body + _event(body.count("LX*") + 1, known, report)

    def invoice(self, known: Known, scac: str, bill: Bill) -> str:
        """Return a 210."""
        said = known.names(bill, usual=USUAL)
        if bill.names is None:
            said["pro"] = _dashed(said["pro"])
        load = said.pop("tender", "") or said.pop("shipment", "")
        names = "".join(f"N9*{said[kind]}*{QUALIFIERS[kind]}~" for kind in said if said[kind])
        payee = f"N1*RE*{bill.remit_to}~" if bill.remit_to else ""
        lines = "".join(_charge(number, one) for number, one in enumerate(bill.billed, start=1))
        return (
            f"B3**{bill.number}*{load}*PP**{bill.on:%Y%m%d}*{bill.cents}****{scac}~"
            f"C3*{bill.currency}~{names}{payee}{lines}L3*****{bill.cents}~"
        )

    def envelope(self, outgoing: Outgoing) -> bytes:
        """Return one interchange; line ends follow the tildes where the newer translator writes."""
        mail, now, control = outgoing.mail, outgoing.now, outgoing.control
        whole = (
            f"ISA*00*          *00*          *{mail.qualifier:<2}*{mail.id:<15}"
            f"*{mail.to_qualifier:<2}*{mail.to_id:<15}*{now:%y%m%d}*{now:%H%M}*U*00401"
            f"*{control:09d}*0*{mail.usage}*:~"
            f"GS*{GROUPS[outgoing.code]}*{mail.application}*{mail.to_application}*{now:%Y%m%d}"
            f"*{now:%H%M%S}*{control}*X*004010~ST*{outgoing.code}*{control:09d}~{outgoing.body}"
            f"SE*{outgoing.body.count('~') + 2}*{control:09d}~GE*1*{control}~IEA*1*{control:09d}~"
        )
        return (whole if outgoing.code in OLD else whole.replace("~", "~\r\n")).encode(
            "latin-1", "replace"
        )


def _dashed(pro: str) -> str:
    """Return a PRO as it stands on this carrier's paper: ``123-456-789``."""
    if not pro.isdecimal():
        return pro
    return "-".join(pro[start : start + 3] for start in range(0, len(pro), 3))


def _event(number: int, known: Known, report: Report) -> str:
    load, at = known.load, known.load.wall_time(report)
    codes = f"{report.status}*{report.reason}**"
    if is_appointment(report):
        codes = f"**{report.status}*{report.reason}"
    stop = load.stop(report.stop)
    place = f"MS1*{stop.city}*{stop.state}*US~L11*QN*{stop.number}~" if stop else ""
    return f"LX*{number}~AT7*{codes}*{at:%Y%m%d}*{at:%H%M}*{report.zone}~{place}"


def _charge(number: int, one: Charge) -> str:
    code = CHARGES.get(one.code, one.code)
    text = f"****{one.text.replace('*', ' ').replace('~', ' ')}" if one.text else ""
    return f"LX*{number}~L1*{number}***{one.cents}****{code}{text}~"
