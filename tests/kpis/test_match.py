"""How well freight bills match by themselves."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from drawbar.kpis.match import (
    BillEnd,
    MatchRow,
    duplicate_rate,
    exception_rate,
    first_pass_match,
    touchless_match,
)


def bills(end: BillEnd, number: int, *, recycled: bool = False) -> list[MatchRow]:
    return [
        MatchRow(bill_ref=f"B-{end.value}-{recycled}-{each}", end=end, recycled=recycled)
        for each in range(number)
    ]


def test_k01_match_rates_of_ten_invoices():
    rows = [
        *bills(BillEnd.APPROVED, 6),
        *bills(BillEnd.APPROVED, 1, recycled=True),
        *bills(BillEnd.EXCEPTION, 2),
        *bills(BillEnd.DUPLICATE, 1),
    ]

    assert first_pass_match(rows).base == 9
    assert first_pass_match(rows).percent == Decimal("66.67")
    assert touchless_match(rows).percent == Decimal("77.78")
    assert exception_rate(rows).percent == Decimal("22.22")
    assert duplicate_rate(rows).percent == Decimal("10.00")


def test_each_rate_names_the_bills_behind_it():
    rows = [*bills(BillEnd.APPROVED, 1), *bills(BillEnd.EXCEPTION, 1)]

    assert exception_rate(rows).refs == ("B-exception-False-0",)
    assert touchless_match(rows).refs == ("B-approved-False-0",)


def test_a_bill_that_waits_or_is_refused_is_not_in_the_base():
    rows = [
        *bills(BillEnd.APPROVED, 1),
        *bills(BillEnd.WAITING, 5),
        *bills(BillEnd.REFUSED, 5),
    ]

    assert touchless_match(rows).percent == Decimal("100.00")
    assert duplicate_rate(rows).base == 11


def test_no_bills_are_no_rate():
    assert first_pass_match([]).percent is None
    assert duplicate_rate([]).percent is None


rows = st.lists(
    st.builds(
        MatchRow, bill_ref=st.text(max_size=3), end=st.sampled_from(BillEnd), recycled=st.booleans()
    )
)


@given(rows)
def test_every_payable_bill_is_either_touchless_or_an_exception(some):
    touchless, exceptions = touchless_match(some), exception_rate(some)

    assert touchless.count + exceptions.count == touchless.base == exceptions.base
    assert first_pass_match(some).count <= touchless.count
