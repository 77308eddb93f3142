"""A freight bill as version 1 answers it: each line with what it is worth, and why."""

from datetime import date, datetime

from msgspec import Struct

from drawbar.flow.bill_state import BillState
from drawbar.flow.history import PastBillState
from drawbar.freight.freight_bill import BillLine
from drawbar.freight.verdict import Comparison, Evaluation, LineVerdict
from drawbar.matching.evaluation import compared
from drawbar.web.api.v1.term import AmountV1, ReferenceV1, amount_v1


class BillLineSeenV1(Struct, frozen=True, kw_only=True):
    """One line. Until it is judged, ``judgement`` is "waiting" and nothing is payable.

    ``said`` is the decision in a sentence, ``log`` each step of it in order, ``uses`` how much of
    which agreed charge it consumed, ``place`` where it stands in the message.
    """

    number: int
    kind: str
    stop: int
    code: str
    text: str
    place: str
    billed: AmountV1
    judgement: str
    payable: AmountV1 | None
    disputed: AmountV1 | None
    reason: str
    said: str
    remedy: str
    log: tuple[str, ...]
    uses: dict[str, AmountV1]


class ComparisonV1(Struct, frozen=True, kw_only=True):
    """One comparison with a tolerance: figures unrounded as strings, ``said`` in a sentence.

    ``level`` is bill, line or charge, ``about`` which of them; a limit that is not asked is null.
    """

    level: str
    about: str
    is_under: bool
    difference: str
    earlier: str
    base: str
    limit_percent: str | None
    limit: str | None
    measure: str
    percent_holds: bool | None
    amount_holds: bool | None
    holds: bool
    said: str


class EvaluationV1(Struct, frozen=True, kw_only=True):
    """How the bill was weighed once: under which rule and version, each comparison in order."""

    policy_ref: str
    version: int
    scope: str
    at: datetime | None
    comparisons: tuple[ComparisonV1, ...]


class BillSeenV1(Struct, frozen=True, kw_only=True):
    """One bill for one shipment. ``evaluations`` are kept, the newest last."""

    bill_ref: str
    status: str
    carrier_ref: str
    invoice_number: str
    billed_on: date | None
    shipment_ref: str
    references: tuple[ReferenceV1, ...]
    total: AmountV1
    payable: AmountV1 | None
    disputed: AmountV1 | None
    paid: AmountV1 | None
    reason: str
    text: str
    received_at: datetime | None
    decided_at: datetime | None
    lines: tuple[BillLineSeenV1, ...]
    evaluations: tuple[EvaluationV1, ...] = ()


def bill_v1(state: BillState) -> BillSeenV1:
    """Return a bill as version 1 says it."""
    bill, is_judged = state.bill, bool(state.verdicts)
    return BillSeenV1(
        bill_ref=bill.bill_ref,
        status=state.status.value,
        carrier_ref=bill.carrier_ref,
        invoice_number=bill.invoice_number,
        billed_on=bill.billed_on,
        shipment_ref=state.shipment_ref,
        references=tuple(
            ReferenceV1(kind=name.kind, value=name.value, party=name.party)
            for name in bill.references
        ),
        total=amount_v1(bill.total),
        payable=amount_v1(state.payable) if is_judged else None,
        disputed=amount_v1(state.disputed) if is_judged else None,
        paid=amount_v1(state.paid) if state.paid else None,
        reason=state.reason,
        text=state.text,
        received_at=state.received_at,
        decided_at=state.decided_at,
        lines=_lines(state),
        evaluations=tuple(evaluation_v1(one, bill.currency) for one in state.evaluations),
    )


def evaluation_v1(evaluation: Evaluation, currency: str) -> EvaluationV1:
    """Return an evaluation as version 1 says it; amounts are in ``currency``."""
    return EvaluationV1(
        policy_ref=evaluation.policy_ref,
        version=evaluation.version,
        scope=evaluation.scope,
        at=evaluation.at,
        comparisons=tuple(_comparison(one, currency) for one in evaluation.comparisons),
    )


def _comparison(one: Comparison, currency: str) -> ComparisonV1:
    return ComparisonV1(
        level=one.level.value,
        about=one.about,
        is_under=one.is_under,
        difference=f"{one.difference:f}",
        earlier=f"{one.earlier:f}",
        base=f"{one.base:f}",
        limit_percent=None if one.limit_percent is None else f"{one.limit_percent:f}",
        limit=None if one.limit is None else f"{one.limit:f}",
        measure=one.measure.value,
        percent_holds=one.percent_holds,
        amount_holds=one.amount_holds,
        holds=one.holds,
        said=compared(one, currency),
    )


def past_bill_v1(state: PastBillState) -> BillSeenV1:
    """Return a bill of the time before Drawbar, which was settled elsewhere."""
    bill = state.bill
    return BillSeenV1(
        bill_ref=bill.bill_ref,
        status="recorded",
        carrier_ref=bill.carrier_ref,
        invoice_number=bill.invoice_number,
        billed_on=bill.billed_on,
        shipment_ref=state.shipment_ref,
        references=(),
        total=amount_v1(bill.total),
        payable=None,
        disputed=None,
        paid=None,
        reason="",
        text="Settled before Drawbar; it is kept and not judged.",
        received_at=None,
        decided_at=None,
        lines=(),
    )


def _lines(state: BillState) -> tuple[BillLineSeenV1, ...]:
    if state.verdicts:
        return tuple(_judged(verdict) for verdict in state.verdicts)
    return tuple(_waiting(line) for line in state.bill.lines)


def _judged(verdict: LineVerdict) -> BillLineSeenV1:
    line = verdict.line
    return BillLineSeenV1(
        number=line.number,
        kind=line.kind.value,
        stop=line.stop,
        code=line.code,
        text=line.text,
        place=line.place,
        billed=amount_v1(line.money),
        judgement=verdict.judgement.value,
        payable=amount_v1(verdict.payable),
        disputed=amount_v1(verdict.disputed),
        reason=verdict.reason.value if verdict.reason else "",
        said=verdict.text,
        remedy=verdict.remedy,
        log=verdict.log,
        uses={ref: amount_v1(amount) for ref, amount in verdict.uses.items()},
    )


def _waiting(line: BillLine) -> BillLineSeenV1:
    return BillLineSeenV1(
        number=line.number,
        kind=line.kind.value,
        stop=line.stop,
        code=line.code,
        text=line.text,
        place=line.place,
        billed=amount_v1(line.money),
        judgement="waiting",
        payable=None,
        disputed=None,
        reason="",
        said="",
        remedy="",
        log=(),
        uses={},
    )
