"""What the engine does with a batch of facts: each applied once, in order, all or nothing."""

from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.engine import Engine, Learned
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.money import Money
from tests.engine.database import rows, state
from tests.engine.toy import Toy, cancel, payment, release, report

pytestmark = pytest.mark.system


def test_applies_a_fact_and_keeps_it_with_what_follows(engine, pool):
    assert engine.learn([payment("P-1")]) == Learned(applied=1)

    assert state(pool, "customers", "GLOBEX").paid == Decimal("10.00")
    assert rows(pool, "SELECT ref, version, exposure FROM customers") == [
        ("GLOBEX", 1, Decimal("-10.00"))
    ]
    assert rows(pool, "SELECT account, amount FROM entry_lines ORDER BY number") == [
        ("bank_clearing", Decimal("10.00")),
        ("accounts_receivable", Decimal("-10.00")),
    ]
    assert rows(pool, "SELECT kind, ref, version, notes FROM fact_streams") == [
        ("customer", "GLOBEX", 1, ["paid 10.00 USD"])
    ]


@pytest.mark.parametrize("times", [2, 3])
def test_applies_the_same_fact_once_however_often_it_comes(engine, pool, times):
    learned = [engine.learn([payment("P-1")]) for _ in range(times)]

    assert learned[1:] == [Learned(duplicate=1)] * (times - 1)
    assert state(pool, "customers", "GLOBEX").paid == Decimal("10.00")


def test_applies_a_fact_once_that_stands_twice_in_one_batch(engine, pool):
    assert engine.learn([payment("P-1"), payment("P-1")]) == Learned(applied=1, duplicate=1)
    assert state(pool, "customers", "GLOBEX").paid == Decimal("10.00")


def test_puts_a_fact_aside_that_says_something_else_under_a_known_key(engine, pool):
    engine.learn([payment("P-1")])
    other = structs.replace(payment("P-1"), money=Money(Decimal("99.00"), "USD"))

    assert engine.learn([other]) == Learned(conflicting=1)

    assert state(pool, "customers", "GLOBEX").paid == Decimal("10.00")
    assert rows(pool, "SELECT kind, item FROM cases") == [("conflicting_fact", "P-1")]
    assert rows(pool, "SELECT key, why FROM dead_facts") == [("P-1", "conflicting")]


def test_the_same_words_from_another_message_at_another_time_are_no_contradiction(engine, clock):
    engine.learn([payment("P-1")])
    clock.passes(hours=1)
    again = structs.replace(payment("P-1"), learned_at=clock.now())

    assert engine.learn([again]) == Learned(duplicate=1)


def test_later_facts_of_a_batch_see_what_earlier_ones_led_to(engine, pool):
    batch = [release("SO-1", pro="777"), report("E-1", pro="777")]

    assert engine.learn(batch) == Learned(applied=2)
    assert state(pool, "shipments", "SO-1").events == ("E-1",)


def test_a_follow_up_that_must_wait_is_decided_next_and_once(pool, clock):
    engine = Engine(pool, Toy(), clock, {})
    engine.learn([release("SO-1")])

    assert engine.work_once() == Learned(applied=1)
    assert engine.work_once() == Learned()
    assert state(pool, "customers", "GLOBEX").orders == ("SO-1",)


def test_a_case_of_our_own_is_on_the_desk_that_the_run_says(engine, pool):
    class Elsewhere(Toy):
        def on_desk(self, case):
            return structs.replace(case, owner="sales")

    Engine(pool, Elsewhere(), engine.clock, engine.readers).learn([cancel("SO-1", reason="boom")])

    assert rows(pool, "SELECT kind, owner FROM cases") == [("dead_letter", "sales")]


def test_one_poison_fact_is_put_aside_and_the_others_are_applied(engine, pool):
    learned = engine.learn([payment("P-1"), cancel("SO-1", "boom"), payment("P-2")])

    assert learned == Learned(applied=2, dead=1)
    assert state(pool, "customers", "GLOBEX").paid == Decimal("20.00")
    ((key, why, error),) = rows(pool, "SELECT key, why, error FROM dead_facts")
    assert (key, why) == ("cancelled:SO-1:boom", "poison")
    assert "the toy divides by nothing" in error
    assert rows(pool, "SELECT kind, item FROM cases") == [("dead_letter", key)]


@pytest.mark.parametrize("fault", ["bad text", "bad column"])
def test_a_fact_that_cannot_be_written_is_found_among_many(engine, pool, fault):
    good = [payment(f"P-{number}") for number in range(9)]

    learned = engine.learn([*good[:5], cancel("SO-1", fault), *good[5:]])

    assert learned == Learned(applied=9, dead=1)
    assert state(pool, "customers", "GLOBEX").paid == Decimal("90.00")
    assert rows(pool, "SELECT key FROM dead_facts") == [(f"cancelled:SO-1:{fault}",)]
    assert rows(pool, "SELECT count(*) FROM facts") == [(10,)]


def test_opens_one_case_and_settles_it(engine, pool):
    delayed, delivered = MilestoneKind.DELAYED, MilestoneKind.DELIVERED
    engine.learn([release("SO-1", pro="7")])
    engine.learn([report("E-1", pro="7", milestone=delayed)])
    engine.learn([report("E-2", pro="7", milestone=delayed)])
    assert rows(pool, "SELECT count(*) FROM cases WHERE settled_at IS NULL") == [(1,)]

    engine.learn([report("E-3", pro="7", milestone=delivered)])

    assert rows(pool, "SELECT subject_ref, because FROM cases") == [("SO-1", "delivered")]


def test_a_case_opened_and_settled_in_one_batch_is_on_file_as_settled(engine, pool):
    delayed, delivered = MilestoneKind.DELAYED, MilestoneKind.DELIVERED
    engine.learn(
        [
            release("SO-1", pro="7"),
            report("E-1", pro="7", milestone=delayed),
            report("E-2", pro="7", milestone=delivered),
            report("E-3", pro="7", milestone=delayed),
        ]
    )

    assert rows(pool, "SELECT settled_at IS NULL FROM cases ORDER BY case_id") == [
        (False,),
        (True,),
    ]


def test_of_history_nothing_is_delivered_and_no_deadline_is_set(engine, pool):
    engine.learn([release("SO-1", pro="7"), payment("P-1")], history=True)

    assert rows(pool, "SELECT count(*) FROM deliveries") == [(0,)]
    assert rows(pool, "SELECT count(*) FROM deadlines") == [(0,)]
    assert rows(pool, "SELECT count(*) FROM entries") == [(1,)]
    notes = rows(pool, "SELECT notes FROM fact_streams WHERE kind = 'shipment'")
    assert notes == [(["history: 1 deliveries and 1 deadlines were not carried out"],)]
