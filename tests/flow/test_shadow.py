"""A shadow audit says of a bill what the running firm would have said of the same facts."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from drawbar.cli.audit.shelf import SpoolShelf
from drawbar.cli.audit.spool import Spool
from drawbar.flow.bill_state import BillState
from drawbar.flow.shadow import Shadow
from drawbar.flow.shadow_load import Papers, opened
from drawbar.flow.shadow_names import names_of
from drawbar.flow.shadow_outcome import Asked, Outcome, Standing
from drawbar.flow.shadow_verdict import Evidence
from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import BillReceived
from drawbar.freight.milestone import MilestoneReported, PodReceived
from drawbar.freight.reference import Reference, ReferenceKind
from tests.flow.stage import MONDAY, Stage, acme, answered, bill, driven, order, released, usd

LOADS = ("1001", "1002")
KINDS = (
    ChargeKind.LINEHAUL,
    ChargeKind.FUEL_SURCHARGE,
    ChargeKind.DETENTION,
    ChargeKind.LUMPER,
)
AMOUNTS = ("-50.00", "0.01", "168.75", "206.25", "412.50", "825.00", "1650.00", "1675.00")
UNAGREED = ("-90.00", "-50.00", "-0.01", "0.01", "50.00", "90.00")
COMPANY = acme()

lines = st.tuples(st.sampled_from(KINDS), st.sampled_from(AMOUNTS))
bodies = st.lists(lines, min_size=1, max_size=4)
named = st.sampled_from(
    [
        (Reference(ReferenceKind.SHIPMENT, "S-1001"),),
        (Reference(ReferenceKind.BOL, "BOL-1002"),),
        (Reference(ReferenceKind.PO, "PO-1001"), Reference(ReferenceKind.BOL, "BOL-1002")),
        (Reference(ReferenceKind.PO, "PO-9"),),
        (Reference(ReferenceKind.BOL, "BOL-1001"), Reference(ReferenceKind.PRO, "77-1")),
        (Reference(ReferenceKind.PRO, "0077 1"),),
    ]
)
carriers = st.sampled_from(["ABCD", "ABCD", "ABCD", "NRTH"])
headers = st.sampled_from([Decimal(0), Decimal(0), Decimal(0), Decimal("0.01")])
bills = st.lists(st.tuples(bodies, named, carriers, headers, st.integers(1, 3)), max_size=5)


def received(specs) -> list[BillReceived]:
    found = []
    for number, (body, references, carrier, wrong, invoice) in enumerate(specs):
        fact = bill(
            *body,
            ref=f"B-{number}",
            number=f"N{invoice}",
            at=4000 + number,
            references=references,
            carrier_ref=carrier,
        )
        header = structs.replace(fact.bill.total, amount=fact.bill.total.amount + wrong)
        found.append(structs.replace(fact, bill=structs.replace(fact.bill, total=header)))
    return found


def in_the_firm(facts: list[BillReceived]) -> Stage:
    stage = Stage(COMPANY)
    for ref in LOADS:
        stage.learn(released(order(ref)), answered(f"S-{ref}-V1T1"), *driven(f"S-{ref}", dwell=247))
    for fact in facts:  # each is done with before the next: papers have no bill in between
        stage.learn(fact)
    return stage


def on_paper(facts: list[BillReceived], *, reports: int | None = None) -> dict[str, Outcome]:
    """Return what each bill came to; ``reports`` is how many reports of each load came."""
    papers = {f"S-{ref}": _papers(ref, reports) for ref in LOADS}
    late = MONDAY.replace(year=2027)
    found: dict[str, Outcome] = {}
    with Spool() as spool:
        # one load at hand: every other one is read back from the spool
        shelf = SpoolShelf(
            spool, lambda ref: opened(papers[ref], COMPANY, known_at=late), loads_max=1
        )
        for ref, one in papers.items():
            own = (Reference(ReferenceKind.SHIPMENT, ref), *one.order.references)
            for key in names_of(own, carrier_ref="ABCD", company=COMPANY):
                shelf.name(key, ref)
        shadow = Shadow(COMPANY, shelf, evidence=Evidence())
        for fact in facts:
            for one in shadow.decided(Asked(fact=fact, billed=fact.bill.total)):
                found[one.bill.bill_ref] = one
    return found


def _papers(ref: str, reports: int | None = None) -> Papers:
    facts = driven(f"S-{ref}", dwell=247)[:reports]
    return Papers(
        shipment_ref=f"S-{ref}",
        order=order(ref),
        carrier_ref="ABCD",
        tendered_at=MONDAY,
        reports=tuple(one for one in facts if isinstance(one, MilestoneReported)),
        pods=tuple(one for one in facts if isinstance(one, PodReceived)),
    )


@settings(max_examples=60, deadline=None)
@given(bills)
def test_the_verdict_is_that_of_the_running_firm(specs):
    _say_the_same(received(specs))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(UNAGREED), max_size=6))
def test_credits_about_what_nobody_agreed_are_those_of_the_running_firm(amounts):
    papers = [_lumper(amount, number=number) for number, amount in enumerate(amounts)]

    _say_the_same(received(papers))


@pytest.mark.parametrize(
    ("papers", "payable"),
    [
        pytest.param(("-50.00", "0.01"), ("-50.00", "0.01"), id="a credit before its bill"),
        pytest.param(("0.01", "-50.00"), ("0.01", "-50.00"), id="a credit after its bill"),
        pytest.param(("90.00", "-50.00"), ("50.00", "-50.00"), id="a credit for a part"),
        pytest.param(
            ("-50.00", "30.00", "90.00"),
            ("-50.00", "30.00", "20.00"),
            id="what the first bill left of a credit covers a part of the next",
        ),
    ],
)
def test_what_a_credit_covers_is_not_kept_back_a_second_time(papers, payable):
    facts = received([_lumper(one, number=number) for number, one in enumerate(papers)])

    found = on_paper(facts)

    assert [found[fact.bill.bill_ref].payable for fact in facts] == [usd(one) for one in payable]
    _say_the_same(facts)


def test_a_bill_that_a_credit_covers_whole_is_approved_and_saves_nothing():
    _, covered = on_paper(received([_lumper("-50.00"), _lumper("0.01", number=1)])).values()

    assert (covered.standing, covered.why.reason) == (Standing.APPROVED, "")
    assert (covered.not_owed, covered.undecided) == (usd("0.00"), usd("0.00"))
    assert "0.01 USD of it is credited by N0" in covered.lines[0].said


def test_a_credit_takes_nothing_off_another_charge_on_paper_either():
    liftgate = ((ChargeKind.LIFTGATE, "75.00"),)
    by_ref = (Reference(ReferenceKind.SHIPMENT, "S-1001"),)
    asked = (liftgate, by_ref, "ABCD", Decimal(0), 2)

    credit, other = on_paper(received([_lumper("-50.00"), asked])).values()

    assert (credit.payable, other.payable, other.not_owed) == (
        usd("-50.00"),
        usd("0.00"),
        usd("75.00"),
    )


def _lumper(amount: str, *, number: int = 0):
    """Return a bill about nothing but a lumper for the first load, which nobody agreed."""
    by_ref = (Reference(ReferenceKind.SHIPMENT, "S-1001"),)
    return ((ChargeKind.LUMPER, amount),), by_ref, "ABCD", Decimal(0), number


def _say_the_same(facts: list[BillReceived]) -> None:
    """Assert that papers and the running firm come to the same, bill by bill and line by line."""
    stage, paper = in_the_firm(facts), on_paper(facts)
    for fact in facts:
        state, found = stage.bill(fact.bill.bill_ref), paper[fact.bill.bill_ref]
        assert isinstance(state, BillState)
        assert found.payable == state.payable
        assert found.shipment_ref == state.shipment_ref
        assert [one.payable for one in found.lines] == (
            [one.payable for one in state.verdicts] or [usd("0.00")] * len(found.lines)
        )


@settings(max_examples=60, deadline=None)
@given(bills)
def test_payable_not_owed_and_undecided_are_what_is_billed(specs):
    for found in on_paper(received(specs)).values():
        assert found.payable + found.not_owed + found.undecided == found.billed


@settings(max_examples=60, deadline=None)
@given(bills)
def test_nothing_is_paid_above_what_is_agreed_plus_tolerance(specs):
    facts = received(specs)
    found = on_paper(facts)
    agreed = Decimal("1650.00") + Decimal("412.50") + Decimal("168.75")

    for ref in LOADS:
        paid = [one for one in found.values() if one.shipment_ref == f"S-{ref}"]
        within = 25 * len(paid)
        assert sum(one.payable.amount for one in paid) <= agreed + within + _credited(paid)


def _credited(found: list[Outcome]) -> Decimal:
    """Return what credits gave back: that may be billed again."""
    given_back = (one for each in found for one in each.lines if one.billed.amount < 0)
    return -sum((one.billed.amount for one in given_back), start=Decimal(0))


def test_a_duplicate_is_not_owed_and_a_lost_bill_is_undecided():
    haul = ((ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "412.50"))
    by_ref = (Reference(ReferenceKind.SHIPMENT, "S-1001"),)
    lost = (Reference(ReferenceKind.SHIPMENT, "S-9"),)
    nothing = Decimal(0)
    specs = [
        (haul, by_ref, "ABCD", nothing, 1),
        (haul, by_ref, "ABCD", nothing, 2),
        (haul, lost, "ABCD", nothing, 3),
    ]

    first, again, nowhere = on_paper(received(specs)).values()

    assert first.standing is Standing.APPROVED
    assert (again.standing, again.not_owed) == (Standing.DUPLICATE, usd("2062.50"))
    assert (nowhere.standing, nowhere.undecided) == (Standing.UNDECIDED, usd("2062.50"))


def test_a_bill_replaced_before_it_was_judged_is_not_owed_beside_the_one_that_replaces_it():
    by_ref = (Reference(ReferenceKind.SHIPMENT, "S-1001"),)
    wrong, right = received(
        [
            (((ChargeKind.LINEHAUL, "1700.00"),), by_ref, "ABCD", Decimal(0), 1),
            (((ChargeKind.LINEHAUL, "1650.00"),), by_ref, "ABCD", Decimal(0), 2),
        ]
    )
    right = structs.replace(right, bill=structs.replace(right.bill, corrects="N1"))

    first, then = on_paper([wrong, right], reports=2).values()  # it is on its way yet

    assert (first.standing, first.not_owed) == (Standing.DUPLICATE, usd("1700.00"))
    assert first.why.text == "Replaced by B-1 before it was judged."
    assert (then.standing, then.undecided) == (Standing.UNDECIDED, usd("1650.00"))
