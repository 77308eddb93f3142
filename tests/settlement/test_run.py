"""What a payment run pays. ABCD is paid itself, NRTH by its factor; all is due unless said."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.contract import QuickPay
from drawbar.freight.money import Money
from drawbar.freight.payee import BankAccount
from drawbar.settlement.payee import NoPayee, Payee
from drawbar.settlement.quick_pay import discount, early_terms
from drawbar.settlement.run import OpenClaim, Payable, Proposal, propose

DAY = date(2026, 4, 30)
ACCOUNT = BankAccount(holder="Payee", number="1001", routing="021000021")
PAYEES = {
    "ABCD": Payee(payee_ref="ABCD", name="Able", account=ACCOUNT),
    "NRTH": Payee(payee_ref="SUMMIT", name="Summit", account=ACCOUNT),
    "WEST": Payee(payee_ref="SUMMIT", name="Summit", account=ACCOUNT),
    "NONE": NoPayee(text="No bank account is known.", remedy="Ask for it."),
}


def usd(amount: str | Decimal, currency: str = "USD") -> Money:
    return Money(Decimal(amount), currency)


def payable(amount: str | Decimal, ref: str = "B-1", *, carrier: str = "ABCD", **said) -> Payable:
    currency = said.pop("currency", "USD")
    fields = {"due_on": DAY, "discount": usd("0.00", currency)} | said
    return Payable(
        bill_ref=ref,
        carrier_ref=carrier,
        shipment_ref="S-1",
        invoice_number=f"I-{ref}",
        billed=usd(amount, currency),
        money=usd(amount, currency),
        **fields,
    )


def claim(amount: str, ref: str = "C-1", carrier: str = "ABCD") -> OpenClaim:
    return OpenClaim(claim_ref=ref, carrier_ref=carrier, money=usd(amount))


def run(*payables: Payable, claims: tuple[OpenClaim, ...] = ()) -> Proposal:
    return propose(payables, claims=claims, payees=PAYEES, run_ref="R-1", until=DAY)


def sums(proposal: Proposal) -> list[tuple[str, Money]]:
    return [(one.payee_ref, one.money) for one in proposal.orders]


def test_s06_two_percent_for_quick_pay_go_to_their_own_account():
    terms = early_terms(QuickPay(clause="7", percent=Decimal(2), days=5), received_on=DAY)

    kept = discount(usd("2175.00"), terms, pay_on=date(2026, 5, 5))
    found = run(payable("2175.00", discount=kept))

    assert kept == usd("43.50")
    assert sums(found) == [("ABCD", usd("2131.50"))]
    assert found.orders[0].bills[0].gross == usd("2175.00")


@pytest.mark.parametrize(
    ("pay_on", "kept"),
    [(date(2026, 5, 5), "2.00"), (date(2026, 5, 6), "0.00")],
    ids=["last early day", "a day late"],
)
def test_nothing_is_kept_for_paying_later_than_promised(pay_on, kept):
    terms = early_terms(QuickPay(clause="7", percent=Decimal(2), days=5), received_on=DAY)

    assert discount(usd("100.00"), terms, pay_on=pay_on) == usd(kept)
    assert discount(usd("100.00"), None, pay_on=pay_on) == usd("0.00")


def test_pays_each_payee_once_in_each_currency():
    found = run(
        payable("100.00", "B-1"),
        payable("50.00", "B-2"),
        payable("70.00", "B-3", currency="CAD"),
        payable("30.00", "B-4", carrier="NRTH"),
        payable("20.00", "B-5", carrier="WEST"),
    )

    assert sums(found) == [
        ("ABCD", usd("70.00", "CAD")),
        ("ABCD", usd("150.00")),
        ("SUMMIT", usd("50.00")),
    ]
    assert [one.payment_ref for one in found.orders] == ["R-1-001", "R-1-002", "R-1-003"]


@pytest.mark.parametrize(
    ("left", "why"),
    [
        (payable("10.00", due_on=date(2026, 5, 1)), "due on 2026-05-01"),
        (payable("10.00", against="The bill asks to pay Evergreen."), "Evergreen"),
        (payable("10.00", carrier="NONE"), "No bank account is known. Ask for it."),
    ],
    ids=["first day too late", "somebody unheard of", "nobody to pay"],
)
def test_what_is_not_paid_says_why(left, why):
    found = run(left)

    assert found.orders == ()
    assert why in found.left_out[0].text


def test_takes_credits_and_accepted_claims_off_and_pays_the_rest():
    found = run(payable("100.00", "B-1"), payable("-30.00", "B-2"), claims=(claim("20.00"),))

    (order,) = found.orders
    assert order.money == usd("50.00")
    assert [(one.bill_ref, one.gross, one.cash) for one in order.bills] == [
        ("B-2", usd("-30.00"), usd("0.00")),
        ("B-1", usd("100.00"), usd("50.00")),
    ]
    assert [one.money for one in order.claims] == [usd("20.00")]
    assert found.left_out == ()


def test_a_credit_larger_than_what_is_payable_is_carried_over():
    found = run(payable("100.00", "B-1"), payable("-130.00", "B-2"), claims=(claim("5.00"),))

    (order,) = found.orders
    assert order.money == usd("0.00")
    assert [(one.ref, one.money) for one in found.left_out] == [
        ("B-2", usd("-30.00")),
        ("C-1", usd("-5.00")),
    ]


def test_a_claim_on_one_carrier_is_not_taken_off_another_that_the_same_factor_collects_for():
    found = run(
        payable("50.00", "B-1", carrier="NRTH"),
        payable("70.00", "B-2", carrier="WEST"),
        claims=(claim("60.00", carrier="NRTH"),),
    )

    assert sums(found) == [("SUMMIT", usd("70.00"))]
    assert [(one.ref, one.money) for one in found.left_out] == [("C-1", usd("-10.00"))]


AMOUNTS = st.decimals("-500", "500", places=2).filter(bool)


@given(
    st.lists(st.tuples(AMOUNTS, st.sampled_from(["ABCD", "NRTH", "WEST"])), max_size=8),
    st.lists(st.decimals("0.01", "300", places=2), max_size=3),
    st.randoms(use_true_random=False),
)
def test_never_pays_below_zero_above_what_is_payable_or_loses_a_cent_of_a_credit(
    amounts, owed, shuffle
):
    payables = [payable(one, f"B-{at}", carrier=who) for at, (one, who) in enumerate(amounts)]
    claims = [claim(str(one), f"C-{at}") for at, one in enumerate(owed)]
    found = run(*payables, claims=tuple(claims))

    assert all(one.money.amount >= 0 for one in found.orders)
    for order in found.orders:
        netted = sum(one.netted.amount for one in order.bills)
        assert netted == sum(one.money.amount for one in order.claims)
        assert order.money.amount == sum(one.net.amount for one in order.bills) - netted
        assert all(one.cash.amount >= 0 for one in order.bills)
    used = Counter({one.bill_ref: one.gross.amount for o in found.orders for one in o.bills})
    used.update({one.claim_ref: -one.money.amount for o in found.orders for one in o.claims})
    left = Counter({one.ref: one.money.amount for one in found.left_out})
    for one in payables:
        assert used[one.bill_ref] + left[one.bill_ref] == one.money.amount
    paying = {order.payee_ref for order in found.orders}
    for one in claims if "ABCD" in paying else ():
        assert used[one.claim_ref] + left[one.claim_ref] == -one.money.amount
    shuffle.shuffle(payables)
    assert run(*payables, claims=tuple(reversed(claims))) == found
