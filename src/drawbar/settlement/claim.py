"""How a claim goes on: filed, acknowledged, offered, accepted or declined, and paid or let go.

What was recovered and what was let go never add up to more than what was claimed.
"""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, structs

from drawbar.freight.claim import ClaimStep, Paper
from drawbar.freight.dispute import Voice
from drawbar.freight.money import Money, zero


class ClaimStatus(StrEnum):
    """Where a claim stands. Stored."""

    FOUND = "found"
    FILED = "filed"
    ACKNOWLEDGED = "acknowledged"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    RECOVERED = "recovered"
    WITHDRAWN = "withdrawn"
    WRITTEN_OFF = "written_off"


ENDED = frozenset({ClaimStatus.RECOVERED, ClaimStatus.WITHDRAWN, ClaimStatus.WRITTEN_OFF})
"""How a claim can have ended; nothing follows any more."""
_FILED = frozenset(
    {
        ClaimStatus.FILED,
        ClaimStatus.ACKNOWLEDGED,
        ClaimStatus.OFFERED,
        ClaimStatus.ACCEPTED,
        ClaimStatus.DECLINED,
    }
)
_UNDECIDED = frozenset({ClaimStatus.FILED, ClaimStatus.ACKNOWLEDGED, ClaimStatus.OFFERED})
_MAY: Mapping[tuple[ClaimStep, Voice], frozenset[ClaimStatus]] = {
    (ClaimStep.FILE, Voice.OURS): frozenset({ClaimStatus.FOUND}),
    (ClaimStep.ACKNOWLEDGE, Voice.CARRIER): frozenset({ClaimStatus.FILED}),
    (ClaimStep.OFFER, Voice.CARRIER): _UNDECIDED | {ClaimStatus.DECLINED},
    (ClaimStep.ACCEPT, Voice.OURS): frozenset({ClaimStatus.OFFERED}),
    (ClaimStep.ACCEPT, Voice.CARRIER): _UNDECIDED | {ClaimStatus.DECLINED},
    (ClaimStep.DECLINE, Voice.OURS): frozenset({ClaimStatus.OFFERED}),
    (ClaimStep.DECLINE, Voice.CARRIER): _UNDECIDED,
    (ClaimStep.CREDIT, Voice.CARRIER): _FILED,
    (ClaimStep.PAY, Voice.CARRIER): _FILED,
    (ClaimStep.WITHDRAW, Voice.OURS): _FILED | {ClaimStatus.FOUND},
    (ClaimStep.WRITE_OFF, Voice.OURS): _FILED | {ClaimStatus.FOUND},
}
"""Who may take which step, and when."""


class NotNow(ValueError):
    """The step does not fit how the claim stands, or is the other side's. Look at the claim."""


class BeyondClaim(ValueError):
    """The amount is more than what is open of the claim, nothing, or in another currency."""


class PapersMissing(ValueError):
    """A cargo claim is filed with its documents. Add those that are named, and file again."""


class ClaimStanding(Struct, frozen=True, kw_only=True):
    """The money of a claim. ``claimed`` is None while nobody knows what the goods were worth.

    ``offered`` is what the carrier last offered of what is open.
    """

    status: ClaimStatus = ClaimStatus.FOUND
    claimed: Money | None = None
    offered: Money | None = None
    recovered: Money | None = None
    let_go: Money | None = None

    @property
    def open(self) -> Money | None:
        """Return what can still be recovered, zero or more; None while the worth is unknown."""
        if self.claimed is None:
            return None
        nothing = zero(self.claimed.currency)
        return self.claimed - (self.recovered or nothing) - (self.let_go or nothing)

    @property
    def receivable(self) -> Money | None:
        """Return what the carrier owes us by its own word; None while the worth is unknown.

        A claim that is filed, acknowledged or declined is no debt of anybody's yet.
        """
        if self.claimed is None or self.status is ClaimStatus.ACCEPTED:
            return self.open
        return zero(self.claimed.currency)


def lacking(papers: frozenset[Paper], *, needed: tuple[Paper, ...]) -> tuple[str, ...]:
    """Return in words which documents a cargo claim still needs, in the order of the policy."""
    return tuple(one.value.replace("_", " ") for one in needed if one not in papers)


def stepped(
    claim: ClaimStanding, step: ClaimStep, *, voice: Voice, money: Money | None = None
) -> ClaimStanding:
    """Return the claim after a step. Raise ``NotNow`` or ``BeyondClaim``."""
    if claim.status not in _MAY.get((step, voice), frozenset()):
        who = "the carrier" if voice is Voice.CARRIER else "we"
        said, status = step.value.replace("_", " "), claim.status.value.replace("_", " ")
        raise NotNow(f"the claim is {status}; {who} cannot {said} it now")
    match step:
        case ClaimStep.FILE:
            return structs.replace(claim, status=ClaimStatus.FILED, claimed=_worth(claim, money))
        case ClaimStep.ACKNOWLEDGE:
            return structs.replace(claim, status=ClaimStatus.ACKNOWLEDGED)
        case ClaimStep.OFFER:
            return structs.replace(claim, status=ClaimStatus.OFFERED, offered=_part(claim, money))
        case ClaimStep.DECLINE:
            by_us = voice is Voice.OURS
            status = ClaimStatus.ACKNOWLEDGED if by_us else ClaimStatus.DECLINED
            return structs.replace(claim, status=status, offered=None)
        case ClaimStep.ACCEPT:
            return _accepted(claim, voice)
        case ClaimStep.CREDIT | ClaimStep.PAY:
            return recovered(claim, _part(claim, money))
        case ClaimStep.WITHDRAW:
            if claim.recovered:
                raise NotNow(f"{claim.recovered} came back already; write off the rest")
            return _let_go(structs.replace(claim, status=ClaimStatus.WITHDRAWN), claim.open)
        case ClaimStep.WRITE_OFF:
            return _let_go(structs.replace(claim, status=ClaimStatus.WRITTEN_OFF), claim.open)


def next_steps(claim: ClaimStanding) -> tuple[tuple[ClaimStep, Voice], ...]:
    """Return who may take which step now, in the order of the steps."""
    return tuple(key for key, statuses in _MAY.items() if claim.status in statuses)


def recovered(claim: ClaimStanding, money: Money) -> ClaimStanding:
    """Return the claim after so much of it came back. Raise ``NotNow`` or ``BeyondClaim``."""
    if claim.status not in _FILED:
        raise NotNow(f"the claim is {claim.status.value.replace('_', ' ')}")
    part = _part(claim, money)
    had = claim.recovered
    now = structs.replace(claim, recovered=part if had is None else had + part)
    done = now.open is not None and not now.open.amount
    return structs.replace(now, status=ClaimStatus.RECOVERED) if done else now


def gives_up(claim: ClaimStanding, step: ClaimStep) -> Money | None:
    """Return what of a claim somebody of ours lets go by a step, None where nothing is."""
    match step:
        case ClaimStep.ACCEPT if claim.open is not None and claim.offered is not None:
            return claim.open - claim.offered
        case ClaimStep.WITHDRAW | ClaimStep.WRITE_OFF:
            return claim.open
        case _:
            return None


def _accepted(claim: ClaimStanding, voice: Voice) -> ClaimStanding:
    """Let go of what an offer leaves, where we take it; a carrier accepts all that is open."""
    now = structs.replace(claim, status=ClaimStatus.ACCEPTED)
    if voice is Voice.CARRIER:
        return structs.replace(now, offered=claim.open)
    return _let_go(now, gives_up(claim, ClaimStep.ACCEPT))


def _let_go(claim: ClaimStanding, money: Money | None) -> ClaimStanding:
    if money is None or not money.amount:
        return claim
    had = claim.let_go
    return structs.replace(claim, let_go=money if had is None else had + money)


def _worth(claim: ClaimStanding, money: Money | None) -> Money:
    """Return what is claimed: what is known of it, or what whoever files it says."""
    worth = money or claim.claimed
    if worth is None or worth.amount <= 0:
        raise BeyondClaim("nobody knows yet what is claimed; say the amount")
    if claim.claimed is not None and worth > claim.claimed:
        raise BeyondClaim(f"{worth} is more than the {claim.claimed} that the facts support")
    return worth


def _part(claim: ClaimStanding, money: Money | None) -> Money:
    left = claim.open
    if left is None or money is None:
        raise BeyondClaim("say the amount")
    if money.currency != left.currency or not 0 < money.amount <= left.amount:
        raise BeyondClaim(f"{money} is not a part of the {left} that is open")
    return money
