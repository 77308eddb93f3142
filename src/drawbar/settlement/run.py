"""A payment run: everything approved that is due, by payee and currency, less what we are owed.

A payment is never below zero: a credit larger than what is payable is carried over.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby

from msgspec import Struct

from drawbar.freight.money import Money, zero
from drawbar.freight.payment import LeftOut, NettedClaim, PaidBill, PaymentOrder
from drawbar.settlement.credit import net
from drawbar.settlement.payee import NoPayee, Payee

BILLS_MAX = 5_000
"""So many bills one run pays at most; the next run pays the others."""


class Payable(Struct, frozen=True, kw_only=True):
    """What is open of one bill: above zero we owe it, below zero it is the carrier's credit.

    ``discount`` is what we keep of it if it is paid in this run. ``against`` says why it may not be
    paid, empty where nothing stands against it.
    """

    bill_ref: str
    carrier_ref: str
    shipment_ref: str
    invoice_number: str
    pro: str = ""
    billed: Money
    money: Money
    discount: Money
    due_on: date
    against: str = ""


class OpenClaim(Struct, frozen=True, kw_only=True):
    """What a carrier accepted to owe us and has not paid, above zero."""

    claim_ref: str
    carrier_ref: str
    money: Money


class Proposal(Struct, frozen=True, kw_only=True):
    """What would be paid, and what is left out with the reason. Both may be empty."""

    orders: tuple[PaymentOrder, ...]
    left_out: tuple[LeftOut, ...]


def propose(
    payables: Iterable[Payable],
    *,
    claims: Iterable[OpenClaim] = (),
    payees: Mapping[str, Payee | NoPayee],
    run_ref: str,
    until: date,
) -> Proposal:
    """Return the payments of a run. ``payees`` has whom to pay for each carrier_ref.

    Whatever order the payables come in, the same is proposed.
    """
    given = sorted(payables, key=lambda one: (one.due_on, one.bill_ref))
    fit: list[tuple[Payee, Payable]] = []
    left_out: list[LeftOut] = []
    for one in given:
        payee = payees[one.carrier_ref]
        against = _against(one, payee, until) or (_FULL if len(fit) >= BILLS_MAX else "")
        if against or isinstance(payee, NoPayee):
            left_out.append(_left(one, against))
        else:
            fit.append((payee, one))
    open_claims = sorted(claims, key=lambda one: one.claim_ref)
    orders: list[PaymentOrder] = []
    for (_, currency), group in groupby(sorted(fit, key=_order), key=_whom):
        members = list(group)
        ref = f"{run_ref}-{len(orders) + 1:03d}"
        order, carried = _payment(ref, members, open_claims, currency)
        left_out += carried
        if order:
            orders.append(order)
    return Proposal(orders=tuple(orders), left_out=tuple(left_out))


_FULL = f"The run is full: it pays {BILLS_MAX:,} bills. Propose another one after it."


def _against(one: Payable, payee: Payee | NoPayee, until: date) -> str:
    if one.against:
        return one.against
    if isinstance(payee, NoPayee):
        return f"{payee.text} {payee.remedy}"
    if one.money.amount > 0 and one.due_on > until:
        return f"It is due on {one.due_on}, after {until}."
    return ""


def _whom(member: tuple[Payee, Payable]) -> tuple[str, str]:
    return member[0].payee_ref, member[1].money.currency


def _order(member: tuple[Payee, Payable]) -> tuple[str, str, date, str]:
    return *_whom(member), member[1].due_on, member[1].bill_ref


def _payment(
    payment_ref: str,
    members: list[tuple[Payee, Payable]],
    claims: list[OpenClaim],
    currency: str,
) -> tuple[PaymentOrder | None, list[LeftOut]]:
    """Return the payment to one payee, None where there is nothing to pay, and what is carried."""
    paid: list[PaidBill] = []
    netted: list[NettedClaim] = []
    carried: list[LeftOut] = []
    for carrier_ref in sorted({one.carrier_ref for _, one in members}):
        own = [one for _, one in members if one.carrier_ref == carrier_ref]
        owed = [
            one
            for one in claims
            if (one.carrier_ref, one.money.currency) == (carrier_ref, currency)
        ]
        part = _net(own, owed, currency)
        paid, netted, carried = paid + part.bills, netted + part.claims, carried + part.carried
    if not paid:
        return None, carried
    payee = members[0][0]
    order = PaymentOrder(
        payment_ref=payment_ref,
        payee_ref=payee.payee_ref,
        name=payee.name,
        account=payee.account,
        address=payee.address,
        bills=tuple(paid),
        claims=tuple(netted),
    )
    return order, carried


class _Part(Struct):
    """What one carrier's bills and credits come to; credits beyond what is payable are carried."""

    bills: list[PaidBill]
    claims: list[NettedClaim]
    carried: list[LeftOut]


def _net(own: list[Payable], claims: list[OpenClaim], currency: str) -> _Part:
    part = _Part([], [], [])
    payable = [one for one in own if one.money.amount > 0]
    room = sum((one.money - one.discount for one in payable), start=zero(currency))
    taken = zero(currency)
    for credit in (one for one in own if one.money.amount < 0):
        use = net(room - taken, credit=-credit.money).taken
        taken += use
        part.carried += _carried(credit.bill_ref, credit.carrier_ref, -credit.money - use)
        if use.amount:
            part.bills.append(_paid(credit, gross=-use, netted=-use))
    for claim in claims:
        use = net(room - taken, credit=claim.money).taken
        taken += use
        part.carried += _carried(claim.claim_ref, claim.carrier_ref, claim.money - use)
        if use.amount:
            told = NettedClaim(claim_ref=claim.claim_ref, carrier_ref=claim.carrier_ref, money=use)
            part.claims.append(told)
    for one in payable:
        covered = net(one.money - one.discount, credit=taken)
        taken = covered.carried
        part.bills.append(_paid(one, gross=one.money, netted=covered.taken))
    return part


def _paid(one: Payable, *, gross: Money, netted: Money) -> PaidBill:
    return PaidBill(
        bill_ref=one.bill_ref,
        carrier_ref=one.carrier_ref,
        shipment_ref=one.shipment_ref,
        invoice_number=one.invoice_number,
        pro=one.pro,
        billed=one.billed,
        gross=gross,
        discount=one.discount if gross.amount > 0 else zero(gross.currency),
        netted=netted,
    )


def _carried(ref: str, carrier_ref: str, money: Money) -> list[LeftOut]:
    if not money.amount:
        return []
    text = "The credit is larger than what is payable now; it is carried over."
    return [LeftOut(ref=ref, carrier_ref=carrier_ref, money=-money, text=text)]


def _left(one: Payable, text: str) -> LeftOut:
    return LeftOut(ref=one.bill_ref, carrier_ref=one.carrier_ref, money=one.money, text=text)
