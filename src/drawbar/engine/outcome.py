"""What the outcome of an attempt means for a delivery, for its gate, and for people."""

from datetime import datetime, timedelta
from typing import assert_never

from drawbar.freight.case import CaseKind
from drawbar.freight.delivery import (
    Confirmed,
    Conflict,
    Existing,
    Lane,
    NeedsConfirmation,
    Outcome,
    Rejected,
    Unknown,
)
from drawbar.messages.gate import pause
from drawbar.messages.queue import Claimed, DeliveryState, Settlement


def settlement(claimed: Claimed, outcome: Outcome, *, lane: Lane, now: datetime) -> Settlement:
    """Return what to write on the delivery."""
    match outcome:
        case Confirmed() | Existing():
            return _settled(claimed, DeliveryState.CONFIRMED, now, document=outcome.document)
        case Rejected():
            where = f"{outcome.field}: " if outcome.field else ""
            return _settled(claimed, DeliveryState.REJECTED, now, error=where + outcome.text)
        case Conflict() | NeedsConfirmation():
            return _settled(claimed, DeliveryState.UNSURE, now, error=outcome.text)
        case Unknown():
            return Settlement(
                delivery_id=claimed.delivery_id,
                claim=claimed.claim,
                state=DeliveryState.READY,
                due_at=now + max(pause(claimed.attempts, lane=lane), _busy(outcome)),
                outcome_unknown=True,
                error=outcome.text,
            )
        case _:
            assert_never(outcome)


def _busy(outcome: Unknown) -> timedelta:
    """Return how long not to look: a slow far side may still do what it was asked."""
    return timedelta(seconds=outcome.busy_seconds)


def unsendable(claimed: Claimed, error: Exception, *, now: datetime) -> Settlement:
    """Return what to write on a delivery that we cannot even put into bytes."""
    said = f"{type(error).__name__}: {error}"
    return _settled(claimed, DeliveryState.DEAD, now, error=said)


def trouble_of(settled: Settlement) -> CaseKind | None:
    """Return the kind of case that a delivery needs; None where it goes on by itself."""
    match settled.state:
        case DeliveryState.REJECTED | DeliveryState.DEAD:
            return CaseKind.DELIVERY_REJECTED
        case DeliveryState.UNSURE:
            return CaseKind.DELIVERY_UNSURE
        case _:
            return None


def _settled(
    claimed: Claimed, state: DeliveryState, now: datetime, *, document: str = "", error: str = ""
) -> Settlement:
    return Settlement(
        delivery_id=claimed.delivery_id,
        claim=claimed.claim,
        state=state,
        due_at=now,
        document=document,
        error=error,
    )
