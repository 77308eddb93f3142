"""A corrected bill. B-1, number 19267, was paid 1,650.00 linehaul; B-2 replaces it, unless said."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import BillLine, FreightBill
from drawbar.freight.money import Money, total
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.verdict import Judgement, LineVerdict
from drawbar.matching.correction import (
    Difference,
    difference,
    numbers_meant,
    replaced,
    restored,
    says_so,
)
from drawbar.matching.duplicate import EarlierBill

HAUL, FUEL, DETENTION = ChargeKind.LINEHAUL, ChargeKind.FUEL_SURCHARGE, ChargeKind.DETENTION


def usd(amount: str | Decimal) -> Money:
    return Money(Decimal(amount), "USD")


def billed(*lines: tuple) -> tuple[BillLine, ...]:
    """Return lines of (kind, amount[, stop]), numbered from 1."""
    return tuple(
        BillLine(number=number, kind=kind, money=usd(amount), stop=(*stop, 0)[0])
        for number, (kind, amount, *stop) in enumerate(lines, start=1)
    )


def bill(number: str = "19267", *lines: tuple, corrects: str = "", ref: str = "B-2"):
    said = billed(*(lines or ((HAUL, "1700.00"),)))
    return FreightBill(
        bill_ref=ref,
        carrier_ref="ABCD",
        invoice_number=number,
        billed_on=date(2026, 4, 10),
        currency="USD",
        references=(),
        lines=said,
        total=total((line.money for line in said), currency="USD"),
        corrects=corrects,
    )


def earlier(ref: str = "B-1", number: str = "19267", **other: str) -> EarlierBill:
    kinds = other.pop("kinds", (HAUL,))
    facts = {"carrier_ref": "ABCD", "shipment_ref": "S-1001"} | other
    lines = billed(*((kind, "1650.00") for kind in kinds))
    return EarlierBill(
        bill_ref=ref, invoice_number=number, lines=lines, total=usd("1650.00"), **facts
    )


@pytest.mark.parametrize(
    ("number", "corrects", "meant"),
    [
        ("19-267", "", ["19267"]),
        ("19267-REV", "", ["19267REV", "19267"]),
        ("19267A", "", ["19267A", "19267"]),
        ("19267 c", "", ["19267C", "19267"]),
        ("19267-COR", "", ["19267COR", "19267", "19267CO"]),
        ("19267-CORR", "", ["19267CORR", "19267", "19267COR"]),
        ("C", "", ["C"]),
        ("20001", "19-267", ["19-267", "20001"]),
        ("20001", "20001", ["20001"]),
        ("", "19267", ["19267"]),
        ("", "", []),
    ],
    ids=[
        "plain", "revised", "part a", "corrected", "cor", "every mark it may end in",
        "a mark alone is a number", "the one it names first", "its own named", "no own", "none",
    ],
)  # fmt: skip
def test_the_earlier_bill_may_stand_under_its_number_or_it_without_a_mark(number, corrects, meant):
    names = [Reference(ReferenceKind.CARRIER_INVOICE, one, "ABCD") for one in meant]

    assert numbers_meant(bill(number, corrects=corrects)) == tuple(names)


@pytest.mark.parametrize(
    ("new", "before", "found"),
    [
        (bill("20001", corrects="19-267"), [earlier()], "B-1"),
        (bill("19267", corrects="20000"), [earlier()], None),
        (bill("19-267"), [earlier()], "B-1"),
        (bill("19267-C"), [earlier()], "B-1"),
        (bill("19268"), [earlier()], None),
        (bill("19267"), [earlier("B-1"), earlier("B-0")], "B-0"),
        (bill("19267"), [earlier("B-1"), earlier("B-2")], "B-1"),
        (bill("19267"), [earlier(), earlier("B-0", carrier_ref="WEST")], "B-1"),
        (bill("19267"), [earlier(), earlier("B-0", shipment_ref="S-2")], "B-1"),
        (bill("19267"), [earlier(), earlier("B-0", "19268")], "B-1"),
        (bill("20001", corrects="19267"), [earlier(), earlier("B-0", "19268")], "B-1"),
        (bill("19267", (FUEL, "400.00")), [earlier(kinds=(HAUL, FUEL))], None),
        (bill("19267", (HAUL, "9.00"), (FUEL, "4.00")), [earlier()], "B-1"),
        (bill("20001", (FUEL, "400.00"), corrects="19267"), [earlier()], "B-1"),
        (bill("19267"), [], None),
    ],
    ids=[
        "it says so", "it says another", "its number again", "its number with a mark",
        "another number", "the newest of two", "never itself", "not another carrier's",
        "not another load's", "not the number beside it", "not what it does not name",
        "a supplement lacks a kind", "a kind more", "it says so of another kind", "the first bill",
    ],
)  # fmt: skip
def test_a_bill_replaces_the_newest_one_that_it_names_or_asks_for_again(new, before, found):
    answer = replaced(new, shipment_ref="S-1001", earlier=tuple(before))

    assert (answer and answer.bill_ref) == found


@pytest.mark.parametrize(
    ("new", "says"),
    [
        (bill("19-267"), False),
        (bill("19267-C"), True),
        (bill("19267", corrects="19267"), True),
    ],
    ids=["the same number", "a marked number", "a word"],
)
def test_a_bill_says_that_it_corrects_by_word_or_by_its_number(new, says):
    assert says_so(new, earlier()) is says


@pytest.mark.parametrize(
    ("lines", "answered", "left", "covered"),
    [
        ([(HAUL, "1700.00")], {(HAUL, 0): "1650.00"}, ["50.00"], {1: "1650.00"}),
        ([(HAUL, "1600.00")], {(HAUL, 0): "1650.00"}, ["-50.00"], {1: "1650.00"}),
        ([(HAUL, "1650.00")], {(HAUL, 0): "1650.00"}, ["0.00"], {1: "1650.00"}),
        (
            [(HAUL, "1700.00"), (FUEL, "400.00")],
            {(HAUL, 0): "1650.00", (FUEL, 0): "412.50"},
            ["50.00", "-12.50"],
            {1: "1650.00", 2: "412.50"},
        ),
        (
            [(HAUL, "1000.00"), (HAUL, "700.00")],
            {(HAUL, 0): "1650.00"},
            ["0.00", "50.00"],
            {1: "1000.00", 2: "650.00"},
        ),
        (
            [(HAUL, "1000.00"), (HAUL, "600.00")],
            {(HAUL, 0): "1650.00"},
            ["0.00", "-50.00"],
            {1: "1000.00", 2: "650.00"},
        ),
        (
            [(DETENTION, "75.00", 2), (DETENTION, "60.00", 1)],
            {(DETENTION, 1): "50.00", (DETENTION, 2): "75.00"},
            ["0.00", "10.00"],
            {1: "75.00", 2: "50.00"},
        ),
        (
            [(DETENTION, "75.00", 2), (DETENTION, "50.00", 1)],
            {(DETENTION, 0): "50.00", (DETENTION, 2): "75.00"},
            ["0.00", "0.00"],
            {1: "75.00", 2: "50.00"},
        ),
        (
            [(DETENTION, "60.00"), (DETENTION, "75.00", 2)],
            {(DETENTION, 2): "75.00", (DETENTION, 1): "60.00"},
            ["0.00", "0.00"],
            {1: "60.00", 2: "75.00"},
        ),
        (
            [(DETENTION, "130.00")],
            {(DETENTION, 1): "50.00", (DETENTION, 2): "75.00"},
            ["5.00"],
            {1: "125.00"},
        ),
        (
            [(DETENTION, "75.00", 3), (DETENTION, "0.50", 1)],
            {(DETENTION, 1): "1.00"},
            ["75.00", "-0.50"],
            {2: "1.00"},
        ),
        ([(HAUL, "1650.00"), (HAUL, "-20.00")], {}, ["1650.00", "-20.00"], {}),
        (
            [(HAUL, "1650.00"), (HAUL, "-20.00")],
            {(HAUL, 0): "1650.00"},
            ["0.00", "-20.00"],
            {1: "1650.00"},
        ),
        ([(FUEL, "5.00"), (HAUL, "1.00")], {(HAUL, 0): "1.00"}, ["5.00", "0.00"], {2: "1.00"}),
    ],
    ids=[
        "more", "less", "the same", "each kind for itself", "one charge in two lines",
        "less in two lines", "each stop for itself", "its own stop before any",
        "a line of no stop takes the first stop", "a line of no stop is for all",
        "not another stop's", "nothing was paid", "a credit line is not paid before",
        "not another kind's",
    ],
)  # fmt: skip
def test_only_the_difference_is_asked(lines, answered, left, covered):
    new = bill("19267-C", *lines)

    told = difference(new, {key: Decimal(amount) for key, amount in answered.items()})

    assert [str(line.money.amount) for line in told.bill.lines] == left
    assert told.bill.total == usd(sum(map(Decimal, left)))
    assert told.covered == {number: usd(amount) for number, amount in covered.items()}
    assert told.whole == new.lines


def test_what_is_asked_no_more_is_taken_back_on_a_line_of_its_own():
    new = bill("19267-C", (HAUL, "1650.00"), (DETENTION, "75.00", 1))
    paid = {(HAUL, 0): Decimal("1650.00"), (DETENTION, 2): Decimal("168.75")}

    told = difference(new, paid)

    gone = BillLine(
        number=3,
        kind=DETENTION,
        money=usd("0.00"),
        stop=2,
        text="asked no more by the corrected bill",
    )
    assert told.whole == (*new.lines, gone)
    assert [str(line.money.amount) for line in told.bill.lines] == ["0.00", "75.00", "-168.75"]
    assert told.bill.lines[2].stop == 2
    assert told.bill.total == usd("-93.75")
    assert told.covered == {1: usd("1650.00"), 3: usd("168.75")}


def test_a_bill_of_no_line_takes_everything_back_on_line_one():
    nothing = FreightBill(
        bill_ref="B-2",
        carrier_ref="ABCD",
        invoice_number="19267-C",
        billed_on=date(2026, 4, 10),
        currency="USD",
        references=(),
        lines=(),
        total=usd("0.00"),
    )

    told = difference(nothing, {(HAUL, 0): Decimal("1650.00")})

    assert [(one.number, str(one.money.amount)) for one in told.bill.lines] == [(1, "-1650.00")]


def test_a_charge_withdrawn_at_no_stop_is_told_on_the_last_line_of_its_kind():
    new = bill("19267-C", (DETENTION, "10.00", 1), (DETENTION, "20.00", 2), (HAUL, "5.00"))

    told = difference(new, {(DETENTION, 0): Decimal("100.00")})

    assert told.covered == {1: usd("10.00"), 2: usd("90.00")}


def verdict(line: BillLine, text: str) -> LineVerdict:
    return LineVerdict(
        line=line,
        judgement=Judgement.PAYABLE,
        payable=line.money,
        disputed=usd("0.00"),
        uses={"linehaul": line.money},
        text=text,
    )


def test_the_verdicts_are_told_on_the_lines_as_billed_with_what_covers_them():
    new = bill("19267-C", (HAUL, "1700.00"), (FUEL, "400.00"))
    told = difference(new, {(HAUL, 0): Decimal("1650.00")})
    haul, fuel = told.bill.lines

    answer = restored((verdict(haul, "linehaul: 50.00 USD."), verdict(fuel, "fuel.")), told)

    assert answer == (
        LineVerdict(
            line=new.lines[0],
            judgement=Judgement.PAYABLE,
            payable=usd("50.00"),
            disputed=usd("0.00"),
            covered=usd("1650.00"),
            uses={"linehaul": usd("50.00")},
            text="linehaul: 50.00 USD."
            " 1,650.00 USD of it was paid on the bill that this one replaces.",
        ),
        LineVerdict(
            line=new.lines[1],
            judgement=Judgement.PAYABLE,
            payable=usd("400.00"),
            disputed=usd("0.00"),
            uses={"linehaul": usd("400.00")},
            text="fuel.",
        ),
    )


amounts = st.decimals(0, 3000, places=2)
charges = st.tuples(st.sampled_from([HAUL, FUEL, DETENTION]), amounts, st.integers(0, 2))


@given(
    st.lists(charges, max_size=5),
    st.dictionaries(
        st.tuples(st.sampled_from([HAUL, FUEL, DETENTION]), st.integers(0, 2)), amounts, max_size=5
    ),
)
def test_both_bills_together_never_come_to_more_than_the_corrected_one(lines, paid):
    new = bill("19267-C", *(lines or [(HAUL, "1.00")]))

    told: Difference = difference(new, paid)

    assert told.bill.total.amount + sum(paid.values()) == new.total.amount
    assert sum((one.amount for one in told.covered.values()), Decimal(0)) == sum(paid.values())
