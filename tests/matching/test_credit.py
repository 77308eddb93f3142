"""Lines below zero: discounts and credits. Agreed: linehaul of 1,650.00, lumper of 90.00 USD.

A credit counts for charges of its own kind, and never makes room for another kind.
"""

from datetime import date
from decimal import Decimal

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation
from drawbar.freight.freight_bill import BillLine, FreightBill
from drawbar.freight.money import Money, total
from drawbar.freight.party import Tolerance
from drawbar.freight.verdict import Judgement, OpenCharge, Reason
from drawbar.matching.audit import Audit, audit

Kind = ChargeKind


def usd(amount: str | Decimal | int) -> Money:
    return Money(Decimal(amount), "USD")


def agreed(kind: Kind, amount: str, used="0", stop=0) -> OpenCharge:
    ref = f"{kind.value}:{stop}" if stop else kind.value
    charge = Charge(kind=kind, money=usd(amount), stop=stop)
    one = AgreedCharge(charge_ref=ref, charge=charge, why=Explanation(rule="test"))
    return OpenCharge(agreed=one, used=usd(used))


def judged(*lines: tuple[Kind, str], haul_used="0", charges=None, short_pay=True, stop=0) -> Audit:
    billed = tuple(
        BillLine(number=place, kind=kind, money=usd(amount), stop=stop)
        for place, (kind, amount) in enumerate(lines, start=1)
    )
    bill = FreightBill(
        bill_ref="B-1",
        carrier_ref="ABCD",
        invoice_number="19267",
        billed_on=date(2026, 4, 10),
        currency="USD",
        references=(),
        lines=billed,
        total=total((line.money for line in billed), currency="USD"),
    )
    known = (agreed(Kind.LINEHAUL, "1650.00", haul_used), agreed(Kind.LUMPER, "90.00"))
    return audit(bill, agreed=charges or known, tolerance=Tolerance(), short_pay_allowed=short_pay)


def used(answer: Audit, ref="linehaul") -> Decimal:
    return sum(one.uses[ref].amount for one in answer.lines if ref in one.uses)


def test_a_discount_brings_a_gross_charge_down_to_what_was_agreed():
    answer = judged((Kind.LINEHAUL, "1800.00"), (Kind.LINEHAUL, "-150.00"))

    assert (answer.payable, answer.disputed) == (usd("1650.00"), usd(0))
    assert used(answer) == Decimal("1650.00")


def test_a_discount_does_not_widen_the_tolerance():
    answer = judged((Kind.LINEHAUL, "9900.01"), (Kind.LINEHAUL, "-8217.00"))

    assert (answer.payable, answer.disputed) == (usd("1650.00"), usd("33.01"))


def test_a_discount_of_another_kind_is_taken_and_hides_nothing():
    answer = judged((Kind.LINEHAUL, "1800.00"), (Kind.OTHER, "-150.00"))

    assert [one.judgement for one in answer.lines] == [Judgement.SHORT_PAID, Judgement.PAYABLE]
    assert (answer.payable, answer.disputed) == (usd("1500.00"), usd("150.00"))


def test_a_linehaul_credit_does_not_pay_for_a_second_detention():
    charges = (agreed(Kind.LINEHAUL, "1650.00"), agreed(Kind.DETENTION, "168.75", stop=2))
    answer = judged(
        (Kind.LINEHAUL, "1650.00"),
        (Kind.LINEHAUL, "-168.75"),
        (Kind.DETENTION, "168.75"),
        (Kind.DETENTION, "168.75"),
        charges=charges,
    )

    assert (answer.payable, answer.disputed) == (usd("1650.00"), usd("168.75"))


def test_a_waived_charge_costs_nothing_and_is_no_dispute():
    answer = judged((Kind.STORAGE, "200.00"), (Kind.STORAGE, "-200.00"))

    assert (answer.payable, answer.disputed) == (usd(0), usd(0))
    assert answer.lines[0].judgement is Judgement.PAYABLE
    assert answer.lines[0].uses == {}


def test_what_a_waiver_does_not_cover_is_not_authorised():
    answer = judged((Kind.STORAGE, "200.01"), (Kind.STORAGE, "-200.00"))

    assert (answer.payable, answer.disputed) == (usd(0), usd("0.01"))
    assert answer.lines[0].reason is Reason.NOT_AUTHORISED


def test_what_a_waiver_does_not_cover_is_not_paid_where_short_pay_is_forbidden():
    answer = judged((Kind.STORAGE, "500.00"), (Kind.STORAGE, "-10.00"), short_pay=False)

    assert (answer.payable, answer.disputed, answer.claimed) == (usd(0), usd("490.00"), usd(0))


def test_a_credit_memo_lowers_what_was_used_and_is_not_expected_again():
    answer = judged((Kind.LINEHAUL, "-50.00"), haul_used="1650.00")

    assert answer.payable == usd("-50.00")
    assert answer.lines[0].uses == {"linehaul": usd("-50.00")}
    assert answer.lines[0].text == "linehaul: -50.00 USD, a credit, taken as billed."
    assert answer.released == {"linehaul": usd("50.00")}


def test_a_credit_memo_on_an_overpaid_charge_opens_nothing():
    answer = judged((Kind.LINEHAUL, "-20.00"), haul_used="1670.00")

    assert used(answer) == Decimal("-20.00")
    assert answer.released == {}
    larger = judged((Kind.LINEHAUL, "-20.01"), haul_used="1670.00")
    assert larger.released == {"linehaul": usd("0.01")}


def test_a_discounted_first_part_leaves_the_rest_expected():
    answer = judged((Kind.LINEHAUL, "990.00"), (Kind.LINEHAUL, "-90.00"))

    assert answer.payable == usd("900.00")
    assert answer.released == {}


def test_a_credit_and_a_new_bill_pay_the_difference():
    answer = judged((Kind.LINEHAUL, "-1650.00"), (Kind.LINEHAUL, "1600.00"), haul_used="1650.00")

    assert answer.payable == usd("-50.00")
    assert used(answer) == Decimal("-50.00")
    assert answer.released == {"linehaul": usd("50.00")}


def test_a_credit_and_a_new_bill_keep_the_tolerance_of_the_charge():
    within = judged((Kind.LINEHAUL, "-1650.00"), (Kind.LINEHAUL, "1674.00"), haul_used="1650.00")
    beyond = judged((Kind.LINEHAUL, "-60.00"), (Kind.LINEHAUL, "36.00"), haul_used="1700.00")

    assert (within.payable, within.disputed) == (usd("24.00"), usd(0))
    assert (beyond.payable, beyond.disputed) == (usd("-50.00"), usd("26.00"))


def test_a_credit_and_a_higher_bill_pay_no_more_than_was_agreed():
    answer = judged((Kind.LINEHAUL, "-1650.00"), (Kind.LINEHAUL, "1800.00"), haul_used="1650.00")

    assert (answer.payable, answer.disputed) == (usd(0), usd("150.00"))


def test_a_credit_goes_back_to_the_charges_that_were_used():
    charges = (
        agreed(Kind.DETENTION, "75.00", used="75.00", stop=1),
        agreed(Kind.DETENTION, "168.75", used="168.75", stop=2),
        agreed(Kind.DETENTION, "300.00", stop=3),
    )
    answer = judged((Kind.DETENTION, "-200.00"), charges=charges)

    assert answer.lines[0].uses == {
        "detention:2": usd("-168.75"),
        "detention:1": usd("-31.25"),
    }


def test_a_credit_that_names_its_stop_goes_there():
    charges = (
        agreed(Kind.DETENTION, "300.00", used="300.00"),
        agreed(Kind.DETENTION, "75.00", used="75.00", stop=1),
    )
    bill = judged((Kind.DETENTION, "-10.00"), charges=charges, stop=1)

    assert bill.lines[0].uses == {"detention:1": usd("-10.00")}


def test_a_discount_on_what_was_not_billed_yet_goes_to_the_larger_charge():
    charges = (
        agreed(Kind.DETENTION, "75.00", stop=1),
        agreed(Kind.DETENTION, "168.75", stop=2),
    )
    answer = judged((Kind.DETENTION, "187.50"), (Kind.DETENTION, "-18.75"), charges=charges)

    assert (answer.payable, answer.disputed) == (usd("168.75"), usd(0))


def test_two_credits_do_not_give_back_one_use_twice():
    charges = (
        agreed(Kind.DETENTION, "75.00", used="75.00", stop=1),
        agreed(Kind.DETENTION, "168.75", used="168.75", stop=2),
    )
    answer = judged((Kind.DETENTION, "-168.75"), (Kind.DETENTION, "-75.00"), charges=charges)

    assert used(answer, "detention:1") == Decimal("-75.00")
    assert used(answer, "detention:2") == Decimal("-168.75")


def test_two_credits_without_a_charge_are_one_pot():
    answer = judged((Kind.STORAGE, "-50.00"), (Kind.STORAGE, "-50.00"), (Kind.STORAGE, "100.00"))

    assert (answer.payable, answer.disputed) == (usd(0), usd(0))
