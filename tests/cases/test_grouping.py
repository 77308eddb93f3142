"""Cases that one answer resolves, listed together."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from drawbar.cases.grouping import grouped
from drawbar.freight.case import Case, CaseKind
from drawbar.freight.money import Money
from drawbar.freight.stream import StreamKey, StreamKind

NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)


def case(
    ref: str,
    cause: str = "",
    *,
    risk: str | None = None,
    currency: str = "USD",
    hours: int = 0,
    kind: CaseKind = CaseKind.UNKNOWN_CODE,
) -> Case:
    return Case(
        kind=kind,
        subject=StreamKey(StreamKind.SHIPMENT, ref),
        cause=cause,
        text="?",
        remedy="!",
        owner="integration",
        due_at=NOON + timedelta(hours=hours),
        money_at_risk=None if risk is None else Money(Decimal(risk), currency),
    )


def test_no_cases_are_no_groups():
    assert grouped([]) == ()


def test_cases_of_one_cause_are_one_group_with_their_money():
    (group,) = grouped(
        [case("S-1", "XX", risk="100.00"), case("S-2", "XX", risk="20.50"), case("S-3", "XX")]
    )

    assert (group.count, group.cause, group.unpriced) == (3, "XX", 1)
    assert group.money == (Money(Decimal("120.50"), "USD"),)


def test_two_currencies_are_two_sums():
    (group,) = grouped(
        [
            case("S-1", "XX", risk="5.00", currency="USD"),
            case("S-2", "XX", risk="7", currency="EUR"),
        ]
    )

    assert [str(money) for money in group.money] == ["7.00 EUR", "5.00 USD"]


def test_one_cause_in_two_kinds_is_two_groups():
    groups = grouped([case("S-1", "XX"), case("S-2", "XX", kind=CaseKind.DEAD_LETTER)])

    assert len(groups) == 2


def test_a_case_without_a_cause_stands_alone():
    assert [group.count for group in grouped([case("S-1"), case("S-2")])] == [1, 1]


def test_the_largest_group_comes_first_then_what_is_due_first():
    groups = grouped(
        [
            case("S-1", "later", hours=9),
            case("S-2", "sooner", hours=1),
            case("S-3", "many", hours=20),
            case("S-4", "many", hours=10),
        ]
    )

    assert [group.cause for group in groups] == ["many", "sooner", "later"]
    assert groups[0].due_at == NOON + timedelta(hours=10)


cases = st.lists(
    st.builds(
        case,
        st.sampled_from(["S-1", "S-2", "S-3"]),
        st.sampled_from(["", "XX", "YY"]),
        risk=st.none() | st.decimals(0, 1000, places=2).map(str),
        currency=st.sampled_from(["USD", "EUR"]),
        hours=st.integers(0, 100),
        kind=st.sampled_from([CaseKind.UNKNOWN_CODE, CaseKind.DEAD_LETTER]),
    ),
    max_size=12,
)


@given(cases)
def test_no_case_and_no_money_is_lost_by_grouping(some):
    groups = grouped(some)

    assert sum(group.count for group in groups) == len(some)
    for currency in ("USD", "EUR"):
        expected = [c.money_at_risk for c in some if c.money_at_risk]
        assert sum(m.amount for g in groups for m in g.money if m.currency == currency) == sum(
            m.amount for m in expected if m.currency == currency
        )


@given(cases.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_cases_in_any_order_give_the_same_list_of_groups(drawn):
    first, second = ([[c.subject for c in g.cases] for g in grouped(some)] for some in drawn)

    assert first == second
