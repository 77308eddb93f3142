"""The parts of a dispute after each round, whole. Bill B-1, line 1, 125.00 USD, unless said."""

from decimal import Decimal

import pytest

from drawbar.freight.dispute import Ending, PartAmount, Voice
from drawbar.freight.money import Money
from drawbar.settlement.dispute_round import (
    Answered,
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
PAID, CREDITED, GRANTED = Ending.PAID, Ending.CREDITED, Ending.GRANTED
WRITTEN_OFF = Ending.WRITTEN_OFF


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def part(amount: str = "125.00", *, line: int = 1, bill: str = "B-1", **said) -> Part:
    """Return a part: all of it asked and open, nothing offered, unless said."""
    facts = {"contested": amount, "open": amount, "asked": amount, "offered": "0.00"}
    moneys = {name: usd(said.pop(name, one)) for name, one in facts.items()}
    ways = {way: usd(one) for way, one in said.pop("ended", {}).items()}
    agreed = said.pop("agreed", None)
    told = {"invoice_number": "19267", "reason": "RATE", "text": "25.00 USD too much"}
    return Part(
        bill_ref=bill,
        line=line,
        ended=ways,
        agreed=agreed and usd(agreed),
        **moneys,
        **told | said,
    )


def figure(amount: str, *, line: int = 1, bill: str = "B-1") -> PartAmount:
    return PartAmount(bill_ref=bill, line=line, money=usd(amount))


def said(parts: tuple[Part, ...], voice: Voice, *amounts: PartAmount) -> Answered:
    return answered(parts, voice, amounts, said_by="ann")


def test_a_part_is_open_while_there_is_money_and_no_agreement():
    assert part("0.01").is_open is True
    assert part("0.00").is_open is False
    assert part(agreed="0.00").is_open is False
    assert part(line=3).key == "B-1:3"


def test_m25_more_on_the_same_line_is_told_anew_and_keeps_what_was_said():
    known = part(
        open="100.00", asked="90.00", offered="40.00", offered_by="ann",
        ended={CREDITED: "25.00"}, rules=("contract 1", "tolerance 2"),
    )  # fmt: skip
    beside = part("7.00", line=2)
    new = part(
        "5.00", asked="4.00", reason="MILES", text="5 miles too many", invoice_number="19267-C",
        rules=("tolerance 2", "contract 2"), offered="1.00", offered_by="eve",
    )  # fmt: skip

    assert contested((known, beside), new) == (
        part(
            contested="130.00", open="105.00", asked="94.00", offered="40.00", offered_by="ann",
            ended={CREDITED: "25.00"}, reason="MILES", text="5 miles too many",
            invoice_number="19267-C", rules=("contract 1", "tolerance 2", "contract 2"),
        ),
        beside,
    )  # fmt: skip
    assert contested((known,), beside) == (known, beside)


def test_our_figure_is_told_with_who_named_it_and_the_carriers_without():
    parts = (part(), part("50.00", line=2))

    assert said(parts, OURS, figure("40.00")) == Answered(
        parts=(part(offered="40.00", offered_by="ann"), part("50.00", line=2)), agreed=()
    )
    assert said(parts, CARRIER, figure("90.00")) == Answered(
        parts=(part(asked="90.00"), part("50.00", line=2)), agreed=()
    )


def test_where_both_meet_a_line_is_agreed_at_what_is_asked_and_told_once():
    parts = (part(offered="60.00", offered_by="bob"), part("50.00", line=2))

    first = said(parts, CARRIER, figure("59.99"))

    agreed = part(offered="60.00", offered_by="bob", asked="59.99", agreed="59.99")
    assert first == Answered(parts=(agreed, part("50.00", line=2)), agreed=(figure("59.99"),))
    assert said(first.parts, OURS, figure("50.00", line=2)) == Answered(
        parts=(agreed, part("50.00", line=2, offered="50.00", offered_by="ann", agreed="50.00")),
        agreed=(figure("50.00", line=2),),
    )


def test_m25_a_line_that_ended_is_agreed_by_nobody_in_a_later_round():
    parts = (part(), part("0.00", line=2))

    assert said(parts, OURS, figure("40.00")) == Answered(
        parts=(part(offered="40.00", offered_by="ann"), part("0.00", line=2)), agreed=()
    )


@pytest.mark.parametrize(
    ("figure_", "error", "text"),
    [
        (figure("1.00", line=9), NotInThisDispute, "line 9 of B-1 is not in this dispute"),
        (figure("1.00", line=2), NotInThisDispute, "line 2 of B-1 is settled; that stands"),
        (figure("1.00", line=3), NotInThisDispute, "line 3 of B-1 is settled; that stands"),
        (figure("125.01"), BeyondPart, "125.01 USD is not a part of the 125.00 USD in dispute"),
        (figure("-0.01"), BeyondPart, "-0.01 USD is not a part of the 125.00 USD in dispute"),
        (
            PartAmount(bill_ref="B-1", line=1, money=Money(Decimal("1.00"), "CAD")), BeyondPart,
            "1.00 CAD is not a part of the 125.00 USD in dispute",
        ),
    ],
    ids=["no such line", "an agreed line", "an ended line", "a cent too much", "below zero",
         "another currency"],
)  # fmt: skip
def test_a_figure_that_cannot_be_meant_is_named(figure_, error, text):
    parts = (part(), part("5.00", line=2, agreed="5.00"), part("0.00", line=3))

    with pytest.raises(error) as refused:
        said(parts, CARRIER, figure_)

    assert str(refused.value) == text


@pytest.mark.parametrize(
    ("so", "after"),
    [
        ({PAID: "60.00"}, part(open="65.00", asked="65.00", ended={PAID: "60.00"})),
        (
            {PAID: "60.00", CREDITED: "65.00"},
            part(open="0.00", asked="0.00", ended={PAID: "60.00", CREDITED: "65.00"}),
        ),
        (
            {CREDITED: "125.01"},
            part(contested="125.01", open="0.00", asked="0.00", ended={CREDITED: "125.01"}),
        ),
    ],
    ids=["a part", "two ways", "a cent more than was contested"],
)
def test_what_ended_is_not_open_asked_or_offered_any_more(so, after):
    ways = {way: usd(amount) for way, amount in so.items()}

    assert ended((part(), part(line=2)), "B-1:1", ways) == (after, part(line=2))


def test_what_ended_adds_up_with_what_ended_before_and_frees_the_line():
    known = part(
        open="100.00", asked="90.00", offered="90.00", agreed="90.00", ended={CREDITED: "25.00"}
    )

    assert ended((known,), "B-1:1", {PAID: usd("30.00"), CREDITED: usd("5.00")}) == (
        part(
            open="65.00", asked="65.00", offered="65.00",
            ended={CREDITED: "30.00", PAID: "30.00"},
        ),
    )  # fmt: skip
    assert ended((known,), "B-1:1", {GRANTED: usd("5.00")}) == (
        part(
            open="95.00", asked="90.00", offered="90.00",
            ended={CREDITED: "25.00", GRANTED: "5.00"},
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "so", "ways"),
    [
        ("125.00", {WRITTEN_OFF: "125.00"}, {WRITTEN_OFF: "125.00", CREDITED: "0.00"}),
        ("85.00", {WRITTEN_OFF: "125.00"}, {WRITTEN_OFF: "85.00", CREDITED: "40.00"}),
        ("85.00", {WRITTEN_OFF: "30.00"}, {WRITTEN_OFF: "0.00", CREDITED: "30.00"}),
        (
            "85.00",
            {WRITTEN_OFF: "100.00", CREDITED: "25.00"},
            {WRITTEN_OFF: "60.00", CREDITED: "65.00"},
        ),
    ],
    ids=["all is asked", "40.00 are not asked any more", "less than is not asked",
         "with a credit beside it"],
)  # fmt: skip
def test_what_the_carrier_asks_no_more_is_its_credit_and_not_written_off_by_us(asked, so, ways):
    given = {way: usd(amount) for way, amount in so.items()}

    (after,) = ended((part(asked=asked),), "B-1:1", given)

    assert after.ended == {way: usd(amount) for way, amount in ways.items()}


def test_meeting_names_the_other_sides_figure_on_each_open_line():
    parts = (
        part(asked="90.00", offered="40.00"),
        part("50.00", line=2, agreed="50.00"),
        part("0.00", line=3),
        part("5.00", line=4, bill="B-2", offered="1.00"),
    )

    assert meeting(parts, OURS) == (figure("90.00"), figure("5.00", line=4, bill="B-2"))
    assert meeting(parts, CARRIER) == (figure("40.00"), figure("1.00", line=4, bill="B-2"))


@pytest.mark.parametrize(
    ("money", "figures"),
    [
        ("0.50", [figure("24.50", line=2)]),
        ("25.00", [figure("0.00", line=2)]),
        ("25.50", [figure("0.00", line=2), figure("99.50", line=4)]),
        ("125.00", [figure("0.00", line=2), figure("0.00", line=4)]),
        ("0.00", []),
    ],
    ids=["half a dollar", "one line", "half a dollar of the next", "all", "nothing"],
)
def test_a_credit_memo_goes_off_open_lines_in_their_order(money, figures):
    parts = (
        part("10.00", agreed="10.00"),
        part("25.00", line=2),
        part("0.00", line=3),
        part("100.00", line=4),
    )

    assert credited(parts, usd(money)) == tuple(figures)


@pytest.mark.parametrize("more", ["0.01", "5.00"], ids=["a cent", "five dollars"])
def test_a_credit_memo_beyond_what_is_asked_says_by_how_much(more):
    money = usd("90.00") + usd(more)

    with pytest.raises(BeyondPart) as refused:
        credited((part(asked="90.00"),), money)

    assert str(refused.value) == f"the credit of {money} is {more} USD more than what is asked"


def test_sums_are_of_what_is_open_and_of_what_ended_in_one_way():
    parts = (
        part(open="100.00", ended={CREDITED: "25.00"}),
        part("50.00", line=2, open="20.00", ended={CREDITED: "10.00", PAID: "20.00"}),
    )

    assert in_dispute(parts, currency="USD") == usd("120.00")
    assert ended_as(parts, CREDITED, currency="USD") == usd("35.00")
    assert ended_as(parts, PAID, currency="USD") == usd("20.00")
    assert ended_as(parts, GRANTED, currency="USD") == usd("0.00")
    assert in_dispute((), currency="USD") == usd("0.00")


@pytest.mark.parametrize(
    ("money", "covers"),
    [
        ("0.50", [figure("0.50", line=2)]),
        ("25.00", [figure("25.00", line=2)]),
        ("25.50", [figure("25.00", line=2), figure("0.50", line=4)]),
        ("125.01", [figure("25.00", line=2), figure("100.00", line=4)]),
        ("0.00", []),
    ],
    ids=["half a dollar", "one line", "half a dollar of the next", "more than is open", "nothing"],
)
def test_a_credit_covers_open_lines_in_their_order_as_far_as_it_goes(money, covers):
    parts = (
        part("10.00", agreed="10.00"),
        part("25.00", line=2, asked="5.00"),
        part("0.00", line=3),
        part("100.00", line=4),
    )

    assert covered(parts, usd(money)) == tuple(covers)
