"""What each line draws, whole, and how the pots stand after it. Lumper of 100.00 and 60.00 USD."""

from decimal import Decimal

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation
from drawbar.freight.freight_bill import BillLine, Sense
from drawbar.freight.money import Money
from drawbar.freight.verdict import OpenCharge
from drawbar.matching.draw import (
    Accepted,
    Drawing,
    Drawn,
    Foreign,
    Pending,
    Unagreed,
    Unread,
    UsedUp,
    draw,
)

LUMPER = ChargeKind.LUMPER
D = Decimal


def agreed(ref: str, amount: str, stop=0, used="0", **said) -> OpenCharge:
    currency, tolerated = said.pop("currency", "USD"), said.pop("tolerated", None)
    one = AgreedCharge(
        charge_ref=ref,
        charge=Charge(kind=LUMPER, money=Money(D(amount), currency), stop=stop),
        why=Explanation(rule="lumper"),
        **said,
    )
    return OpenCharge(
        agreed=one,
        used=Money(D(used), currency),
        tolerated=tolerated and Money(D(tolerated), currency),
    )


A, B = agreed("a", "100.00", 1), agreed("b", "60.00", 2)


def line(amount: str, stop=0, number=1, currency="USD", **said) -> BillLine:
    return BillLine(number=number, kind=LUMPER, money=Money(D(amount), currency), stop=stop, **said)


def drawing(*lines: BillLine, agreed=(A, B), counts_earlier=False) -> Drawing:
    return draw(lines, agreed=agreed, currency="USD", counts_earlier=counts_earlier)


def left(told: Drawing) -> list[tuple[str, D, D, bool]]:
    return [(one.charge_ref, one.left, one.taken, one.drawn) for one in told.pots]


def test_a_line_takes_what_it_bills_from_one_charge():
    billed = line("70.00", 1)

    told = drawing(billed)

    assert told.draws == (Drawn(billed, {"a": D("70.00")}, D("0.00"), D("100.00"), D(0)),)
    assert left(told) == [("a", D("30.00"), D("70.00"), True), ("b", D("60.00"), D(0), False)]


def test_one_line_for_two_charges_takes_both_in_the_order_of_their_names():
    billed = line("165.00")

    told = drawing(billed)

    uses = {"a": D("100.00"), "b": D("60.00")}
    assert told.draws == (Drawn(billed, uses, D("5.00"), D("160.00"), D(0)),)
    assert left(told) == [("a", D("0.00"), D("100.00"), True), ("b", D("0.00"), D("60.00"), True)]


def test_a_second_line_takes_what_the_first_one_left():
    first, second = line("40.00", 2, number=1), line("25.00", 2, number=2)

    told = drawing(first, second)

    assert told.draws == (
        Drawn(first, {"b": D("40.00")}, D("0.00"), D("60.00"), D(0)),
        Drawn(second, {"b": D("20.00")}, D("5.00"), D("60.00"), D(0)),
    )
    assert left(told)[1] == ("b", D("0.00"), D("60.00"), True)


def test_where_bills_count_together_the_base_is_the_agreed_and_what_passed_before_is_told():
    over = agreed("a", "100.00", 1, used="103.00", tolerated="3.00")
    half = agreed("b", "60.00", 2, used="30.00", tolerated=None)
    billed = line("31.00")

    told = drawing(billed, agreed=(over, half), counts_earlier=True)

    assert told.draws == (Drawn(billed, {"b": D("30.00")}, D("1.00"), D("60.00"), D(0)),)
    both = agreed("a", "100.00", 1, used="101.00", tolerated="1.00")
    credit, again = line("-51.00", 1, number=2), line("50.00", 1, number=1)
    told = drawing(again, credit, agreed=(both,), counts_earlier=True)
    assert told.draws == (
        Drawn(again, {"a": D("50.00")}, D("0.00"), D("100.00"), D("1.00")),
        Accepted(credit, {"a": D("-51.00")}),
    )


def test_a_line_on_two_charges_tells_what_passed_before_on_both():
    a = agreed("a", "100.00", 1, used="102.00", tolerated="2.00")
    b = agreed("b", "60.00", 2, used="61.00", tolerated="1.00")
    billed = line("20.50", 0, 3)

    told = drawing(
        billed, line("-12.00", 1, 1), line("-11.00", 2, 2), agreed=(a, b), counts_earlier=True
    )

    uses = {"a": D("10.00"), "b": D("10.00")}
    assert told.draws[0] == Drawn(billed, uses, D("0.50"), D("160.00"), D("3.00"))


def test_credits_come_before_what_is_billed_and_zero_asks_nothing():
    billed, credit, nothing = line("120.00", 1, 1), line("-20.00", 1, 2), line("0.00", 1, 3)

    told = drawing(billed, credit, nothing)

    assert told.draws == (
        Drawn(billed, {"a": D("120.00")}, D("0.00"), D("100.00"), D(0)),
        Accepted(credit, {"a": D("-20.00")}),
        Accepted(nothing, {}),
    )


def test_a_credit_that_nothing_explains_pays_for_lines_of_its_kind_on_no_charge():
    billed, credit = line("25.00", 3, 1), line("-20.00", 3, 2)

    told = drawing(billed, credit)

    assert told.draws == (Drawn(billed, {}, D("5.00"), D("0"), D(0)), Accepted(credit, {}))
    assert left(told)[2] == ("", D("0.00"), D("20.00"), True)


def test_a_cent_is_billed_like_any_amount():
    billed = line("0.01", 1)

    assert drawing(billed).draws == (Drawn(billed, {"a": D("0.01")}, D("0.00"), D("100.00"), D(0)),)


def test_a_cent_that_is_left_is_drawn_on_and_no_more():
    almost = agreed("a", "100.00", 1, used="99.99")
    billed = line("0.50", 1)

    assert drawing(billed, agreed=(almost,)).draws == (
        Drawn(billed, {"a": D("0.01")}, D("0.49"), D("0.01"), D(0)),
    )


def test_a_line_in_another_currency_than_its_bill_says_which_was_meant():
    billed = line("70.00", 1, currency="CAD")

    assert drawing(billed).draws == (Foreign(billed, ("USD",)),)


def test_a_line_that_is_agreed_in_other_currencies_names_them_sorted():
    charges = (agreed("a", "1.00", currency="MXN"), agreed("b", "1.00", currency="CAD"))
    billed = line("70.00")

    assert drawing(billed, agreed=charges).draws == (Foreign(billed, ("CAD", "MXN")),)


def test_a_line_on_what_is_used_up_names_the_charges_of_its_stop():
    gone = [agreed("a", "5.00", 1, used="5.00"), agreed("b", "5.00", 2, used="5.00")]
    one, any_stop = line("5.00", 2, 1), line("6.00", 0, 2)

    assert drawing(one, any_stop, agreed=gone).draws == (
        UsedUp(one, ("b",)),
        UsedUp(any_stop, ("a", "b")),
    )


def test_a_line_at_a_stop_without_a_charge_is_not_agreed():
    billed = line("5.00", 3)

    assert drawing(billed).draws == (Unagreed(billed),)


def test_a_line_on_a_provisional_charge_waits_and_leaves_it_untouched():
    waiting = agreed("a", "100.00", 1, provisional=True)
    billed = line("165.00")

    told = drawing(billed, agreed=(waiting, B))

    assert told.draws == (Pending(billed, ("a", "b")),)
    assert [(one.left, one.drawn) for one in told.pots] == [
        (D("100.00"), False),
        (D("60.00"), False),
    ]


def test_of_equal_lines_the_one_of_the_lower_stop_then_code_text_and_number_chooses_first():
    only = agreed("a", "10.00")
    cases = [
        (line("10.00", 1, number=2), line("10.00", 2, number=1)),
        (line("10.00", number=2, code="A"), line("10.00", number=1, code="B")),
        (line("10.00", number=2, text="A"), line("10.00", number=1, text="B")),
        (line("10.00", number=1), line("10.00", number=2)),
    ]

    for first, second in cases:
        later, earlier = drawing(second, first, agreed=(only,)).draws
        assert (earlier.line, later.line) == (first, second)
        assert isinstance(earlier, Drawn)
        assert isinstance(later, UsedUp)


def test_of_what_is_billed_the_larger_chooses_first():
    small, large = line("30.00", 1, 1), line("80.00", 1, 2)

    told = drawing(small, large)

    assert told.draws == (
        Drawn(small, {"a": D("20.00")}, D("10.00"), D("100.00"), D(0)),
        Drawn(large, {"a": D("80.00")}, D("0.00"), D("100.00"), D(0)),
    )


def test_one_charge_goes_before_both_where_they_come_equally_near():
    """80.00 lies 20.00 from a (100.00), 20.00 from b (60.00), 80.00 from both together."""
    told = drawing(line("80.00"))

    assert isinstance(told.draws[0], Drawn)
    assert told.draws[0].uses == {"a": D("80.00")}
    near_both = drawing(line("130.00"))
    assert isinstance(near_both.draws[0], Drawn)
    assert near_both.draws[0].uses == {"a": D("100.00")}


def test_a_line_that_nobody_understands_draws_on_nothing_and_gives_nothing_back():
    """The one of 25.00 stops; a credit and a line about nothing are taken as billed."""
    any_kind = agreed("a", "100.00", used="50.00")
    asked, back, nothing = (
        line(amount, number=number, sense=Sense.UNKNOWN, code="ZZZ")
        for number, amount in enumerate(("25.00", "-10.00", "0.00"), start=1)
    )

    told = drawing(asked, back, nothing, agreed=(any_kind,))

    assert told.draws == (Unread(asked), Accepted(back, {}), Accepted(nothing, {}))
    assert left(told) == [("a", D("50.00"), D(0), False)]
    cent = line("0.01", sense=Sense.NOT_AGREED)
    assert drawing(cent, agreed=(any_kind,)).draws == (Unread(cent),)


def test_a_line_about_nothing_agrees_to_nothing_for_the_next_one():
    nothing, billed = line("0.00", 3, 1), line("5.00", 3, 2)

    told = drawing(nothing, billed)

    assert told.draws == (Accepted(nothing, {}), Unagreed(billed))
    assert [one.charge_ref for one in told.pots] == ["a", "b"]
