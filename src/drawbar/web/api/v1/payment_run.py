"""A payment run as version 1 shows it; of an account only the end of its number."""

from datetime import date, datetime

from msgspec import Struct

from drawbar.flow.payment_state import RunState
from drawbar.freight.payment import PaymentOrder
from drawbar.records.desk.books import RunRow
from drawbar.web.api.v1.term import AmountV1, amount_v1


class RunRowV1(Struct, frozen=True, kw_only=True):
    """A run in a list; ``total`` is null where it pays in several currencies."""

    run_ref: str
    status: str
    until: date
    payments: int
    bills: int
    total: AmountV1 | None
    proposed_by: str
    released_at: datetime | None


class PaymentRunsV1(Struct, frozen=True, kw_only=True):
    """Payment runs, the newest first."""

    items: tuple[RunRowV1, ...]


class PaidBillV1(Struct, frozen=True, kw_only=True):
    """What is paid of one bill: ``gross`` less ``discount`` less ``netted`` is ``cash``."""

    bill_ref: str
    carrier_ref: str
    shipment_ref: str
    invoice_number: str
    pro: str
    billed: AmountV1
    gross: AmountV1
    discount: AmountV1
    netted: AmountV1
    cash: AmountV1


class NettedClaimV1(Struct, frozen=True, kw_only=True):
    """What is taken off for an accepted claim."""

    claim_ref: str
    money: AmountV1


class PaymentV1(Struct, frozen=True, kw_only=True):
    """One payment. ``outcome`` is empty until the run is released."""

    payment_ref: str
    payee_ref: str
    name: str
    account: str
    money: AmountV1
    bills: tuple[PaidBillV1, ...]
    claims: tuple[NettedClaimV1, ...]
    outcome: str
    bank_ref: str
    text: str


class LeftOutV1(Struct, frozen=True, kw_only=True):
    """A bill or a credit that the run does not settle, and why."""

    ref: str
    carrier_ref: str
    money: AmountV1
    text: str


class PaymentRunV1(Struct, frozen=True, kw_only=True):
    """One run. ``totals`` is what leaves the bank in each currency."""

    run_ref: str
    status: str
    until: date
    pay_on: date
    proposed_by: str
    approved_by: tuple[str, ...]
    released_by: str
    released_at: datetime | None
    totals: tuple[AmountV1, ...]
    payments: tuple[PaymentV1, ...]
    left_out: tuple[LeftOutV1, ...]


def row_v1(one: RunRow) -> RunRowV1:
    """Return a run of a list as version 1 says it."""
    return RunRowV1(
        run_ref=one.run_ref,
        status=one.status,
        until=one.until,
        payments=one.payments,
        bills=one.bills,
        total=amount_v1(one.total) if one.total else None,
        proposed_by=one.proposed_by,
        released_at=one.released_at,
    )


def run_v1(state: RunState) -> PaymentRunV1:
    """Return a run as version 1 says it."""
    return PaymentRunV1(
        run_ref=state.run_ref,
        status=state.status.value,
        until=state.until,
        pay_on=state.pay_on,
        proposed_by=state.proposed_by,
        approved_by=tuple(one.by for one in state.signatures),
        released_by=state.released_by,
        released_at=state.released_at,
        totals=tuple(map(amount_v1, state.totals)),
        payments=tuple(_payment(one, state) for one in state.orders),
        left_out=tuple(
            LeftOutV1(
                ref=one.ref,
                carrier_ref=one.carrier_ref,
                money=amount_v1(one.money),
                text=one.text,
            )
            for one in state.left_out
        ),
    )


def _payment(order: PaymentOrder, state: RunState) -> PaymentV1:
    told = state.told.get(order.payment_ref)
    return PaymentV1(
        payment_ref=order.payment_ref,
        payee_ref=order.payee_ref,
        name=order.name,
        account=order.account.shown,
        money=amount_v1(order.money),
        bills=tuple(
            PaidBillV1(
                bill_ref=one.bill_ref,
                carrier_ref=one.carrier_ref,
                shipment_ref=one.shipment_ref,
                invoice_number=one.invoice_number,
                pro=one.pro,
                billed=amount_v1(one.billed),
                gross=amount_v1(one.gross),
                discount=amount_v1(one.discount),
                netted=amount_v1(one.netted),
                cash=amount_v1(one.cash),
            )
            for one in order.bills
        ),
        claims=tuple(
            NettedClaimV1(claim_ref=one.claim_ref, money=amount_v1(one.money))
            for one in order.claims
        ),
        outcome=told.outcome.value if told else "",
        bank_ref=told.bank_ref if told else "",
        text=told.text if told else "",
    )
