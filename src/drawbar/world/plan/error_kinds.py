"""The bills that are wrong: what each says, and how a faultless auditor answers."""

from drawbar.world.plan.kind import Catalogue, Kind, wrong

ERRORS: Catalogue = {
    Kind.OLD_RATE: wrong(
        "The linehaul is that of the version that ended 45 days before the run.",
        "RATE: pay the rate in force",
    ),
    Kind.WRONG_MILEAGE: wrong(
        "The linehaul is for 9 to 15 % more miles than the agreement counts.",
        "RATE, as no miles are shown: pay the agreed miles",
    ),
    Kind.WRONG_MINIMUM: wrong(
        "A short load is billed at a minimum that the agreement does not know.",
        "RATE: pay the agreed rate",
        "short haul",
    ),
    Kind.FUEL_WRONG_WEEK: wrong(
        "The fuel percent is that of the nearest week that is worth it.",
        "FUEL_WEEK: pay the percent of the pickup's local day",
    ),
    Kind.FUEL_ON_ACCESSORIALS: wrong(
        "The fuel percent is taken on linehaul and detention.",
        "FUEL_BASE: pay it on the linehaul alone",
        "long wait",
    ),
    Kind.FUEL_OLD_TABLE: wrong(
        "The fuel percent follows the band table of the old version.",
        "RATE, or FUEL_WEEK where another week has it: pay the percent of the table in force",
    ),
    Kind.FUEL_TRANSPOSED: wrong(
        "Two digits of the fuel percent changed places, or its decimal point moved.",
        "RATE, or FUEL_WEEK where another week has it: pay the percent in force",
    ),
    Kind.DUPLICATE_SAME_NUMBER: wrong(
        "A paid bill comes once more under its own number in a new message.",
        "DUPLICATE: pay nothing",
    ),
    Kind.DUPLICATE_NEW_NUMBER: wrong(
        "A paid bill comes once more under a new number.", "DUPLICATE: pay nothing"
    ),
    Kind.DUPLICATE_BY_FACTOR: wrong(
        "A factor bills what the carrier billed itself.", "DUPLICATE: pay nothing"
    ),
    Kind.SPLIT_LINE: wrong(
        "The linehaul comes in two lines of 60 % each.", "RATE: pay the linehaul once"
    ),
    Kind.LINE_TWICE: wrong("The fuel line stands there twice.", "DUPLICATE: pay it once"),
    Kind.HEADER_DIFFERS: wrong(
        "The total is 100 dollars above the sum of the lines.",
        "CONTROL_TOTAL: pay nothing of the document",
    ),
    Kind.OFFSETTING_LINES: wrong(
        "Detention is too high by what the linehaul is too low: the total is right.",
        "RATE: pay the low linehaul as billed and the detention as owed",
        "long wait",
    ),
    Kind.DETENTION_INFLATED: wrong(
        "Detention is owed, and twice as much is billed.", "RATE: pay what is owed", "long wait"
    ),
    Kind.DETENTION_WITHOUT_EVENT: wrong(
        "Detention is billed though nobody waited beyond the free time.",
        "NO_EVENT: do not pay the line",
        "no wait",
    ),
    Kind.DETENTION_LATE_ARRIVAL: wrong(
        "Detention is billed for a truck that came too late for its appointment.",
        "LATE_ARRIVAL: do not pay the line",
        "late",
    ),
    Kind.LIFTGATE_NOT_ORDERED: wrong(
        "A liftgate is billed that nobody ordered.", "NOT_AUTHORISED: do not pay the line"
    ),
    Kind.REWEIGH_WITHOUT_CERTIFICATE: wrong(
        "A reweigh is billed without a certificate.",
        "NOT_AUTHORISED, as no weight is shown: do not pay the line",
    ),
    Kind.WRONG_CLASS: wrong(
        "The linehaul is that of a higher freight class.",
        "RATE, as the class is told in words alone: pay the agreed linehaul",
    ),
    Kind.WRONG_CURRENCY: wrong(
        "A bill of a dollar agreement is in CAD.", "CURRENCY: pay nothing until it is corrected"
    ),
    Kind.TAX_ADDED: wrong("Sales tax is added to freight.", "TAX: do not pay the line"),
    Kind.REFERENCE_MISSING: wrong(
        "The bill names no load at all.", "MATCH_FAILURE: pay nothing", "x12"
    ),
    Kind.REFERENCE_WRONG: wrong(
        "The bill names a BOL and a PRO that nobody knows.", "MATCH_FAILURE: pay nothing", "x12"
    ),
    Kind.REFERENCE_AMBIGUOUS: wrong(
        "The bill names only a PO that stands on two loads of this carrier.",
        "AMBIGUOUS: pay nothing until the carrier says which",
        "pair of x12",
    ),
    Kind.REFERENCE_CONFLICT: wrong(
        "The BOL is one load's and the PRO another's.",
        "REFERENCE_CONFLICT: pay nothing until the carrier says which",
        "pair of x12",
    ),
    Kind.BILL_BEFORE_DELIVERY: wrong(
        "Billed on the road, with a wait at the consignee that then does not happen.",
        "NO_EVENT: wait for the delivery, then pay all but the wait",
        "no wait",
    ),
    Kind.BILL_AFTER_WINDOW: wrong(
        "A balance-due bill for a load of more than 180 days ago.",
        "MATCH_FAILURE, as the load is older than the books: pay nothing",
        "x12",
    ),
    Kind.TONU_UNJUSTIFIED: wrong(
        "A truck not used is billed though the load was cancelled in good time.",
        "NOT_AUTHORISED: pay nothing",
        "cancelled early",
    ),
    Kind.CANCELLED_LOAD_BILLED: wrong(
        "Linehaul and fuel are billed for a load that was cancelled in good time.",
        "NO_EVENT, as nobody drove it: pay nothing",
        "cancelled early",
    ),
    Kind.REDELIVERY_OWN_FAULT: wrong(
        "A second delivery is billed after an attempt that failed because the truck was late.",
        "NOT_AUTHORISED: do not pay the line",
        "late",
    ),
    Kind.CREDIT_NOT_GIVEN: wrong(
        "Instead of a credit for an overcharge a bill asks for its balance.",
        "DUPLICATE or RATE: pay what was agreed, and it once",
    ),
    Kind.OTHER_CARRIERS_LOAD: wrong(
        "A carrier bills a load that another one drove.", "PAYEE: pay nothing", "other carrier"
    ),
    Kind.LAYOVER_WITHOUT_EVENT: wrong(
        "A night's layover is billed that nobody ordered or reported.",
        "NOT_AUTHORISED: do not pay the line",
    ),
    Kind.PHANTOM_STOP_OFF: wrong(
        "A stop on the way is billed more than there were.",
        "NOT_AUTHORISED: do not pay the line",
    ),
    Kind.LUMPER_WITHOUT_APPROVAL: wrong(
        "A lumper is billed without receipt and without approval.",
        "NOT_AUTHORISED: do not pay the line",
    ),
    Kind.STORAGE_NOT_AGREED: wrong(
        "Storage is billed for freight that was never stored.",
        "NOT_AUTHORISED: do not pay the line",
    ),
    Kind.CENTS_FOR_DOLLARS: wrong(
        "Cents are taken for dollars in the fuel line: a hundred times too much.",
        "RATE: pay what is owed",
    ),
    Kind.UNKNOWN_CHARGE_CODE: wrong(
        "One line has a code that stands in no table.",
        "UNKNOWN_CODE: pay the other lines; the line waits until a person says what it means",
    ),
    Kind.PAYEE_CHANGED: wrong(
        "The amount is right; whom to pay was changed to somebody unheard of.",
        "PAYEE: pay nobody until the carrier confirms it",
    ),
    Kind.PROOF_NEVER_CAME: wrong(
        "All is billed as agreed, but no proof of delivery ever comes.",
        "wait for the proof: nothing is paid within the run",
    ),
    Kind.EVENTS_IMPOSSIBLE: wrong(
        "The reports say that it was delivered before it was picked up.",
        "wait until somebody corrects them: nothing is paid within the run",
    ),
}
"""By kind; what each overcharges is at least 35 dollars, so clearly above the tolerance of 25."""
