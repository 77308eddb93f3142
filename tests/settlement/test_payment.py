"""A payment of a run, whole, and all that is left out with its reason. Due on 2026-04-30."""

from datetime import date
from decimal import Decimal

import pytest

from drawbar.freight.contract import QuickPay
from drawbar.freight.money import Money
from drawbar.freight.payee import BankAccount, PostalAddress
from drawbar.freight.payment import LeftOut, NettedClaim, PaidBill, PaymentOrder
from drawbar.settlement.credit import Netted, net
from drawbar.settlement.payee import NoPayee, Payee
from drawbar.settlement.quick_pay import EarlyTerms, discount, early_terms
from drawbar.settlement.run import BILLS_MAX, OpenClaim, Payable, Proposal, propose

DAY = date(2026, 4, 30)
ACCOUNT = BankAccount(holder="Summit", number="1001", routing="021000021")
ADDRESS = PostalAddress(country="US", city="Dallas")
SUMMIT = Payee(payee_ref="SUMMIT", name="Summit Factoring", account=ACCOUNT, address=ADDRESS)
PAYEES = {
    "ABCD": SUMMIT,
    "WEST": SUMMIT,
    "NONE": NoPayee(text="No bank account of None is known.", remedy="Ask for it."),
}


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def payable(amount: str, ref: str = "B-1", *, carrier="ABCD", kept="0.00", **said) -> Payable:
    facts = {"due_on": DAY} | said
    return Payable(
        bill_ref=ref,
        carrier_ref=carrier,
        shipment_ref=f"S-{ref}",
        invoice_number=f"I-{ref}",
        pro=f"P-{ref}",
        billed=usd("999.00"),
        money=usd(amount),
        discount=usd(kept),
        **facts,
    )


def paid(
    ref: str, gross: str, *, netted: str = "0.00", kept: str = "0.00", carrier="ABCD"
) -> PaidBill:
    return PaidBill(
        bill_ref=ref,
        carrier_ref=carrier,
        shipment_ref=f"S-{ref}",
        invoice_number=f"I-{ref}",
        pro=f"P-{ref}",
        billed=usd("999.00"),
        gross=usd(gross),
        discount=usd(kept),
        netted=usd(netted),
    )


def order(*bills: PaidBill, claims: tuple[NettedClaim, ...] = ()) -> PaymentOrder:
    return PaymentOrder(
        payment_ref="R-1-001",
        payee_ref="SUMMIT",
        name="Summit Factoring",
        account=ACCOUNT,
        address=ADDRESS,
        bills=bills,
        claims=claims,
    )


def claim(amount: str, ref: str = "C-1", carrier: str = "ABCD") -> OpenClaim:
    return OpenClaim(claim_ref=ref, carrier_ref=carrier, money=usd(amount))


def carried(ref: str, amount: str, carrier: str = "ABCD") -> LeftOut:
    return LeftOut(
        ref=ref,
        carrier_ref=carrier,
        money=usd(amount),
        text="The credit is larger than what is payable now; it is carried over.",
    )


def run(*payables: Payable, claims: tuple[OpenClaim, ...] = ()) -> Proposal:
    return propose(payables, claims=claims, payees=PAYEES, run_ref="R-1", until=DAY)


def test_a_payment_tells_whom_it_pays_where_and_for_what():
    """Of 100.00 less 2.00 a credit of 30.00 and a claim of 20.00 come off; 48.00 leave the bank."""
    found = run(
        payable("100.00", "B-1", kept="2.00"), payable("-30.00", "B-2"), claims=(claim("20.00"),)
    )

    assert found == Proposal(
        orders=(
            order(
                paid("B-2", "-30.00", netted="-30.00"),
                paid("B-1", "100.00", netted="50.00", kept="2.00"),
                claims=(NettedClaim(claim_ref="C-1", carrier_ref="ABCD", money=usd("20.00")),),
            ),
        ),
        left_out=(),
    )
    assert found.orders[0].money == usd("48.00")


def test_credits_and_claims_take_only_what_is_paid_after_the_discount():
    found = run(
        payable("100.00", "B-1", kept="2.00"), payable("-98.01", "B-2"), claims=(claim("5.00"),)
    )

    assert found == Proposal(
        orders=(
            order(
                paid("B-2", "-98.00", netted="-98.00"),
                paid("B-1", "100.00", netted="98.00", kept="2.00"),
            ),
        ),
        left_out=(carried("B-2", "-0.01"), carried("C-1", "-5.00")),
    )


def test_a_claim_is_netted_as_far_as_the_bills_go_and_the_rest_is_carried_over():
    found = run(payable("50.00", "B-1"), claims=(claim("60.00"),))

    assert found == Proposal(
        orders=(
            order(
                paid("B-1", "50.00", netted="50.00"),
                claims=(NettedClaim(claim_ref="C-1", carrier_ref="ABCD", money=usd("50.00")),),
            ),
        ),
        left_out=(carried("C-1", "-10.00"),),
    )


def test_what_covers_one_bill_goes_on_to_the_next_one_due():
    early = payable("30.00", "B-9", due_on=date(2026, 4, 1))

    found = run(payable("50.00", "B-1"), early, payable("-40.00", "B-3"))

    assert found.orders == (
        order(
            paid("B-3", "-40.00", netted="-40.00"),
            paid("B-9", "30.00", netted="30.00"),
            paid("B-1", "50.00", netted="10.00"),
        ),
    )


def test_one_payment_to_a_factor_pays_its_carriers_one_after_the_other():
    found = run(
        payable("20.00", "B-1", carrier="WEST"),
        payable("70.00", "B-2"),
        payable("-30.00", "B-3", carrier="WEST"),
        claims=(claim("5.00", "C-2", carrier="WEST"), claim("1.00", "C-1")),
    )

    assert found == Proposal(
        orders=(
            order(
                paid("B-2", "70.00", netted="1.00"),
                paid("B-3", "-20.00", netted="-20.00", carrier="WEST"),
                paid("B-1", "20.00", netted="20.00", carrier="WEST"),
                claims=(NettedClaim(claim_ref="C-1", carrier_ref="ABCD", money=usd("1.00")),),
            ),
        ),
        left_out=(carried("B-3", "-10.00", "WEST"), carried("C-2", "-5.00", "WEST")),
    )


def test_credits_alone_pay_nothing_and_are_carried_over():
    found = run(payable("-30.00", "B-1"))

    assert found == Proposal(orders=(), left_out=(carried("B-1", "-30.00"),))


def test_a_claim_in_another_currency_stays_where_it_is():
    pesos = OpenClaim(claim_ref="C-1", carrier_ref="ABCD", money=Money(Decimal(5), "MXN"))

    assert run(payable("50.00"), claims=(pesos,)).orders == (order(paid("B-1", "50.00")),)


def test_half_a_dollar_is_paid_once_and_its_cent_kept():
    assert run(payable("0.50", kept="0.01")) == Proposal(
        orders=(order(paid("B-1", "0.50", kept="0.01")),), left_out=()
    )


def test_a_credit_keeps_nothing_for_paying_early():
    found = run(payable("100.00", "B-1"), payable("-30.00", "B-2", kept="0.60"))

    assert found.orders[0].bills[0] == paid("B-2", "-30.00", netted="-30.00")


@pytest.mark.parametrize("due", [DAY, date(2026, 5, 1)], ids=["due", "due later"])
def test_a_bill_about_nothing_is_neither_paid_nor_told(due):
    assert run(payable("0.00", due_on=due)) == Proposal(orders=(), left_out=())


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (payable("0.50", due_on=date(2026, 5, 1)), "It is due on 2026-05-01, after 2026-04-30."),
        (payable("0.50", against="It is in dispute."), "It is in dispute."),
        (
            payable("0.50", carrier="NONE"),
            "No bank account of None is known. Ask for it.",
        ),
    ],
    ids=["due later", "something against it", "nobody to pay"],
)
def test_what_is_left_out_is_named_with_its_money_and_reason(one, text):
    left = LeftOut(ref="B-1", carrier_ref=one.carrier_ref, money=usd("0.50"), text=text)

    assert run(one) == Proposal(orders=(), left_out=(left,))


def test_a_credit_is_taken_off_before_it_is_due():
    later = payable("-30.00", "B-2", due_on=date(2026, 5, 1))

    assert run(payable("30.00", "B-1"), later).left_out == ()


def test_a_run_pays_so_many_bills_and_says_of_the_next_that_it_is_full():
    found = run(*(payable("1.00", f"B-{at:05d}") for at in range(BILLS_MAX + 1)))

    assert len(found.orders[0].bills) == BILLS_MAX
    assert found.left_out == (
        LeftOut(
            ref="B-05000",
            carrier_ref="ABCD",
            money=usd("1.00"),
            text="The run is full: it pays 5,000 bills. Propose another one after it.",
        ),
    )


TERMS = EarlyTerms(clause="7", percent=Decimal(2), pay_by=date(2026, 5, 5))


def test_early_terms_are_those_of_the_contract_from_the_day_of_receipt():
    quick = QuickPay(clause="7", percent=Decimal(2), days=5)

    assert early_terms(quick, received_on=DAY) == TERMS
    assert early_terms(None, received_on=DAY) is None


@pytest.mark.parametrize(
    ("money", "kept"),
    [("100.00", "2.00"), ("0.50", "0.01"), ("0.24", "0.00"), ("0.25", "0.01"), ("0.00", "0.00"),
     ("-50.00", "0.00")],
    ids=["two percent", "half a dollar", "rounded down", "rounded up", "nothing", "a credit"],
)  # fmt: skip
def test_what_is_kept_is_to_the_cent_and_never_of_a_credit(money, kept):
    assert discount(usd(money), TERMS, pay_on=date(2026, 5, 5)) == usd(kept)


@pytest.mark.parametrize(
    ("payable_", "credit", "pay", "taken", "carried_"),
    [("100.00", "30.00", "70.00", "30.00", "0.00"), ("100.00", "100.00", "0.00", "100.00", "0.00"),
     ("100.00", "100.01", "0.00", "100.00", "0.01"), ("0.00", "5.00", "0.00", "0.00", "5.00")],
    ids=["a part", "all of it", "a cent more", "nothing payable"],
)  # fmt: skip
def test_a_credit_covers_what_is_payable_and_the_rest_is_carried(
    payable_, credit, pay, taken, carried_
):
    assert net(usd(payable_), credit=usd(credit)) == Netted(
        pay=usd(pay), taken=usd(taken), carried=usd(carried_)
    )


def test_a_credit_covers_a_bill_less_its_discount_before_the_next():
    found = run(
        payable("100.00", "B-1", kept="2.00"), payable("50.00", "B-2"), payable("-120", "B-3")
    )

    netted = [one.netted for one in found.orders[0].bills]
    assert netted == [usd("-120.00"), usd("98.00"), usd("22.00")]
