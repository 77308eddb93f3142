"""Whatever people decide, in whatever order, a load costs what is agreed and what they approved."""

from contextlib import suppress
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from drawbar.flow.dispute import NotInDispute, OwnResolution
from drawbar.flow.word import BeyondLimit
from drawbar.freight.approval import ApprovalLimit
from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import (
    BillAnswer,
    BillAssigned,
    BillDecided,
    ChargeApproved,
    DecisionCode,
    DisputeClosed,
)
from drawbar.freight.ledger import Account
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.settlement.dispute import BeyondDispute
from tests.flow.stage import Stage, acme, answered, bill, driven, released, usd, when

AGREED = Decimal("2062.50")  # linehaul 1,650.00 and fuel 412.50
TOLERANCE = Decimal("25.00")  # a bill may be that much over what is agreed
ALONE, TOGETHER = Decimal(200), Decimal(900)
LIMITS = {"finance": ApprovalLimit(alone=ALONE, together=TOGETHER)}
PEOPLE = ("Ann", "Bob")
LINES = (
    (ChargeKind.LINEHAUL, "1650.00"),
    (ChargeKind.FUEL_SURCHARGE, "412.50"),
    (ChargeKind.LUMPER, "150.00"),
    (ChargeKind.LUMPER, "700.00"),
    (ChargeKind.LINEHAUL, "1700.00"),
)
NAMES = (
    (Reference(ReferenceKind.SHIPMENT, "S-1001"),),
    (Reference(ReferenceKind.PRO, "unknown"),),
)


def bills():
    shapes = st.lists(st.sampled_from(LINES), min_size=1, max_size=3, unique=True)
    one = st.tuples(shapes, st.sampled_from(("1", "2")), st.sampled_from(NAMES))
    return st.lists(one, min_size=1, max_size=3).map(
        lambda some: [
            bill(*lines, ref=f"B-{n}", number=number, references=names, at=4000 + n)
            for n, (lines, number, names) in enumerate(some)
        ]
    )


def words(refs):
    who, ref = st.sampled_from(PEOPLE), st.sampled_from(refs)
    decided = st.builds(
        lambda ref, answer, who: BillDecided(
            key=f"{ref}:{answer}:{who}",
            bill_ref=ref,
            answer=answer,
            decided_by=who,
            role="finance",
            code=DecisionCode.GOODWILL,
            reason="because",
            disputed=usd("9999.00"),
            **when(5000),
        ),
        ref,
        st.sampled_from(BillAnswer),
        who,
    )
    assigned = st.builds(
        lambda ref, who: BillAssigned(
            key=f"{ref}:assigned:{who}",
            bill_ref=ref,
            shipment_ref="S-1001",
            assigned_by=who,
            reason="because",
            **when(5000),
        ),
        ref,
        who,
    )
    closed = st.builds(
        lambda ref, line, amount, who: DisputeClosed(
            key=f"{ref}:{line}:{amount}:{who}",
            bill_ref=ref,
            line=line,
            conceded=usd(amount),
            closed_by=who,
            role="finance",
            reason="because",
            **when(5000),
        ),
        ref,
        st.integers(1, 3),
        st.sampled_from(("0.00", "100.00")),
        who,
    )
    approved = st.builds(
        lambda who: ChargeApproved(
            key=f"approved:{who}",
            shipment_ref="S-1001",
            kind=ChargeKind.LUMPER,
            money=usd("150.00"),
            approved_by=who,
            role="finance",
            reason="because",
            **when(5000),
        ),
        who,
    )
    return decided | assigned | closed | approved


def learn(stage, fact):
    """Take a fact in; one that cannot be meant ends as a dead letter and changes nothing."""
    with suppress(NotInDispute, BeyondDispute, OwnResolution, BeyondLimit):
        stage.learn(fact)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_load_never_costs_more_than_agreed_and_approved_by_name(data):
    stage = Stage(acme(approval_limits=LIMITS))
    stage.learn(released(), answered("S-1001-V1T1"))
    billed = data.draw(bills())
    said = data.draw(st.lists(words([one.bill.bill_ref for one in billed]), max_size=12))
    stage.learn(*billed[:1])
    for fact in data.draw(st.permutations([*driven(), *billed[1:]])):
        stage.learn(fact)
    for fact in said:
        learn(stage, fact)
        learn(stage, fact)

    paid = sum(one.payload.total.amount for one in stage.sent("PostVoucher"))
    states = [stage.bill(one.bill.bill_ref) for one in billed]
    granted = [one.money.amount for state in states for one in state.granted]
    granted += [one.money.amount for one in stage.shipment("S-1001").approvals]
    assert paid <= AGREED + TOLERANCE * len(billed) + sum(granted)
    assert -stage.balance(Account.ACCOUNTS_PAYABLE) == paid
    for state in states:
        after = [one.by for one in state.granted if one.by in state.resolved_by]
        assert not after, "whoever said which bill it is does not approve it too"
