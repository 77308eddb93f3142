"""Score an audit of papers: what it would have paid of each bill, instead of an ERP's vouchers.

Whoever audits tells its answers in this form; the truth and the rules are those of every score.
"""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.instant import Instant
from drawbar.world.erp.document import Posting
from drawbar.world.score.audit import AuditScore, audit_score, false_approvals
from drawbar.world.score.evidence import BILL_SUBJECT, Booked, Evidence, Notice
from drawbar.world.score.finding import Finding
from drawbar.world.score.kind import KindScore, kinds_of
from drawbar.world.score.rule import DEFAULT, Rules
from drawbar.world.score.scoring import matches_of
from drawbar.world.score.story import story_of
from drawbar.world.truth import AnyRecord, BillTruth, Seal

LONG_AFTER = timedelta(days=60)
"""When an audit is scored: long after the last bill, so that nothing is excused as too young."""


class Answer(Struct, frozen=True, kw_only=True):
    """What an audit says of one bill. ``ours`` is its own name for it, unlike any other.

    ``shipment`` is the load that it was judged for, empty where it matched none; ``payable`` is
    what the audit would pay, below zero for a credit; ``is_contested`` says that the carrier would
    be told of something that is not paid.
    """

    ours: str
    carrier: str
    number: str
    shipment: str
    currency: str
    payable: Decimal
    is_contested: bool = False


class AnswerScore(Struct, frozen=True, kw_only=True):
    """The score of an audit. ``unanswered`` are bills about which it said nothing at all.

    ``duplicates_missed`` and ``look_alikes_held`` are bills; every figure of ``audit`` is as in any
    score, without persons: whatever is not paid as owed counts.
    """

    seal: Seal | None
    audit: AuditScore
    kinds: tuple[KindScore, ...]
    false_approvals: tuple[Finding, ...]
    duplicates: int
    duplicates_missed: int
    look_alikes: int
    look_alikes_held: int
    unanswered: tuple[str, ...]


def score_answers(
    truth: tuple[AnyRecord, ...], answers: Iterable[Answer], *, rules: Rules = DEFAULT
) -> AnswerScore:
    """Return the score of an audit's answers by the truth about the bills."""
    told = tuple(answers)
    bills = [one for one in truth if isinstance(one, BillTruth)]
    last = max(one.sent_at for one in bills)
    story = story_of(truth, last + LONG_AFTER)
    matches = matches_of(story, _evidence(truth, told, last), rules)
    kinds = kinds_of(matches.outcomes)
    twice = [one for one in kinds if one.kind.startswith("duplicate_")]
    alike = [one for one in kinds if one.nature == "innocent"]
    answered = {(one.carrier, one.number) for one in told}
    return AnswerScore(
        seal=story.seal,
        audit=audit_score(matches),
        kinds=kinds,
        false_approvals=false_approvals(matches),
        duplicates=sum(one.due for one in twice),
        duplicates_missed=sum(one.due - (one.caught or 0) for one in twice),
        look_alikes=sum(one.due for one in alike),
        look_alikes_held=sum(one.due - one.paid_in_full for one in alike),
        unanswered=tuple(one.key for one in bills if (one.carrier, one.number) not in answered),
    )


def _evidence(truth: tuple[AnyRecord, ...], told: tuple[Answer, ...], at: Instant) -> Evidence:
    return Evidence(
        truth=truth,
        documents=tuple(
            _voucher(one, number, at) for number, one in enumerate(told, start=1) if one.payable
        ),
        notices=tuple(
            Notice(carrier=one.carrier, number=one.number, at=at)
            for one in told
            if one.is_contested
        ),
    )


def _voucher(one: Answer, number: int, at: Instant) -> Booked:
    """Return an answer as the voucher that an ERP would hold for it."""
    nothing = Decimal(0)
    posting = Posting(
        account="5100",
        debit=max(one.payable, nothing),
        credit=max(-one.payable, nothing),
        text=f"{one.carrier} {one.number} for {one.shipment}".strip(),
    )
    return Booked(
        id=number,
        kind="voucher",
        state="posted",
        number=f"V-{number}",
        reference=f"{one.number}/B-{number}",
        origin=one.ours,
        subject=f"{BILL_SUBJECT}B-{number}",
        party=one.carrier,
        currency=one.currency,
        total=one.payable,
        lines=(posting,),
        posted_at=at,
    )
