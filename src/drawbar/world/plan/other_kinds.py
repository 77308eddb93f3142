"""What only looks wrong, and what goes wrong beside bills; both with what a faultless firm does."""

from drawbar.world.plan.error_kinds import ERRORS
from drawbar.world.plan.kind import Catalogue, Entry, Kind, innocent, trouble

INNOCENTS: Catalogue = {
    Kind.APPROVED_EXCEPTION: innocent(
        "A lumper that the desk approved before the bill came.", "pay all"
    ),
    Kind.SUPPLEMENTAL: innocent("Detention comes later on a second bill.", "pay both", "long wait"),
    Kind.CORRECTED_BILL: innocent(
        "A bill that was too low is sent again, corrected, in full.", "pay the difference"
    ),
    Kind.ONE_NUMBER_MANY_LOADS: innocent(
        "One invoice number stands on the bills of two loads.", "pay both", "pair"
    ),
    Kind.SECOND_STOP: innocent(
        "A stop on the way is billed, and there was one.", "pay all", "many stops"
    ),
    Kind.REBILL_AFTER_CREDIT: innocent(
        "A bill is credited in full and comes again under a new number.", "take the credit, pay it"
    ),
    Kind.TWO_LOADS_ONE_PO: innocent(
        "Two loads share a PO; their bills name PO and BOL.", "pay both", "pair of x12"
    ),
    Kind.SPLIT_60_40: innocent("The linehaul comes in two lines of 60 and 40 %.", "pay both lines"),
    Kind.WITHIN_TOLERANCE: innocent(
        "The linehaul is a few dollars too high: at most 10, and 1 %.", "pay as billed"
    ),
    Kind.SAME_LANE_SAME_DAY: innocent(
        "Two loads of one lane, day and amount.", "pay both", "pair alike"
    ),
    Kind.PRO_WRITTEN_DIFFERENTLY: innocent(
        "The PRO on the bill has other dashes, zeros or an ending.", "pay all"
    ),
    Kind.TONU_JUSTIFIED: innocent(
        "A truck not used is billed, and the load was cancelled too late.",
        "pay all",
        "cancelled late",
    ),
    Kind.DETENTION_JUSTIFIED: innocent(
        "A very high detention, and the events prove it.", "pay all", "long wait"
    ),
    Kind.BILL_BEFORE_PROOF: innocent(
        "The bill comes before the last reports and the proof.", "let it wait, then pay all"
    ),
    Kind.LATE_PROOF: innocent(
        "The proof comes four to seven days after the delivery.", "let it wait, then pay all"
    ),
}

TROUBLES: Catalogue = {
    Kind.PROOF_SHORT: trouble(
        "proof",
        "The receiver signed for one to three pieces less.",
        "pay the bill in full; a claim beside it",
    ),
    Kind.PROOF_UNSIGNED: trouble(
        "proof", "The proof lacks a signature; a signed one comes a day or two later.",
        "invoice the customer once it is signed",
    ),
    Kind.PROOF_ILLEGIBLE: trouble(
        "proof", "The scan cannot be read; a legible one comes a day or two later.",
        "invoice the customer once it can be read",
    ),
    Kind.EVENT_OF_UNKNOWN_LOAD: trouble(
        "event", "Telematics reports a truck at a load that nobody knows.",
        "park it; give it an owner after a week",
    ),
    Kind.UNKNOWN_STATUS_CODE: trouble(
        "event", "A status report has the code ZQ.", "one case, until somebody maps the code", "x12"
    ),
    Kind.WRONG_ZONE_CODE: trouble(
        "event", "A report from the road names a wrong time zone.", "no money moves by it", "x12"
    ),
    Kind.INTERCHANGE_AGAIN: trouble(
        "event", "The file with the bill comes once more, byte for byte.",
        "acknowledge it and pay once", "x12",
    ),
    Kind.TRUNCATED_FILE: trouble(
        "event", "A file ends in the middle of a bill; the whole one comes later.",
        "refuse the half, pay the whole", "x12",
    ),
    Kind.ERP_OUTAGE: trouble("system", "The ERP is away for hours.", "nothing is lost or doubled"),
    Kind.ERP_ANSWER_LOST: trouble(
        "system", "The ERP posts and its answer is lost.", "look it up before posting again"
    ),
    Kind.FOLDER_SILENT: trouble(
        "system", "A carrier's folder is silent for a night.", "read everything afterwards"
    ),
    Kind.API_UNAVAILABLE: trouble(
        "system", "A carrier's API answers 503 for hours.", "ask again, lose nothing"
    ),
}  # fmt: skip


CATALOGUE: Catalogue = {**ERRORS, **INNOCENTS, **TROUBLES}
"""Every kind but clean ones."""


def entry_of(kind: str) -> Entry | None:
    """Return the row of a kind; None for clean ones."""
    return None if kind == Kind.CLEAN.value else CATALOGUE[Kind(kind)]
