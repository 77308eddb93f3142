"""What a file of past deliveries came to."""

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from drawbar.connectors.table.survey import Ends, Survey
from drawbar.freight.fact import Fact
from drawbar.freight.history import BillRecorded, FreightBasis, FreightRecorded, PastBill
from drawbar.freight.lineage import Lineage
from drawbar.freight.money import Money

AT = datetime(2006, 6, 2, tzinfo=UTC)
LINEAGE = Lineage(message_ref="M-1")


def bill(ref: str, amount: str = "100.00") -> Fact:
    total = Money(Decimal(amount), "USD")
    return BillRecorded(
        key=f"bill {ref}",
        happened_at=AT,
        learned_at=AT,
        lineage=LINEAGE,
        bill=PastBill(bill_ref=f"B-{ref}", total=total),
        shipment_ref=ref,
    )


def elsewhere(ref: str, basis: FreightBasis, other: str = "") -> Fact:
    return FreightRecorded(
        key=f"freight {ref}",
        happened_at=AT,
        learned_at=AT,
        lineage=LINEAGE,
        shipment_ref=ref,
        basis=basis,
        other_ref=other,
    )


def see(ref: str, other: str) -> Fact:
    return elsewhere(ref, FreightBasis.ON_OTHER_SHIPMENT, other)


def ends(*facts: Fact) -> Ends:
    survey = Survey()
    survey.add(facts)
    return survey.ends()


def test_a_cost_on_another_line_is_followed_to_the_line_that_has_it():
    found = ends(
        see("S-1", "S-2"),
        see("S-2", "S-3"),
        bill("S-3"),
        see("S-4", "S-5"),
        elsewhere("S-5", FreightBasis.INVOICED_SEPARATELY),
        see("S-6", "S-7"),
        elsewhere("S-7", FreightBasis.IN_GOODS_PRICE),
    )

    assert (found.see_other, found.see_other_priced) == (4, 2)
    assert (found.see_other_invoiced_separately, found.see_other_in_goods_price) == (1, 1)
    assert found.see_other_unresolved == 0


def test_a_cost_on_a_line_that_is_missing_or_in_a_circle_is_unresolved():
    survey = Survey()
    survey.add([see("S-1", "S-9"), see("S-2", "S-3"), see("S-3", "S-2")])

    assert survey.ends().see_other_unresolved == 3
    assert survey.unresolved() == ("S-1", "S-2", "S-3")


def test_a_later_line_may_be_the_one_that_is_pointed_at():
    survey = Survey()
    survey.add([see("S-1", "S-2")])
    survey.add([bill("S-2")])

    assert survey.ends().see_other_priced == 1


@given(st.lists(st.integers(1, 10**12), max_size=20))
def test_the_sum_is_every_cent_of_every_bill(cents):
    amounts = [Decimal(n).scaleb(-2) for n in cents]
    found = ends(*(bill(f"S-{n}", str(amount)) for n, amount in enumerate(amounts)))

    assert found.priced == len(cents)
    assert found.priced_by_currency.get("USD", Decimal(0)) == sum(amounts)
