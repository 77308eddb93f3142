"""Waiting for a name: a fact about something that nobody knows yet, and the end of its patience."""

from datetime import timedelta

from drawbar.flow.consequence import following
from drawbar.flow.decision import Decision, Park
from drawbar.flow.problem import raised
from drawbar.freight.case import CaseKind
from drawbar.freight.delivery import AckReceived
from drawbar.freight.facts import AnyFact
from drawbar.freight.reference import ReferenceKey
from drawbar.freight.wait import WaitExpired


def waiting(fact: AnyFact, keys: tuple[ReferenceKey, ...], *, days: int) -> Decision:
    """Return the decision to take the fact up again when one of its names appears."""
    until = fact.learned_at + timedelta(days=days)
    expired = following(
        WaitExpired,
        fact,
        about="unknown",
        at=until,
        waited=fact.key,
        about_fact=type(fact).__name__,
        references=keys,
    )
    return Decision(park=Park(waits_for=keys, until=until, expired=expired))


def gave_up(fact: WaitExpired) -> Decision:
    """Return the case of a fact whose shipment never appeared, or whose sending never was."""
    if fact.about_fact == AckReceived.__name__:
        return _receipt_for_nothing(fact)
    return raised(
        CaseKind.UNKNOWN_SHIPMENT,
        None,
        f"A {fact.about_fact} waited for {spelled(fact.references)}, which nobody knows.",
        remedy="Correct the reference and replay the message, or tell its sender.",
        now=fact.learned_at,
        item=fact.waited,
        cause=f"unknown:{fact.about_fact}",
    )


def _receipt_for_nothing(fact: WaitExpired) -> Decision:
    """Return the case of a receipt for a group that we never sent."""
    number = fact.references[0]
    return raised(
        CaseKind.DEAD_LETTER,
        None,
        f"{number.party} answered our message {number.value}, which was no tender of ours.",
        remedy="Ask the partner whose file it had; another may send in our name.",
        now=fact.learned_at,
        item=fact.waited,
        cause=f"receipt:{number.party}:unknown",
    )


def spelled(keys: tuple[ReferenceKey, ...]) -> str:
    """Return names as a person reads them."""
    return ", ".join(f"{key.kind.value.upper()} {key.value}" for key in keys) or "no reference"
