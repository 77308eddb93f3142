"""What must never happen to money in a score, whatever was billed, owed and vouchered."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from drawbar.world.erp.document import Posting
from drawbar.world.score import score
from drawbar.world.score.evidence import Booked, Evidence
from drawbar.world.score.outcome import Matched
from drawbar.world.score.rule import DEFAULT
from drawbar.world.score.scoring import matches_of
from drawbar.world.score.story import story_of
from drawbar.world.truth import BilledLine, BillTruth, LoadTruth

START = datetime(2026, 3, 2, tzinfo=UTC)
NOW = START + timedelta(days=15)
CENTS = st.integers(0, 300_000)
DAYS = st.integers(0, 14).map(lambda days: START + timedelta(days=days))
ORDERS = st.sampled_from(["SO-1", "SO-2"])
NUMBERS = st.sampled_from(["N-1", "N-2"])
LOADS = tuple(
    LoadTruth(
        order=order,
        carrier="ABCD",
        tender=f"T-{order}",
        shipment=f"S-{order}",
        pro="",
        accepted_at=START,
    )
    for order in ("SO-1", "SO-2")
)


@st.composite
def bills(draw: st.DrawFn) -> tuple[BillTruth, ...]:
    said = draw(st.lists(st.tuples(ORDERS, NUMBERS, CENTS, CENTS, DAYS, st.booleans()), max_size=5))
    return tuple(
        BillTruth(
            key=f"bill-{index}",
            carrier="ABCD",
            number=number,
            order=order,
            sent_at=at,
            currency="USD",
            billed_cents=billed,
            payable_cents=payable,
            lines=(BilledLine(code="linehaul", cents=billed, payable_cents=payable),),
            nature="clean" if billed == payable else "error",
            kind="clean" if billed == payable else "wrong_rate",
            judged=judged,
        )
        for index, (order, number, billed, payable, at, judged) in enumerate(said)
    )


@st.composite
def vouchers(draw: st.DrawFn) -> tuple[Booked, ...]:
    said = draw(st.lists(st.tuples(ORDERS, NUMBERS, CENTS, DAYS, st.integers(1, 3)), max_size=6))
    return tuple(
        _booked(index, order, number, Decimal(cents).scaleb(-2), at, ours)
        for index, (order, number, cents, at, ours) in enumerate(said, start=1)
    )


def _booked(key: int, order: str, number: str, amount: Decimal, at: datetime, ours: int) -> Booked:
    text = f"ABCD {number} for S-{order}"
    return Booked(
        id=key,
        kind="voucher",
        state="posted",
        number=f"BILL-{key}",
        reference=f"{number}/B-{number}-{order}-{ours}",
        origin=f"B-{key}/1",
        subject=f"freight_bill B-{number}-{order}-{ours}",
        party="ABCD",
        currency="USD",
        total=amount,
        lines=(
            Posting(account="5100", debit=amount, text=text),
            Posting(account="2000", credit=amount, text=text),
        ),
        posted_at=at,
    )


def matches(truth: tuple[BillTruth, ...], documents: tuple[Booked, ...]) -> Matched:
    evidence = Evidence(truth=(*LOADS, *truth), documents=documents)
    return matches_of(story_of(evidence.truth, NOW), evidence, DEFAULT)


@given(bills(), vouchers())
def test_no_bill_ever_leaks_and_is_held_at_once_and_each_foots(truth, documents):
    for one in matches(truth, documents).outcomes:
        assert not (one.leaked and one.short)
        assert not (one.held and one.waiting)
        assert one.vouchered == one.payable + one.leaked - one.held - one.waiting
        assert 0 <= one.stopped <= one.at_stake


@given(bills(), vouchers())
def test_every_posted_cent_is_counted_once(truth, documents):
    found = matches(truth, documents)

    counted = sum((one.vouchered for one in found.outcomes), Decimal(0))
    counted += sum((one.amount for one in found.strays), Decimal(0))
    assert counted == sum((one.total for one in documents), Decimal(0))
    assert len(found.outcomes) == len(truth)


@given(bills(), vouchers())
def test_the_headline_foots_with_its_kinds(truth, documents):
    evidence = Evidence(truth=(*LOADS, *truth), documents=documents)
    counted = score(evidence, now=NOW)

    rows = counted.kinds
    strays = sum((one.amount for one in matches(truth, documents).strays), Decimal(0))
    assert counted.audit.missed_overcharge_usd == sum((r.leaked for r in rows), strays)
    assert counted.audit.held_wrongly_usd == sum((r.held for r in rows), Decimal(0))
    assert counted.audit.at_stake_usd == sum((r.at_stake for r in rows), Decimal(0))
    assert counted.audit.bills == sum(r.bills for r in (*rows, *counted.not_yet_judged))
    assert bool(counted.false_approvals) == bool(counted.audit.missed_overcharge_usd) or any(
        "not for" in one.text for one in counted.false_approvals
    )


@given(bills())
def test_a_firm_that_pays_what_is_payable_makes_no_mistake(truth):
    documents = tuple(
        _booked(index, one.order, one.number, Decimal(one.payable_cents).scaleb(-2), NOW, index)
        for index, one in enumerate(truth, start=1)
    )
    counted = score(Evidence(truth=(*LOADS, *truth), documents=documents), now=NOW)

    assert counted.audit.missed_overcharge_usd == counted.audit.held_wrongly_usd == 0
    assert counted.false_approvals == ()
    assert counted.audit.reconciled_pct in {100.0, None}
