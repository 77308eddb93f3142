"""The rounds of a dispute. One line of bill B-1, 125.00 USD contested, unless said."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.dispute import Ending, PartAmount, Voice
from drawbar.freight.money import Money, total, zero
from drawbar.settlement.dispute_round import (
    BeyondPart,
    NotInThisDispute,
    Part,
    answered,
    contested,
    covered,
    credited,
    ended,
    ended_as,
    in_dispute,
    meeting,
)

OURS, CARRIER = Voice.OURS, Voice.CARRIER


def usd(amount: str | Decimal) -> Money:
    return Money(Decimal(amount), "USD")


def part(amount: str | Decimal = "125.00", *, line: int = 1, bill: str = "B-1") -> Part:
    money = usd(amount)
    return Part(
        bill_ref=bill,
        invoice_number="19267",
        line=line,
        contested=money,
        open=money,
        asked=money,
        offered=usd("0.00"),
        rules=("tolerance version 1",),
    )


def figure(amount: str | Decimal, *, line: int = 1, bill: str = "B-1") -> PartAmount:
    return PartAmount(bill_ref=bill, line=line, money=usd(amount))


def said(parts: tuple[Part, ...], voice: Voice, *amounts: PartAmount):
    return answered(parts, voice, amounts, said_by="somebody")


def test_two_figures_that_do_not_meet_end_nothing():
    first = said((part(),), OURS, figure("40.00"))
    second = said(first.parts, CARRIER, figure("90.00"))

    assert (first.agreed, second.agreed) == ((), ())
    assert (second.parts[0].offered, second.parts[0].asked) == (usd("40.00"), usd("90.00"))


@pytest.mark.parametrize(
    ("offer", "ask"),
    [("60.00", "60.00"), ("61.00", "60.00")],
    ids=["both name the same", "we would have paid more than is asked"],
)
def test_a_line_ends_at_what_is_asked_where_the_offer_reaches_it(offer: str, ask: str):
    offered = said((part(),), OURS, figure(offer))

    assert said(offered.parts, CARRIER, figure(ask)).agreed == (figure("60.00"),)


def test_the_first_cent_below_what_is_asked_ends_nothing():
    offered = said((part(),), OURS, figure("59.99"))

    assert said(offered.parts, CARRIER, figure("60.00")).agreed == ()


def test_m25_a_line_that_is_agreed_is_not_opened_by_the_next_round():
    both = (part(), part(line=2))
    agreed = said(both, OURS, figure("125.00"))

    assert agreed.agreed == (figure("125.00"),)
    with pytest.raises(NotInThisDispute, match="settled"):
        said(agreed.parts, CARRIER, figure("10.00"))
    later = said(agreed.parts, CARRIER, figure("100.00", line=2))
    assert later.agreed == ()
    assert later.parts[0].agreed == usd("125.00")


def test_m25_a_second_line_on_the_item_joins_and_the_same_line_grows():
    parts = contested(contested((part(),), part(line=1, bill="B-2")), part("5.00"))

    assert [one.key for one in parts] == ["B-1:1", "B-2:1"]
    assert parts[0].open == usd("130.00")
    assert in_dispute(parts, currency="USD") == usd("255.00")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (figure("125.01"), BeyondPart),
        (figure("-0.01"), BeyondPart),
        (PartAmount(bill_ref="B-1", line=1, money=Money(Decimal(5), "CAD")), BeyondPart),
        (figure("1.00", line=9), NotInThisDispute),
        (figure("1.00", bill="B-9"), NotInThisDispute),
    ],
    ids=["a cent too much", "below zero", "other currency", "other line", "other bill"],
)
def test_a_figure_that_cannot_be_meant_is_refused(wrong: PartAmount, error: type[Exception]):
    with pytest.raises(error):
        said((part(),), CARRIER, wrong)


def test_meeting_takes_what_the_other_side_said_last():
    offered = said((part(), part(line=2)), OURS, figure("30.00")).parts

    assert said(offered, CARRIER, *meeting(offered, CARRIER)).agreed == (
        figure("30.00"),
        figure("0.00", line=2),
    )
    assert said(offered, OURS, *meeting(offered, OURS)).agreed == (
        figure("125.00"),
        figure("125.00", line=2),
    )


def test_a_credit_memo_goes_off_what_is_asked_line_by_line():
    parts = (part("25.00"), part("100.00", line=2))

    assert credited(parts, usd("40.00")) == (figure("0.00"), figure("85.00", line=2))
    with pytest.raises(BeyondPart):
        credited(parts, usd("125.01"))


def test_what_ended_by_another_way_lowers_what_is_asked():
    (left,) = ended((part(),), "B-1:1", {Ending.GRANTED: usd("100.00")})

    assert (left.open, left.asked) == (usd("25.00"), usd("25.00"))


CENTS = st.integers(0, 20_000).map(lambda cents: Decimal(cents).scaleb(-2))
MOVES = st.lists(
    st.tuples(st.sampled_from(["ours", "carrier", "end", "contest"]), st.integers(1, 2), CENTS),
    max_size=14,
)


@given(moves=MOVES, ways=st.lists(st.sampled_from(Ending), min_size=14, max_size=14))
def test_whatever_is_said_open_and_ended_make_up_what_was_contested(moves, ways):
    parts = (part("120.00"), part("80.00", line=2))
    for (move, line, amount), way in zip(moves, ways, strict=False):
        parts = _moved(parts, move, line, amount, way)

        for one in parts:
            gone = total(one.ended.values(), currency="USD")
            assert one.open >= zero("USD")
            assert one.open + gone == one.contested
            assert zero("USD") <= one.offered
            assert max(one.asked, one.offered) <= one.open
    everything = [ended_as(parts, way, currency="USD") for way in Ending]
    whole = total((one.contested for one in parts), currency="USD")
    assert total(everything, currency="USD") + in_dispute(parts, currency="USD") == whole


def _moved(parts: tuple[Part, ...], move: str, line: int, amount: Decimal, way: Ending):
    match move:
        case "contest":
            return contested(parts, part(amount, line=line)) if amount else parts
        case "end":
            return ended(parts, f"B-1:{line}", {way: usd(amount)})
        case _:
            try:
                return said(parts, Voice(move), figure(amount, line=line)).parts
            except (BeyondPart, NotInThisDispute):
                return parts


@given(offer=CENTS, ask=CENTS)
def test_nothing_is_agreed_above_what_is_offered_or_what_is_asked(offer: Decimal, ask: Decimal):
    start = (part("200.00"),)
    first = said(start, OURS, figure(offer))
    agreed = first.agreed or said(first.parts, CARRIER, figure(ask)).agreed

    assert all(one.money <= usd(offer) for one in agreed)
    assert bool(agreed) == (offer >= 200 or offer >= ask)


def test_a_credit_covers_open_lines_in_order_and_a_part_of_the_last():
    parts = (part("30.00"), part("40.00", bill="B-2"))

    covers = covered(parts, usd("50.00"))

    assert [(one.bill_ref, one.money) for one in covers] == [
        ("B-1", usd("30.00")),
        ("B-2", usd("20.00")),
    ]


@given(opens=st.lists(st.integers(0, 10_000), max_size=5), credit=st.integers(1, 60_000))
def test_a_credit_never_covers_more_than_it_is_nor_than_is_open(opens, credit):
    amounts = [f"{Decimal(cents).scaleb(-2):.2f}" for cents in opens]
    parts = tuple(part(amount, bill=f"B-{place}") for place, amount in enumerate(amounts))

    covers = covered(parts, usd(f"{Decimal(credit).scaleb(-2):.2f}"))

    said = {one.bill_ref: one.money for one in covers}
    assert sum(one.amount for one in said.values()) == Decimal(min(sum(opens), credit)).scaleb(-2)
    assert all(
        0 < said[one.bill_ref].amount <= one.open.amount for one in parts if one.bill_ref in said
    )
