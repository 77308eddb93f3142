"""How much one person may let go of: many small sums are one large one.

What they let go of the same claim or dispute always counts; by policy what they let go with the
same carrier within so many days counts too.
"""

from datetime import timedelta

from msgspec import Struct, structs

from drawbar.flow.bill_objection import limit_told
from drawbar.flow.books import payee
from drawbar.flow.company import Company
from drawbar.flow.decision import NOTHING, Decision, Known
from drawbar.flow.payment_payee import PayeeState
from drawbar.flow.word import BeyondLimit
from drawbar.freight.approval import LetGo
from drawbar.freight.instant import Instant
from drawbar.freight.money import Money
from drawbar.settlement.authority import Authority, Person, authority


class Letting(Struct, frozen=True, kw_only=True):
    """Somebody lets go of ``money`` now; ``before`` is what was let go of the same thing."""

    about: str
    carrier_ref: str
    money: Money | None
    person: Person
    at: Instant
    before: tuple[LetGo, ...] = ()

    @property
    def counts(self) -> bool:
        """Return whether it is about any money at all."""
        return self.money is not None and self.money.amount > 0

    def after(self) -> tuple[LetGo, ...]:
        """Return what was let go of the thing, with this."""
        return (*self.before, self.as_kept()) if self.counts else self.before

    def as_kept(self) -> LetGo:
        """Return what is kept of it."""
        assert self.money is not None
        return LetGo(by=self.person.name, money=self.money, at=self.at, about=self.about)


def refuse(asked: Letting, known: Known, company: Company) -> None:
    """Raise ``BeyondLimit`` where it is more than the word of who says it is good for."""
    if asked.money is None or not asked.counts:
        return
    earlier = (*asked.before, *_elsewhere(asked, known, company))
    may = authority(
        asked.money,
        asked.person,
        before=[one.money for one in earlier if one.by == asked.person.name],
        limits=company.policy.approval_limits,
        currency=company.currency,
    )
    if may is not Authority.ALONE:
        told = limit_told(asked.person, company)
        raise BeyondLimit(f"{asked.money} is more than they may let go of alone. {told}")


def remembered(asked: Letting, known: Known, company: Company) -> Decision:
    """Return the carrier's story with what was let go, where the policy counts it there."""
    if not asked.counts or not company.policy.let_go_days or not asked.carrier_ref:
        return NOTHING
    state = _of_carrier(asked.carrier_ref, known)
    since = asked.at - timedelta(days=company.policy.let_go_days)
    kept = (*(one for one in state.let_go if one.at > since), asked.as_kept())
    return Decision(states={payee(asked.carrier_ref): structs.replace(state, let_go=kept)})


def _elsewhere(asked: Letting, known: Known, company: Company) -> list[LetGo]:
    """Return what was let go with the carrier, of other things, within the days of the policy."""
    since = asked.at - timedelta(days=company.policy.let_go_days)
    told = _of_carrier(asked.carrier_ref, known).let_go
    return [one for one in told if one.at > since and one.about != asked.about]


def _of_carrier(carrier_ref: str, known: Known) -> PayeeState:
    found = known.states.get(payee(carrier_ref))
    return found if isinstance(found, PayeeState) else PayeeState(carrier_ref=carrier_ref)
