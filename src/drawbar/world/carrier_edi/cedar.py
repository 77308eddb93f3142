"""How CDRV writes X12 005010: carets, an apostrophe at the end, seconds, and codes of its own."""

from datetime import datetime

from drawbar.world.behaviour import Bill, Charge, Report
from drawbar.world.carrier_edi.dialect import GROUPS, Outgoing, is_appointment
from drawbar.world.carrier_edi.segment import Line, first
from drawbar.world.trucker import Known

STATUSES = {
    "X3": "OA",
    "CP": "OL",
    "AF": "OD",
    "X6": "ER",
    "AG": "EE",
    "X1": "TA",
    "D1": "TD",
    "CD": "TX",
    "AH": "TR",
    "A7": "RF",
    "SD": "LT",
    "AA": "PA",
    "AB": "DA",
}
"""What a script says by X12's code, in this carrier's; any other stays as it is."""

CHARGES = {
    "400": "LHS",
    "FUE": "FSC",
    "DET": "DTN",
    "LAY": "LYO",
    "LUM": "LMP",
    "SOC": "XST",
    "VOR": "TNU",
    "RCL": "RDL",
    "RCC": "RCN",
    "LFT": "LGT",
    "RES": "RSD",
    "STR": "STG",
    "TAX": "TXS",
    "DSC": "ALW",
}
"""Likewise for charges."""

REASONS = {"CPT": "C01", "NCP": "C01", "EQU": "C02", "HOS": "C03", "WTH": "C04"}
"""Likewise for why it declines or is late."""

QUALIFIERS = {"pro": "08", "bol": "BM", "po": "CO", "order": "OQ", "shipment": "SI"}
USUAL = ("tender", "pro", "shipment")


class Cedar:
    """The dialect of a carrier that moved to 005010 and kept its old code book."""

    def receipt(self, lines: list[Line]) -> str:
        """Return a 997 that accepts one set."""
        gs, st = first(lines, "GS"), first(lines, "ST")
        return f"AK1^{gs.at(1)}^{gs.at(6)}^{gs.at(8)}'AK2^{st.at(1)}^{st.at(2)}'AK5^A'AK9^A^1^1^1'"

    def answer(self, known: Known, scac: str, now: datetime) -> str:
        """Return a 990."""
        behaviour = known.behaviour
        if behaviour.answer == "accept":
            return f"B1^{scac}^{known.called}^{now:%Y%m%d}^A'N9^08^{known.pro}'"
        reason = f"V9^{_reason(behaviour.reason)}'" if behaviour.reason else ""
        return f"B1^{scac}^{known.called}^{now:%Y%m%d}^D'{reason}"

    def status(self, known: Known, scac: str, report: Report) -> str:
        """Return a 214 of one event, timed to the second. Raise ``Refusal``."""
        load, at = known.load, known.load.wall_time(report)
        code = STATUSES.get(report.status, report.status)
        codes = f"{code}^{_reason(report.reason)}^^"
        if is_appointment(report):
            codes = f"^^{code}^{_reason(report.reason)}"
        stop = load.stop(report.stop)
        place = f"MS1^{stop.city}^{stop.state}^US'" if stop else ""
        number = f"L11^{stop.number}^QN'" if stop else ""
        named = f"L11^{load.shipment}^SI'" if load.shipment else ""
        moment = f"{at:%Y%m%d}^{at:%H%M%S}^{report.zone}"
        head = f"B10^{known.pro}^{known.called}^{scac}'{named}"
        return f"{head}LX^1'AT7^{codes}^{moment}'{place}{number}"

    def more(self, body: str, known: Known, report: Report) -> str:
        """Return nothing: it says one event at a time."""
        del body, known, report
        return ""

    def invoice(self, known: Known, scac: str, bill: Bill) -> str:
        """Return a 210."""
        said = known.names(bill, usual=USUAL)
        load = said.pop("tender", "") or said.pop("shipment", "")
        names = "".join(f"N9^{QUALIFIERS[kind]}^{said[kind]}'" for kind in said if said[kind])
        payee = f"N1^RE^^25^{bill.remit_to}'" if bill.remit_to else ""
        lines = "".join(_charge(number, one) for number, one in enumerate(bill.billed, start=1))
        return (
            f"B3^^{bill.number}^{load}^PP^^{bill.on:%Y%m%d}^{bill.cents}^^^^{scac}'"
            f"C3^{bill.currency}'{names}{payee}{lines}L3^^^^^{bill.cents}'"
        )

    def envelope(self, outgoing: Outgoing) -> bytes:
        """Return one interchange on one line."""
        mail, now, control = outgoing.mail, outgoing.now, outgoing.control
        return (
            f"ISA^00^          ^00^          ^{mail.qualifier:<2}^{mail.id:<15}"
            f"^{mail.to_qualifier:<2}^{mail.to_id:<15}^{now:%y%m%d}^{now:%H%M}^!^00501"
            f"^{control:09d}^0^{mail.usage}^:'"
            f"GS^{GROUPS[outgoing.code]}^{mail.application}^{mail.to_application}^{now:%Y%m%d}"
            f"^{now:%H%M%S}^{control}^X^005010'ST^{outgoing.code}^0001'{outgoing.body}"
            f"SE^{outgoing.body.count(chr(39)) + 2}^0001'GE^1^{control}'IEA^1^{control:09d}'"
        ).encode("latin-1", "replace")


def _reason(code: str) -> str:
    return REASONS.get(code, code)


def _charge(number: int, one: Charge) -> str:
    code = CHARGES.get(one.code, one.code)
    text = f"^^^^{one.text.translate(FORBIDDEN)}" if one.text else ""
    return f"LX^{number}'L1^{number}^^^{one.cents}^^^^{code}{text}'"


FORBIDDEN = str.maketrans(dict.fromkeys("^'!:", " "))
"""What would cut a text."""
