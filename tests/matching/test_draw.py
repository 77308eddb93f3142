"""Which charge a line draws on. Agreed: detention of 75.00 at stop 1 and of 168.75 at stop 2."""

from decimal import Decimal
from itertools import permutations

import pytest

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation
from drawbar.freight.freight_bill import BillLine
from drawbar.freight.money import Money
from drawbar.freight.verdict import OpenCharge
from drawbar.matching.draw import Drawn, Pending, Unagreed, UsedUp, draw


def agreed(amount: str, stop: int, used="0", provisional=False, ref="") -> OpenCharge:
    charge = Charge(kind=ChargeKind.DETENTION, money=usd(amount), stop=stop)
    one = AgreedCharge(
        charge_ref=ref or f"detention:{stop}",
        charge=charge,
        why=Explanation(rule="detention"),
        provisional=provisional,
    )
    return OpenCharge(agreed=one, used=usd(used))


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def line(amount: str, stop=0, number=1) -> BillLine:
    return BillLine(number=number, kind=ChargeKind.DETENTION, money=usd(amount), stop=stop)


STOPS = (agreed("75.00", 1), agreed("168.75", 2))


def drawn(*lines: BillLine, agreed=STOPS):
    return draw(lines, agreed=agreed, currency="USD").draws


def uses(*lines: BillLine, agreed=STOPS) -> list[dict[str, str]]:
    return [
        {ref: str(part) for ref, part in one.uses.items()} if isinstance(one, Drawn) else {}
        for one in drawn(*lines, agreed=agreed)
    ]


@pytest.mark.parametrize(
    ("amount", "stop", "used"),
    [
        ("75.00", 0, {"detention:1": "75.00"}),
        ("160.00", 0, {"detention:2": "160.00"}),
        ("121.87", 0, {"detention:1": "75.00"}),
        ("121.88", 0, {"detention:2": "121.88"}),
        ("75.00", 2, {"detention:2": "75.00"}),
        ("168.75", 1, {"detention:1": "75.00"}),
        ("243.75", 0, {"detention:1": "75.00", "detention:2": "168.75"}),
        ("230.00", 0, {"detention:1": "75.00", "detention:2": "155.00"}),
        ("200.00", 0, {"detention:2": "168.75"}),
        ("243.75", 2, {"detention:2": "168.75"}),
    ],
    ids=[
        "exact",
        "nearest",
        "nearer the small one",
        "nearer the large one",
        "the stop it names",
        "the stop it names, not the amount",
        "both stops in one line",
        "about both stops",
        "nearer one than both",
        "both amounts at one stop",
    ],
)
def test_a_line_draws_on_the_charge_that_it_means(amount, stop, used):
    assert uses(line(amount, stop)) == [used]


def test_a_line_that_names_its_stop_chooses_first():
    assert uses(line("75.00"), line("80.00", 1)) == [
        {"detention:2": "75.00"},
        {"detention:1": "75.00"},
    ]


def test_an_exact_amount_goes_before_a_larger_one():
    (only,) = (agreed("100.00", 1),)

    assert uses(line("120.00"), line("100.00"), agreed=(only,)) == [{}, {"detention:1": "100.00"}]


def test_an_exact_amount_of_another_stop_leaves_a_charge_to_split():
    charges = (agreed("100.00", 1), agreed("60.00", 2))
    answer = uses(line("60.00", number=1), line("40.00"), line("60.00", number=2), agreed=charges)

    assert answer == [{"detention:2": "60.00"}, {"detention:1": "40.00"}, {"detention:1": "60.00"}]


def test_a_charge_without_a_stop_pays_at_any_stop():
    assert uses(line("50.00", 3), agreed=(agreed("50.00", 0),)) == [{"detention:0": "50.00"}]


def test_of_two_equal_charges_the_one_of_the_stop_is_used():
    charges = (agreed("50.00", 0, ref="a"), agreed("50.00", 3, ref="b"))

    assert uses(line("50.00", 3), agreed=charges) == [{"b": "50.00"}]


def test_nothing_at_that_stop_is_nothing_agreed():
    assert drawn(line("75.00", 3)) == (Unagreed(line("75.00", 3)),)


def test_a_used_charge_is_told_from_one_never_agreed():
    gone = (agreed("75.00", 1, used="75.00"),)

    assert drawn(line("75.00"), agreed=gone) == (UsedUp(line("75.00"), ("detention:1",)),)


def test_a_charge_paid_above_what_was_agreed_is_used_up():
    gone = (agreed("75.00", 1, used="77.00"),)

    assert isinstance(drawn(line("1.00"), agreed=gone)[0], UsedUp)


def test_a_charge_agreed_at_nothing_is_not_agreed():
    assert isinstance(drawn(line("1.00"), agreed=(agreed("0.00", 1),))[0], Unagreed)


def test_a_provisional_charge_is_not_drawn_on():
    charges = (agreed("75.00", 1, provisional=True), STOPS[1])

    assert drawn(line("75.00"), agreed=charges) == (Pending(line("75.00"), ("detention:1",)),)
    assert isinstance(drawn(line("243.75"), agreed=charges)[0], Pending)


def test_only_a_line_above_everything_left_has_an_excess():
    one, two = drawn(line("60.00", 1), line("20.00", 1))

    assert isinstance(one, Drawn)
    assert isinstance(two, Drawn)
    assert (one.excess, two.excess) == (Decimal(0), Decimal("5.00"))
    assert one.base == two.base == Decimal("75.00")


THREE = (line("75.00", number=1), line("170.00", 2, number=2), line("10.00", number=3))


@pytest.mark.parametrize(
    "order", list(permutations(THREE)), ids=lambda order: str([one.number for one in order])
)
def test_the_order_of_the_lines_does_not_matter(order):
    by_number = {one.line.number: one for one in drawn(*order)}

    assert by_number == {one.line.number: one for one in drawn(*THREE)}
