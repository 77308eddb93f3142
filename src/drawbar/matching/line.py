"""The verdict on one billed line, with the steps that led to it in one fixed order."""

from collections.abc import Mapping
from decimal import Decimal
from typing import assert_never

from msgspec import Struct, structs

from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import BillLine, Sense
from drawbar.freight.money import Money, zero
from drawbar.freight.party import Tolerance
from drawbar.freight.verdict import Judgement, LineVerdict, Reason
from drawbar.matching.draw import (
    Accepted,
    Draw,
    Drawn,
    Foreign,
    Pending,
    Unagreed,
    Unread,
    UsedUp,
)
from drawbar.matching.evaluation import compared
from drawbar.matching.reason import REMEDY, Priced, WhyNot, excess_reason, unagreed_reason
from drawbar.matching.tax import Ceiling
from drawbar.matching.tolerance import compare_line, line_passes


class Terms(Struct, frozen=True, kw_only=True):
    """What a line is judged by. ``bill_passes`` is the answer of the whole bill's tolerance.

    ``ceilings`` are what may be paid of each tax; those of ``passing`` bill no more than that.
    """

    priced: Priced
    tolerance: Tolerance
    bill_passes: bool
    short_pay_allowed: bool
    why_not: WhyNot
    ceilings: Mapping[str, Ceiling] = {}
    passing: frozenset[str] = frozenset()


def judge_line(drawn: Draw, terms: Terms) -> LineVerdict:
    """Return what the line is worth. ``payable`` plus ``disputed`` is what it bills."""
    line = drawn.line
    match drawn:
        case Drawn():
            return _judge_drawn(drawn, terms)
        case Accepted():
            return _accepted(drawn)
        case UsedUp() | Unagreed() if limit := _limit(line, terms):
            return _stopped(line, Reason.TAX, limit)
        case UsedUp():
            names = ", ".join(ref for ref in drawn.charge_refs if ref) or line.kind.value
            return _stopped(line, Reason.DUPLICATE, f"{names} was agreed, and is used up already")
        case Pending():
            names = ", ".join(drawn.charge_refs)
            return _stopped(line, Reason.PROVISIONAL, f"what we agreed for {names} is provisional")
        case Foreign():
            agreed = ", ".join(drawn.currencies)
            text = f"billed in {line.money.currency} instead of {agreed}"
            return _stopped(line, Reason.CURRENCY, text)
        case Unagreed():
            return _stopped(line, *unagreed_reason(line, terms.why_not))
        case Unread():
            return _stopped(line, *_unread_reason(line))
        case _:
            assert_never(drawn)


def _judge_drawn(drawn: Drawn, terms: Terms) -> LineVerdict:
    line = drawn.line
    log = (*_asked(drawn), _line_step(drawn, terms), _bill_step(terms))
    if not drawn.excess:
        return _payable(drawn, log, "as agreed")
    if drawn.base and terms.bill_passes and _line_passes(drawn, terms):
        over = Money(drawn.excess, line.money.currency)
        paid = _payable(drawn, log, f"{over} above what was agreed, within tolerance")
        return structs.replace(paid, tolerated=over)
    return _overbilled(drawn, terms, log)


def _payable(drawn: Drawn, log: tuple[str, ...], why: str) -> LineVerdict:
    line = drawn.line
    return LineVerdict(
        line=line,
        judgement=Judgement.PAYABLE,
        payable=line.money,
        disputed=zero(line.money.currency),
        uses=_paid_on(drawn),
        text=f"{_name(line)}: {line.money}, {why}.",
        log=(*log, f"pay {line.money} as billed"),
    )


def _overbilled(drawn: Drawn, terms: Terms, log: tuple[str, ...]) -> LineVerdict:
    line = drawn.line
    excess = Money(drawn.excess, line.money.currency)
    reason, shown = _why(drawn, terms)
    text = f"{_name(line)}: billed {line.money}, agreed {line.money - excess}, {excess} too much"
    claim = drawn.base > 0 and not terms.short_pay_allowed
    payable = line.money if claim else line.money - excess
    done = f"claim back {excess}, short pay is not allowed" if claim else f"dispute {excess}"
    return LineVerdict(
        line=line,
        judgement=Judgement.CLAIMED if claim else Judgement.SHORT_PAID,
        payable=payable,
        disputed=line.money - payable,
        claimed=excess if claim else None,
        reason=reason,
        uses=_paid_on(drawn) if claim else _moneys(drawn.uses, line),
        text=f"{text}: {shown}." if shown else f"{text}.",
        remedy=REMEDY[reason],
        log=(
            *log,
            f"reason {reason.value}: {shown or 'no other figure fits'}",
            f"pay {payable}, {done}",
        ),
    )


def _line_passes(drawn: Drawn, terms: Terms) -> bool:
    """Return whether the line may be paid as billed: a tax only as far as its ceiling."""
    limited = bool(drawn.uses) and max(drawn.uses) in terms.ceilings
    if limited and max(drawn.uses) not in terms.passing:
        return False
    return line_passes(drawn, terms.tolerance)


def _limit(line: BillLine, terms: Terms) -> str:
    """Return which ceilings keep a tax from being paid, empty where it is not owed anyway."""
    if line.kind is not ChargeKind.TAX:
        return ""
    return "; ".join(one.text for one in terms.ceilings.values() if one.is_lower)


def _why(drawn: Drawn, terms: Terms) -> tuple[Reason, str]:
    limits = [terms.ceilings[ref].text for ref in drawn.uses if ref in terms.ceilings]
    if limits:
        return Reason.TAX, "; ".join(limits)
    if drawn.base:
        return excess_reason(drawn.line, terms.priced)
    return unagreed_reason(drawn.line, terms.why_not)


def _accepted(drawn: Accepted) -> LineVerdict:
    line = drawn.line
    said = "a credit, taken as billed" if line.money.amount else "nothing to pay"
    return LineVerdict(
        line=line,
        judgement=Judgement.PAYABLE,
        payable=line.money,
        disputed=zero(line.money.currency),
        uses=_moneys(drawn.uses, line),
        text=f"{_name(line)}: {line.money}, {said}.",
        log=(_billed_step(line), said),
    )


def _stopped(line: BillLine, reason: Reason, why: str) -> LineVerdict:
    return LineVerdict(
        line=line,
        judgement=Judgement.STOPPED,
        payable=zero(line.money.currency),
        disputed=line.money,
        reason=reason,
        text=f"{_name(line)}: {line.money} is not paid: {why}.",
        remedy=REMEDY[reason],
        log=(_billed_step(line), f"reason {reason.value}: {why}", f"dispute {line.money}"),
    )


def _paid_on(drawn: Drawn) -> dict[str, Money]:
    """Return what is paid on each charge when the excess is paid too: on the last, by name."""
    uses = dict(drawn.uses)
    if uses:
        uses[max(uses)] += drawn.excess
    return _moneys(uses, drawn.line)


def _moneys(uses: dict[str, Decimal], line: BillLine) -> dict[str, Money]:
    return {ref: Money(amount, line.money.currency) for ref, amount in uses.items()}


def _asked(drawn: Drawn) -> tuple[str, str]:
    line = drawn.line
    currency = line.money.currency
    on = ", ".join(f"{ref} {Money(part, currency)}" for ref, part in drawn.uses.items())
    return _billed_step(line), f"draws on {on or 'a credit of this bill'}"


def _line_step(drawn: Drawn, terms: Terms) -> str:
    asked = compare_line(drawn, terms.tolerance)
    if asked is None:
        return "line tolerance is not asked"
    return f"line tolerance: {compared(asked, drawn.line.money.currency)}"


def _bill_step(terms: Terms) -> str:
    return f"bill tolerance {'passes' if terms.bill_passes else 'fails'}"


def _billed_step(line: BillLine) -> str:
    return f"line {line.number} bills {line.money} for {_name(line)}"


def _unread_reason(line: BillLine) -> tuple[Reason, str]:
    if line.sense is Sense.NOT_AGREED:
        why = f": {line.said}" if line.said else ""
        return Reason.NOT_AUTHORISED, f"a charge {line.code!r} is not agreed{why}"
    return Reason.UNKNOWN_CODE, f"the code {line.code!r} has no meaning here yet"


def _name(line: BillLine) -> str:
    if line.sense is not Sense.UNDERSTOOD:
        return f"charge {line.code!r}"
    kind = line.kind.value.replace("_", " ")
    return f"{kind} at stop {line.stop}" if line.stop else kind
