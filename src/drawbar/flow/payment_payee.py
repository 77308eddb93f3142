"""Changed bank details and factors' notices: entered by one person, confirmed by another, cooled.

Until then the account known before is paid.
"""

from msgspec import Struct, structs

from drawbar.flow.books import payee
from drawbar.flow.company import Company
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.problem import raised, settled
from drawbar.freight.approval import LetGo
from drawbar.freight.case import CaseKind
from drawbar.freight.payee import PayeeChange
from drawbar.freight.payment import PayeeChangeAsked, PayeeChangeConfirmed, PayeeChangeRefused
from drawbar.settlement.payee import counts_from, may_confirm

PayeeFact = PayeeChangeAsked | PayeeChangeConfirmed | PayeeChangeRefused


class PayeeState(Struct, frozen=True, kw_only=True):
    """What was said of how a carrier is paid, beyond its file; ``changes`` in their order.

    ``let_go`` is what persons of ours let go of its claims and disputes lately.
    """

    carrier_ref: str
    changes: tuple[PayeeChange, ...] = ()
    let_go: tuple[LetGo, ...] = ()


def decide(fact: PayeeFact, known: Known, company: Company) -> Decision:
    """Return the carrier's payee with a change entered, confirmed or refused."""
    stream = payee(fact.carrier_ref)
    found = known.states.get(stream)
    state = found if isinstance(found, PayeeState) else PayeeState(carrier_ref=fact.carrier_ref)
    if isinstance(fact, PayeeChangeAsked):
        return _asked(state, fact, company)
    change = change_of(state, fact.change_ref)
    if change is None or not change.is_open:
        return NOTHING  # answered before, or never entered
    if isinstance(fact, PayeeChangeRefused):
        now = structs.replace(change, refused_by=fact.refused_by)
        return _answered(state, now, f"Refused by {fact.refused_by} because {fact.reason}")
    against = may_confirm(change, fact.confirmed_by)
    if against:
        return Decision(notes=((stream, f"Not confirmed: {against}"),))
    now = structs.replace(change, confirmed_by=fact.confirmed_by, confirmed_at=fact.learned_at)
    from_at = counts_from(now, cooling_days=company.policy.bank_details_cool_days)
    said = f"Confirmed by {fact.confirmed_by} because {fact.reason}; it counts from {from_at:%F %R}"
    return _answered(state, now, f"{said} UTC")


def change_of(state: PayeeState, change_ref: str) -> PayeeChange | None:
    """Return one change, None where nobody entered it."""
    return next((one for one in state.changes if one.change_ref == change_ref), None)


def says(change: PayeeChange) -> str:
    """Return a change in words, without a full account number."""
    if change.account:
        return f"{change.account.holder}, {change.account.shown}"
    if change.assignment:
        notice = change.assignment
        return f"bills belong to {notice.name} from {notice.from_on}"
    return f"the notice of {change.released} ends"


def _asked(state: PayeeState, fact: PayeeChangeAsked, company: Company) -> Decision:
    if change_of(state, fact.change_ref):
        return NOTHING  # entered before
    change = PayeeChange(
        change_ref=fact.change_ref,
        asked_at=fact.learned_at,
        asked_by=fact.asked_by,
        reason=fact.reason,
        account=fact.account,
        assignment=fact.assignment,
        released=fact.released,
    )
    stream = payee(fact.carrier_ref)
    now = structs.replace(state, changes=(*state.changes, change))
    days = company.policy.bank_details_cool_days
    return joined(
        Decision(states={stream: now}),
        raised(
            CaseKind.PAYEE,
            stream,
            f"{fact.asked_by} entered for {fact.carrier_ref}: {says(change)}, because"
            f" {fact.reason}. Until it is confirmed and {days} days old, nobody is paid by it.",
            remedy="A second, other person asks the carrier at an address known before, and"
            " confirms or refuses it.",
            now=fact.learned_at,
            item=fact.change_ref,
        ),
    )


def _answered(state: PayeeState, change: PayeeChange, said: str) -> Decision:
    stream = payee(state.carrier_ref)
    changes = tuple(change if one.change_ref == change.change_ref else one for one in state.changes)
    return joined(
        Decision(states={stream: structs.replace(state, changes=changes)}, notes=((stream, said),)),
        settled(CaseKind.PAYEE, stream, said, item=change.change_ref),
    )
