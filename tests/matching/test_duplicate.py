"""Whether a bill was sent before. Earlier: invoice 19267 of ABCD for S-1001, 2,231.25 USD."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import BillLine, FreightBill
from drawbar.freight.money import Money, total
from drawbar.matching.duplicate import DuplicateOf, Fresh, remembered, same_bill

Kind = ChargeKind
FULL = ((Kind.LINEHAUL, "1650.00"), (Kind.FUEL_SURCHARGE, "412.50"), (Kind.DETENTION, "168.75", 2))


def bill(*lines: tuple, ref="B-2", number="19267", carrier="ABCD") -> FreightBill:
    billed = tuple(
        BillLine(
            number=place,
            kind=kind,
            money=Money(Decimal(amount), "USD"),
            stop=stop[0] if stop else 0,
        )
        for place, (kind, amount, *stop) in enumerate(lines, start=1)
    )
    return FreightBill(
        bill_ref=ref,
        carrier_ref=carrier,
        invoice_number=number,
        billed_on=date(2026, 4, 10),
        currency="USD",
        references=(),
        lines=billed,
        total=total((line.money for line in billed), currency="USD"),
    )


def judged(later: FreightBill, *, shipment="S-1001", first=FULL):
    earlier = remembered(bill(*first, ref="B-1"), shipment_ref="S-1001")
    return same_bill(later, shipment_ref=shipment, earlier=(earlier,))


@pytest.mark.parametrize(
    "again",
    [
        bill(*FULL),
        bill(*FULL, number="19-267 "),
        bill(*FULL, number="19999"),
        bill(*reversed(FULL)),
        bill((Kind.LINEHAUL, "990.00"), (Kind.LINEHAUL, "660.00"), *FULL[1:]),
        bill(*FULL[:2], (Kind.DETENTION, "168.75")),
        bill(*FULL, (Kind.OTHER, "0.00")),
    ],
    ids=[
        "the same",
        "number spelled otherwise",
        "under a new number",
        "lines in another order",
        "one charge in two lines",
        "the stop left out",
        "a line about nothing added",
    ],
)
def test_the_same_charges_again_are_a_duplicate(again):
    answer = judged(again)

    assert isinstance(answer, DuplicateOf)
    assert answer.bill_ref == "B-1"
    assert "2,231.25 USD repeats invoice 19267 (B-1) for S-1001" in answer.text


@pytest.mark.parametrize(
    "later",
    [
        bill((Kind.LUMPER, "90.00")),
        bill((Kind.LINEHAUL, "1640.00"), *FULL[1:]),
        bill((Kind.LINEHAUL, "412.50"), (Kind.FUEL_SURCHARGE, "1650.00"), FULL[2]),
        bill(*FULL[:2], (Kind.DETENTION, "168.75", 1)),
        bill(*FULL, carrier="EFGH"),
    ],
    ids=[
        "a supplement",
        "a correction",
        "the same total otherwise",
        "another stop",
        "another carrier",
    ],
)
def test_a_look_alike_is_not_a_duplicate(later):
    assert judged(later) == Fresh()


def test_m09_one_number_on_eight_loads_is_eight_bills():
    bills = [bill(*FULL, ref=f"B-{load}") for load in range(8)]
    seen = tuple(remembered(one, shipment_ref=f"S-{one.bill_ref}") for one in bills)

    for one in bills:
        assert same_bill(one, shipment_ref=f"S-{one.bill_ref}", earlier=seen) == Fresh()


def test_a_corrected_header_over_the_same_lines_is_not_a_duplicate():
    wrong_header = structs.replace(bill(*FULL, ref="B-1"), total=Money(Decimal(9999), "USD"))
    earlier = (remembered(wrong_header, shipment_ref="S-1001"),)

    assert same_bill(bill(*FULL), shipment_ref="S-1001", earlier=earlier) == Fresh()


def test_two_stops_may_cost_the_same_detention_under_two_numbers():
    first = ((Kind.DETENTION, "75.00"),)

    assert judged(bill(*first, number="19268"), first=first) == Fresh()
    assert isinstance(judged(bill(*first), first=first), DuplicateOf)


def test_the_same_figures_in_another_currency_are_not_the_same():
    lines = tuple(
        structs.replace(line, money=Money(line.money.amount, "CAD")) for line in bill(*FULL).lines
    )

    assert judged(structs.replace(bill(*FULL), lines=lines)) == Fresh()


def test_the_first_bill_that_is_repeated_is_named():
    earlier = tuple(
        remembered(bill(*FULL, ref=ref), shipment_ref="S-1001") for ref in ("B-0", "B-1")
    )

    answer = same_bill(bill(*FULL), shipment_ref="S-1001", earlier=earlier)

    assert isinstance(answer, DuplicateOf)
    assert answer.bill_ref == "B-0"


lines = st.lists(
    st.tuples(
        st.sampled_from(ChargeKind),
        st.integers(-50000, 200000).map(lambda cents: str(Decimal(cents).scaleb(-2))),
        st.integers(0, 2),
    ),
    max_size=5,
)


@given(lines, st.randoms())
def test_a_bill_sent_again_is_never_fresh(billed, random):
    again = bill(*random.sample(billed, len(billed)))

    assert isinstance(judged(again, first=billed), DuplicateOf)


@given(lines, lines)
def test_a_bill_over_another_total_is_never_a_duplicate(first, later):
    one, two = bill(*first), bill(*later)

    if one.total != two.total:
        assert judged(two, first=first) == Fresh()
