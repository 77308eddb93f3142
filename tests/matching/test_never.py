"""What must never happen to money, whatever a carrier bills and however often."""

from collections import Counter
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation
from drawbar.freight.freight_bill import BillLine, FreightBill
from drawbar.freight.money import Money, total
from drawbar.freight.party import Tolerance
from drawbar.freight.verdict import Judgement, LineVerdict, OpenCharge
from drawbar.matching.audit import Audit, audit

Kind = ChargeKind
NEAR = [Decimal(one) for one in ("-50", "-1", "-0.01", "0", "0.01", "1", "2", "5", "20", "25.01")]
KINDS = (Kind.LINEHAUL, Kind.DETENTION, Kind.LUMPER)


def usd(amount: Decimal) -> Money:
    return Money(amount, "USD")


@st.composite
def agreements(draw: st.DrawFn) -> tuple[AgreedCharge, ...]:
    """Return a few charges of few kinds and stops, so that lines have something to confuse."""
    places = draw(
        st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 2)), max_size=4, unique=True)
    )
    return tuple(
        AgreedCharge(
            charge_ref=f"{kind.value}:{stop}",
            charge=Charge(kind=kind, money=usd(Decimal(draw(st.integers(1, 300)))), stop=stop),
            why=Explanation(rule="any"),
            provisional=draw(st.sampled_from([False, False, False, True])),
        )
        for kind, stop in places
    )


@st.composite
def lines(
    draw: st.DrawFn, agreed: tuple[AgreedCharge, ...], *, with_credits: bool
) -> list[BillLine]:
    """Return lines that are often a little beside an agreed amount, or a part of it."""
    amounts = [one.charge.money.amount for one in agreed] or [Decimal(100)]
    near = st.builds(lambda one, by: one + by, st.sampled_from(amounts), st.sampled_from(NEAR))
    part = st.builds(lambda one: (one * 3 / 5).quantize(Decimal("0.01")), st.sampled_from(amounts))
    amount = near | part | st.decimals(0, 400, places=2)
    signed = amount | amount.map(lambda one: -one) if with_credits else amount.map(abs)
    billed = draw(
        st.lists(st.tuples(st.sampled_from(KINDS), signed, st.integers(0, 2)), max_size=5)
    )
    return [
        BillLine(number=place, kind=kind, money=usd(money), stop=stop)
        for place, (kind, money, stop) in enumerate(billed)
    ]


def bill(billed: list[BillLine]) -> FreightBill:
    return FreightBill(
        bill_ref="B",
        carrier_ref="ABCD",
        invoice_number="1",
        billed_on=date(2026, 4, 10),
        currency="USD",
        references=(),
        lines=tuple(billed),
        total=total((line.money for line in billed), currency="USD"),
    )


def judged(billed, agreed, used=None, short_pay=True) -> Audit:
    charges = tuple(
        OpenCharge(agreed=one, used=usd((used or {}).get(one.charge_ref, Decimal(0))))
        for one in agreed
    )
    return audit(bill(billed), agreed=charges, tolerance=Tolerance(), short_pay_allowed=short_pay)


def add_uses(used: Counter, answer: Audit) -> None:
    for verdict in answer.lines:
        for ref, money in verdict.uses.items():
            used[ref] = used.get(ref, Decimal(0)) + money.amount


@given(st.data(), agreements(), st.booleans())
def test_every_billed_cent_is_either_payable_or_disputed(data, agreed, short_pay):
    answer = judged(data.draw(lines(agreed, with_credits=True)), agreed, short_pay=short_pay)

    for one in answer.lines:
        assert one.payable + one.disputed == one.line.money
        assert one.disputed.amount >= 0
        assert one.payable.amount >= 0 or one.line.money.amount < 0
        assert one.judgement is not Judgement.STOPPED or not one.payable.amount
        assert (one.reason is None) is (one.judgement is Judgement.PAYABLE)
        assert one.text
        assert one.log
    assert answer.payable + answer.disputed == bill([one.line for one in answer.lines]).total


@given(st.data(), agreements())
def test_no_bill_is_paid_above_what_was_agreed_and_the_tolerance(data, agreed):
    answer = judged(data.draw(lines(agreed, with_credits=False)), agreed)

    firm = sum(one.charge.money.amount for one in agreed if not one.provisional)
    assert answer.payable.amount <= firm + min(Decimal(25), firm * 2 / 100)
    assert answer.claimed.amount == 0


@settings(max_examples=60)
@given(st.data(), agreements())
def test_no_sequence_of_bills_is_paid_above_what_was_agreed(data, agreed):
    used: Counter = Counter()
    paid = Decimal(0)
    for _ in range(4):
        answer = judged(data.draw(lines(agreed, with_credits=True)), agreed, used)
        add_uses(used, answer)
        paid += answer.payable.amount
    for one in agreed:
        most = Decimal(0) if one.provisional else one.charge.money.amount * 105 / 100
        assert used[one.charge_ref] <= most
    assert paid <= sum(max(amount, Decimal(0)) for amount in used.values())


@given(st.data(), agreements())
def test_where_short_pay_is_forbidden_what_is_paid_too_much_is_claimed(data, agreed):
    answer = judged(data.draw(lines(agreed, with_credits=False)), agreed, short_pay=False)

    firm = sum(one.charge.money.amount for one in agreed if not one.provisional)
    kept = answer.payable.amount - answer.claimed.amount
    assert kept <= firm + min(Decimal(25), firm * 2 / 100)


def meaning(one: LineVerdict) -> tuple:
    uses = tuple(sorted((ref, money.amount) for ref, money in one.uses.items()))
    line = one.line
    return line.kind, line.money, line.stop, one.judgement, one.payable.amount, one.reason, uses


@given(st.data(), agreements(), st.randoms())
def test_the_order_of_the_lines_changes_nothing(data, agreed, random):
    billed = data.draw(lines(agreed, with_credits=True))
    turned = random.sample(billed, len(billed))
    renumbered = [structs.replace(line, number=place) for place, line in enumerate(turned)]

    one, two = judged(billed, agreed), judged(renumbered, tuple(reversed(agreed)))

    assert Counter(map(meaning, one.lines)) == Counter(map(meaning, two.lines))
    assert one.released == two.released


@given(st.data(), agreements())
def test_what_is_used_and_released_never_comes_to_more_than_what_was_agreed(data, agreed):
    answer = judged(data.draw(lines(agreed, with_credits=True)), agreed)
    used: Counter = Counter()
    add_uses(used, answer)

    amounts = {one.charge_ref: one.charge.money.amount for one in agreed}
    for ref, freed in answer.released.items():
        assert freed.amount > 0
        assert max(used[ref], Decimal(0)) + freed.amount <= amounts[ref] or used[ref] < 0


@given(st.data(), agreements())
def test_the_same_bill_again_pays_at_most_what_was_left(data, agreed):
    billed = data.draw(lines(agreed, with_credits=False))
    first = judged(billed, agreed)
    used: Counter = Counter()
    add_uses(used, first)
    again = judged(billed, agreed, used)

    left = sum(
        max(one.charge.money.amount - used[one.charge_ref], Decimal(0))
        for one in agreed
        if not one.provisional
    )
    assert again.payable.amount <= left + min(Decimal(25), left * 2 / 100)
