"""What the firm decided, in words: each policy under the name that people use, with its unit."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum

from msgspec import Struct

from drawbar.cases.desk import Assignment
from drawbar.flow.company import Company, Policy
from drawbar.freight.approval import ApprovalLimit
from drawbar.freight.charge import quantity
from drawbar.freight.claim import ClaimTerms
from drawbar.freight.lane import LanePlace
from drawbar.freight.party import Measure, Tolerance
from drawbar.web.desks.rendering import money
from drawbar.web.desks.state_mark import words_of

UNITS = ("days", "hours", "minutes", "months")
_LABELS = {
    "erp": "ERP",
    "wms": "WMS",
    "bill_waits_days": "A bill waits for its shipment",
    "bill_weight_within_percent": "A bill without a known reference may differ in weight by",
    "bill_future_days": "A bill may be dated ahead by",
    "future_minutes": "An event may be dated ahead by",
    "bill_waits_for_events_days": "A bill waits for events",
    "event_waits_days": "An event waits for its shipment",
    "answer_waits_days": "An answer waits for its tender",
    "silent_after_hours": "A truck is silent after",
    "silent_at_end_after_hours": "A truck at its last stop is silent after",
    "sources_agree_minutes": "Sources agree within",
    "pod_before_payment": "Proof of delivery before payment",
    "missing_invoice_days": "A bill is missing after",
    "dispute_silence": "Silence of a carrier in a dispute",
    "tolerance_by_carrier_and_customer": "Tolerance by carrier and customer",
    "approval_limits": "May approve beyond what is agreed, of one bill",
    "let_go_days": "What one person lets go of with a carrier counts together for",
    "carrier_causes": "Failed attempts that the carrier caused",
    "cost_centres": "Cost centres, by weight",
    "cost_accrues_at": "Cost is in the books from",
    "revenue_accrues_at": "Revenue is in the books from",
    "payments": "Carriers are paid by",
    "payment_limits": "May approve a payment run",
    "bank_details_cool_days": "A changed bank account cools down",
    "cases": "Whose a kind of case is, where not as usual",
    "regions": "Regions, for measures",
}
_SAID = {"erp": "the ERP", "drawbar": "payment runs here", "bol": "BOL", "pod": "POD"}
_TIMES = {
    "file_months": "a cargo claim is filed within",
    "remind_days": "somebody is told before the last day to file",
    "acknowledge_days": "a cargo claim is acknowledged within",
    "decide_days": "a cargo claim is decided within",
    "overcharge_acknowledge_days": "an overcharge claim is acknowledged within",
    "overcharge_decide_days": "an overcharge claim is decided within",
    "file_days": "a cargo claim is filed within, where days count",
    "sue_months": "a suit about cargo begins after a refusal within",
    "sue_days": "and so many days more",
    "overcharge_sue_months": "a suit about an overcharge begins after the delivery within",
    "overcharge_refused_months": "or after a refusal within",
    "pay_days": "what was agreed is paid within",
    "papers": "a cargo claim needs",
}
_SYSTEMS = frozenset({"erp", "wms", "bank"})
_ZERO = frozenset({"silent_after_hours", "missing_invoice_days"})
_LIMITS = (
    ("bill_over", "a bill too high"),
    ("bill_under", "a bill too low"),
    ("line_over", "a line too high"),
    ("line_under", "a line too low"),
)


class PolicyLine(Struct, frozen=True):
    """One policy: how people call it and what it says, one thing a line."""

    name: str
    says: tuple[str, ...]


def policy_said(company: Company) -> tuple[PolicyLine, ...]:
    """Return every policy of a firm in words."""
    return tuple(
        PolicyLine(policy_label(name), _field(name, getattr(company.policy, name), company))
        for name in Policy.__struct_fields__
    )


def policy_label(name: str) -> str:
    """Return how people call a policy, or a part of one."""
    return _LABELS.get(name, words_of(name).capitalize())


def _field(name: str, value: object, company: Company) -> tuple[str, ...]:
    if name in _ZERO and value == 0:
        return ("never",)
    if name in _SYSTEMS and value:
        return (str(value),)
    return _lines(name, value, company.currency) or ("none",)


def _lines(name: str, value: object, currency: str) -> tuple[str, ...]:
    match value:
        case Tolerance():
            return tuple(_tolerance(value))
        case ClaimTerms():
            told = ((each, getattr(value, each)) for each in ClaimTerms.__struct_fields__)
            return tuple(
                f"{_TIMES[each]}: {_one(each, one, currency)}"
                for each, one in told
                if one is not None
            )
        case dict():
            return tuple(_entries(name, value, currency))
        case _:
            said = _one(name, value, currency)
            return (said,) if said else ()


def _entries(name: str, told: Mapping[str, object], currency: str) -> Iterator[str]:
    for key, value in told.items():
        whose = words_of(key.value) if isinstance(key, Enum) else key
        for line in _lines(name, value, currency):
            yield f"{whose}: {line}"


def _one(name: str, value: object, currency: str) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value} {_unit(name, value)}".strip()
        case Decimal():
            return quantity(value)
        case ApprovalLimit():
            alone, together = money(value.alone, currency), money(value.together, currency)
            return f"alone up to {alone}, two persons up to {together}"
        case LanePlace():
            return value.label
        case Assignment():
            return _assignment(value)
        case Enum():
            return _SAID.get(value.value, words_of(value.value))
        case tuple():
            between = "; " if name == "regions" else ", "  # a place has commas of its own
            return between.join(_one(name, each, currency) for each in value)
        case _:
            return str(value)


def _assignment(said: Assignment) -> str:
    """Return whose a kind of case is and when it is due, as far as the firm says it."""
    owner = (words_of(said.owner.value),) if said.owner else ()
    hours = said.due_hours
    due = (f"due within {hours} {_unit('due_hours', hours)}",) if hours else ()
    return ", ".join((*owner, *due))


def _unit(name: str, value: int) -> str:
    unit = next((each for each in UNITS if name.endswith(f"_{each}")), "")
    return unit.removesuffix("s") if value == 1 else unit


def _tolerance(tolerance: Tolerance) -> Iterator[str]:
    yield f"{tolerance.policy_ref} version {tolerance.version}, for each {tolerance.counts_per}"
    for name, about in _LIMITS:
        percent, amount = getattr(tolerance, f"{name}_percent"), getattr(tolerance, name)
        measure = tolerance.bill_measure if name.startswith("bill") else tolerance.line_measure
        limits = [f"{quantity(percent)} %"] if percent is not None else []
        limits += [f"{amount:,.2f} in its currency"] if amount is not None else []
        both = " and " if measure is Measure.BOTH else " or, where more, "
        yield f"{about}: {'at most ' + both.join(limits) if limits else 'no limit'}"
