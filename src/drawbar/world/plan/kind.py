"""What can be wrong with a bill, a proof, a report or a system, and what only looks wrong.

The names are stored in truth files; docs/world.md shows this catalogue as a table.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from msgspec import Struct

from drawbar.world.truth import Nature

Where = Literal["bill", "proof", "event", "system"]
Shape = Literal[
    "any", "no wait", "long wait", "late", "short haul", "cancelled early", "cancelled late",
    "many stops", "pair of x12", "pair", "pair alike", "other carrier", "x12",
]  # fmt: skip


class Kind(StrEnum):
    """Everything that the world puts into a run on purpose. Stored."""

    CLEAN = "clean"
    OLD_RATE = "old_rate"
    WRONG_MILEAGE = "wrong_mileage"
    WRONG_MINIMUM = "wrong_minimum"
    FUEL_WRONG_WEEK = "fuel_wrong_week"
    FUEL_ON_ACCESSORIALS = "fuel_on_accessorials"
    FUEL_OLD_TABLE = "fuel_old_table"
    FUEL_TRANSPOSED = "fuel_transposed"
    DUPLICATE_SAME_NUMBER = "duplicate_same_number"
    DUPLICATE_NEW_NUMBER = "duplicate_new_number"
    DUPLICATE_BY_FACTOR = "duplicate_by_factor"
    SPLIT_LINE = "split_line"
    LINE_TWICE = "line_twice"
    HEADER_DIFFERS = "header_differs"
    OFFSETTING_LINES = "offsetting_lines"
    DETENTION_INFLATED = "detention_inflated"
    DETENTION_WITHOUT_EVENT = "detention_without_event"
    DETENTION_LATE_ARRIVAL = "detention_late_arrival"
    LIFTGATE_NOT_ORDERED = "liftgate_not_ordered"
    REWEIGH_WITHOUT_CERTIFICATE = "reweigh_without_certificate"
    WRONG_CLASS = "wrong_class"
    WRONG_CURRENCY = "wrong_currency"
    TAX_ADDED = "tax_added"
    REFERENCE_MISSING = "reference_missing"
    REFERENCE_WRONG = "reference_wrong"
    REFERENCE_AMBIGUOUS = "reference_ambiguous"
    REFERENCE_CONFLICT = "reference_conflict"
    BILL_BEFORE_DELIVERY = "bill_before_delivery"
    BILL_AFTER_WINDOW = "bill_after_window"
    TONU_UNJUSTIFIED = "tonu_unjustified"
    CANCELLED_LOAD_BILLED = "cancelled_load_billed"
    REDELIVERY_OWN_FAULT = "redelivery_own_fault"
    CREDIT_NOT_GIVEN = "credit_not_given"
    OTHER_CARRIERS_LOAD = "other_carriers_load"
    LAYOVER_WITHOUT_EVENT = "layover_without_event"
    PHANTOM_STOP_OFF = "phantom_stop_off"
    LUMPER_WITHOUT_APPROVAL = "lumper_without_approval"
    STORAGE_NOT_AGREED = "storage_not_agreed"
    CENTS_FOR_DOLLARS = "cents_for_dollars"
    UNKNOWN_CHARGE_CODE = "unknown_charge_code"
    PAYEE_CHANGED = "payee_changed"
    PROOF_NEVER_CAME = "proof_never_came"
    EVENTS_IMPOSSIBLE = "events_impossible"

    APPROVED_EXCEPTION = "approved_exception"
    SUPPLEMENTAL = "supplemental"
    CORRECTED_BILL = "corrected_bill"
    ONE_NUMBER_MANY_LOADS = "one_number_many_loads"
    SECOND_STOP = "second_stop"
    REBILL_AFTER_CREDIT = "rebill_after_credit"
    TWO_LOADS_ONE_PO = "two_loads_one_po"
    SPLIT_60_40 = "split_60_40"
    WITHIN_TOLERANCE = "within_tolerance"
    SAME_LANE_SAME_DAY = "same_lane_same_day"
    PRO_WRITTEN_DIFFERENTLY = "pro_written_differently"
    TONU_JUSTIFIED = "tonu_justified"
    DETENTION_JUSTIFIED = "detention_justified"
    BILL_BEFORE_PROOF = "bill_before_proof"
    LATE_PROOF = "late_proof"

    PROOF_SHORT = "proof_short"
    PROOF_UNSIGNED = "proof_unsigned"
    PROOF_ILLEGIBLE = "proof_illegible"
    EVENT_OF_UNKNOWN_LOAD = "event_of_unknown_load"
    UNKNOWN_STATUS_CODE = "unknown_status_code"
    WRONG_ZONE_CODE = "wrong_zone_code"
    INTERCHANGE_AGAIN = "interchange_again"
    TRUNCATED_FILE = "truncated_file"
    ERP_OUTAGE = "erp_outage"
    ERP_ANSWER_LOST = "erp_answer_lost"
    FOLDER_SILENT = "folder_silent"
    API_UNAVAILABLE = "api_unavailable"


class Incident(StrEnum):
    """What can be put into a running world on request, for somebody to see and to mend."""

    ERP_CHANGE = "erp_change"
    DECLINED_BY_ALL = "declined_by_all"
    SILENT_TRUCK = "silent_truck"
    WRONG_DETENTION = "wrong_detention"
    WRONG_FUEL_WEEK = "wrong_fuel_week"
    DUPLICATE_NEW_NUMBER = "duplicate_new_number"
    ERP_OUTAGE = "erp_outage"
    UNKNOWN_STATUS_CODE = "unknown_status_code"


class Entry(Struct, frozen=True, kw_only=True):
    """One row of the catalogue. ``answer`` is what a faultless auditor says and pays.

    ``shape`` is the load that it needs; ``judged`` is false where paying right is still outside of
    what the product claims.
    """

    nature: Nature
    where: Where
    says: str
    answer: str
    shape: Shape = "any"
    judged: bool = True


def wrong(says: str, answer: str, shape: Shape = "any", *, judged: bool = True) -> Entry:
    """Return the row of a bill that is wrong."""
    return Entry(nature="error", where="bill", says=says, answer=answer, shape=shape, judged=judged)


def innocent(says: str, answer: str, shape: Shape = "any") -> Entry:
    """Return the row of a bill that only looks wrong."""
    return Entry(nature="innocent", where="bill", says=says, answer=answer, shape=shape)


def trouble(where: Where, says: str, answer: str, shape: Shape = "any") -> Entry:
    """Return the row of what goes wrong beside bills."""
    return Entry(nature="error", where=where, says=says, answer=answer, shape=shape)


Catalogue = Mapping[Kind, Entry]
