"""What follows from a fact is decided with it, and comes to the same as in a commit of its own."""

import itertools

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from drawbar.engine import Engine, Learned
from drawbar.flow.decision import Decision
from drawbar.flow.run import FreightRun
from drawbar.freight.charge import ChargeKind
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.reference import Reference, ReferenceKind
from tests.engine.database import empty, rows, state
from tests.engine.toy import Toy, cancel, customer, payment, release, report
from tests.flow.stage import MONDAY, acme, answered, bill, driven, order, released

pytestmark = pytest.mark.system


def test_a_follow_up_is_decided_in_the_transaction_of_its_cause(engine, pool):
    assert engine.learn([release("SO-1")]) == Learned(applied=1)

    assert rows(pool, "SELECT name FROM facts ORDER BY fact_id") == [
        ("OrderReleased",),
        ("HoldReviewed",),
    ]
    assert state(pool, "customers", "GLOBEX").orders == ("SO-1",)
    assert rows(pool, "SELECT count(*) FROM pending") == [(0,)]
    assert rows(pool, "SELECT count(DISTINCT xmin::text) FROM facts") == [(1,)]


def test_a_follow_up_waits_while_another_holds_what_it_touches(engine, pool, logins):
    engine.learn([payment("P-1")])
    with psycopg.connect(logins.engine_url) as other:
        other.execute("SELECT FROM customers FOR UPDATE")

        engine.learn([release("SO-1")])

        assert rows(pool, "SELECT why FROM pending") == [("follows",)]
        assert state(pool, "customers", "GLOBEX").orders == ()
    assert engine.run_until_idle() == Learned(applied=1)
    assert state(pool, "customers", "GLOBEX").orders == ("SO-1",)


def test_a_follow_up_does_not_overtake_what_waits_to_be_decided(engine, pool):
    late = Engine(engine.pool, Toy(), engine.clock, {}, ahead=False)
    late.learn([release("SO-1")])

    engine.learn([release("SO-2")])

    assert rows(pool, "SELECT count(*) FROM pending") == [(2,)]


def test_a_follow_up_does_not_overtake_a_fact_that_its_cause_wakes(engine, pool):
    engine.learn([report("E-1", pro="777")])

    engine.learn([release("SO-1", pro="777")])

    assert rows(pool, "SELECT why FROM pending ORDER BY pending_id") == [("woken",), ("follows",)]


class Brittle(Toy):
    """The toy firm; what follows from an order cannot be decided, or not be written."""

    def __init__(self, fault: str) -> None:
        self.fault = fault

    def decide(self, fact, known):
        if type(fact).__name__ != "HoldReviewed":
            return super().decide(fact, known)
        if self.fault == "decided":
            raise ZeroDivisionError
        decided = super().decide(fact, known)
        return Decision(states=decided.states, notes=((customer("GLOBEX"), "a\0b"),))


@pytest.mark.parametrize("fault", ["decided", "written"])
def test_a_follow_up_that_fails_is_dead_alone_and_its_cause_stands(pool, clock, fault):
    engine = Engine(pool, Brittle(fault), clock, {})

    assert engine.learn([release("SO-1"), payment("P-1")]) == Learned(applied=2)
    engine.run_until_idle()

    assert rows(pool, "SELECT name FROM dead_facts") == [("HoldReviewed",)]
    assert state(pool, "customers", "GLOBEX").paid == 10
    assert rows(pool, "SELECT ref FROM orders") == [("SO-1",)]


class Endless(Toy):
    """The toy firm; every review calls for another."""

    def decide(self, fact, known):
        decided = super().decide(fact, known)
        if type(fact).__name__ != "HoldReviewed":
            return decided
        return structs.replace(decided, follows=(structs.replace(fact, key=f"{fact.key}+"),))


def test_facts_that_follow_without_end_do_not_keep_one_transaction_for_ever(pool, clock):
    Engine(pool, Endless(), clock, {}).learn([release("SO-1")])

    assert rows(pool, "SELECT count(*) FROM facts") == [(9,)]
    assert rows(pool, "SELECT count(*) FROM pending") == [(1,)]


TOLD = {
    "an order": lambda n: release(f"SO-{n % 3}", pro=f"7{n % 3}", by=f"C-{n % 2}"),
    "a payment": lambda n: payment(f"P-{n}", by=f"C-{n % 2}"),
    "a cancellation": lambda n: cancel(f"SO-{n % 3}"),
    "what cannot be decided": lambda n: cancel(f"SO-{n % 3}", "boom"),
    "what cannot be written": lambda n: cancel(f"SO-{n % 3}", "bad text"),
    "a report": lambda n: report(f"E-{n % 5}", pro=f"7{n % 4}"),
    "a delay": lambda n: report(f"L-{n % 5}", pro=f"7{n % 4}", milestone=MilestoneKind.DELAYED),
}
SLOW = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}
BATCHES = st.lists(st.lists(st.sampled_from(sorted(TOLD)), min_size=1, max_size=5), max_size=5)


def end(pool):
    """Return everything on file but the numbers that say how it was written."""
    return {
        name: rows(pool, f"SELECT {columns} FROM {name} ORDER BY {by}")
        for name, columns, by in (
            ("facts", "fact_id, key, name, happened_at, learned_at, message_ref, place", "1"),
            ("fact_streams", "fact_id, kind, ref, version, notes", "1, 2, 3"),
            ("fact_keys", "key, fact_id", "1"),
            ("dead_facts", "fact_id, key, name, why, split_part(error, chr(10), 1)", "1, 2"),
            ("names", "kind, value, party, stream_kind, stream_ref, spelled, fact_id", "1, 2, 3"),
            ("customers", "ref, version, body, exposure, held", "1"),
            ("orders", "ref, version, body, status", "1"),
            ("shipments", "ref, version, body, status", "1"),
            ("freight_bills", "ref, version, body, status, payable, disputed", "1"),
            ("customer_invoices", "ref, version, body, status, total", "1"),
            ("entries", "entry_ref, purpose, fact_id, booked_at, text", "entry_id"),
            ("entry_lines", "entry_ref, number, account, amount", "1, 2"),
            ("cases", "kind, subject_ref, item, text, fact_id, settled_at, because", "1, 2, 3, 5"),
            ("deadlines", "kind, ref, name, due_at, fact", "1, 2, 3"),
            ("deliveries", "business_key, kind, payload, fact_id, created_at", "delivery_id"),
            ("parked", "fact_id, until", "1"),
            ("pending", "count(*)", "1"),
        )
    }


def both_ways(pool, logins, clock, run, batches):
    """Tell the same twice: with follow-ups decided ahead, and each in a commit of its own."""
    ends = []
    for ahead in (True, False):
        empty(logins)
        clock.time = MONDAY
        engine = Engine(pool, run, clock, {}, ahead=ahead)
        for batch in batches:
            engine.learn(batch)
            engine.run_until_idle()
            clock.passes(minutes=7)
        clock.passes(hours=2)
        engine.run_until_idle()
        ends.append(end(pool))
    return ends


@given(BATCHES)
@settings(max_examples=30, **SLOW)
def test_whatever_is_told_it_ends_as_with_a_commit_for_each_follow_up(pool, logins, clock, told):
    numbers = itertools.count()
    batches = [[TOLD[word](next(numbers)) for word in words] for words in told]

    ahead, each = both_ways(pool, logins, clock, Toy(), batches)

    assert ahead == each


def story(ref):
    """Return what happens to one load of the firm, with a bill that asks for too much."""
    shipment = (Reference(ReferenceKind.SHIPMENT, f"S-{ref}"),)
    lines = ((ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.DETENTION, "300.00"))
    return [
        released(order(ref)),
        structs.replace(answered(ref), references=shipment),
        *driven(f"S-{ref}", dwell=200),
        bill(*lines, ref=f"B-{ref}", number=ref, references=shipment),
    ]


@st.composite
def tellings(draw):
    """Draw two loads' facts in any order, cut into batches."""
    facts = draw(st.permutations([*story("1001"), *story("1002")]))
    cuts = sorted(draw(st.sets(st.integers(1, len(facts) - 1), max_size=6)))
    return [facts[a:b] for a, b in itertools.pairwise([0, *cuts, len(facts)])]


@given(tellings())
@settings(max_examples=15, **SLOW)
def test_the_firms_own_flow_ends_the_same_both_ways_in_any_order(pool, logins, clock, told):
    ahead, each = both_ways(pool, logins, clock, FreightRun(acme()), told)

    assert ahead == each
