"""The stories of finance: periods, payees and payment runs, and what its facts speak of."""

from drawbar.freight.payment import (
    PayeeChangeAsked,
    PayeeChangeConfirmed,
    PayeeChangeRefused,
    PaymentRunApproved,
    PaymentRunDropped,
    PaymentRunProposed,
    PaymentRunReleased,
    QuickPayAsked,
)
from drawbar.freight.period import PeriodClosed, PeriodReopened
from drawbar.freight.stream import StreamKey, StreamKind


def payee(carrier_ref: str) -> StreamKey:
    """Return the story of how a carrier is paid."""
    return StreamKey(StreamKind.PAYEE, carrier_ref)


def payment_run(ref: str) -> StreamKey:
    """Return the story of a payment run."""
    return StreamKey(StreamKind.PAYMENT_RUN, ref)


def period(name: str) -> StreamKey:
    """Return the story of a period of the books."""
    return StreamKey(StreamKind.PERIOD, name)


def of_the_books(fact: object) -> tuple[StreamKey, ...]:
    """Return the period, payee, bill or run that finance speaks of."""
    match fact:
        case PeriodClosed() | PeriodReopened():
            return (period(fact.period),)
        case PayeeChangeAsked() | PayeeChangeConfirmed() | PayeeChangeRefused():
            return (payee(fact.carrier_ref),)
        case QuickPayAsked():
            return (_bill(fact.bill_ref),)
        case PaymentRunProposed():
            bills, payees = map(_bill, fact.bill_refs), map(payee, fact.carrier_refs)
            return (payment_run(fact.run_ref), *bills, *payees, *map(_claim, fact.claim_refs))
        case PaymentRunApproved() | PaymentRunReleased() | PaymentRunDropped():
            return (payment_run(fact.run_ref),)
        case _:
            return ()


def _bill(ref: str) -> StreamKey:
    return StreamKey(StreamKind.FREIGHT_BILL, ref)


def _claim(ref: str) -> StreamKey:
    return StreamKey(StreamKind.CLAIM, ref)
