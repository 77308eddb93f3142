"""How much of what is claimed one person may let go of: many small sums are one large one."""

from drawbar.flow.bill_objection import limit_told
from drawbar.flow.claim_state import ClaimState, LetGo
from drawbar.flow.company import Company
from drawbar.flow.word import BeyondLimit
from drawbar.freight.claim import ClaimSaid
from drawbar.freight.dispute import Voice
from drawbar.freight.money import Money
from drawbar.settlement.authority import Authority, Person, authority
from drawbar.settlement.claim import gives_up


def refuse_letting_go(state: ClaimState, fact: ClaimSaid, company: Company) -> None:
    """Raise ``BeyondLimit`` where somebody lets go of more than their word is good for.

    What they let go of this claim before counts too, also before it was found again.
    """
    money = _given_up(state, fact)
    if money is None or not money.amount:
        return
    person = Person(name=fact.said_by, role=fact.role)
    may = authority(
        money,
        person,
        before=(one.money for one in state.let_go if one.by == fact.said_by),
        limits=company.policy.approval_limits,
        currency=company.currency,
    )
    if may is not Authority.ALONE:
        told = limit_told(person, company)
        raise BeyondLimit(f"{money} is more than {person.name} may let go of alone. {told}")


def let_go_after(state: ClaimState, fact: ClaimSaid) -> tuple[LetGo, ...]:
    """Return what was let go of a claim, and by whom, with what a step lets go."""
    money = _given_up(state, fact)
    if money is None or not money.amount:
        return state.let_go
    return (*state.let_go, LetGo(by=fact.said_by, money=money, at=fact.learned_at))


def _given_up(state: ClaimState, fact: ClaimSaid) -> Money | None:
    return gives_up(state.standing, fact.step) if fact.voice is Voice.OURS else None
