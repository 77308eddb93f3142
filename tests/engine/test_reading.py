"""A decision may look at a stream that it does not lock, as it stands, and never change it."""

from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.engine import Engine, Learned
from tests.engine.database import state
from tests.engine.toy import Account_, Toy, customer, payment

pytestmark = pytest.mark.system


class Looking(Toy):
    """Whoever pays is told what GLOBEX paid so far; ``meddles`` writes there too."""

    meddles = False

    def __init__(self) -> None:
        self.seen: list[Decimal] = []

    def needs(self, fact):
        return structs.replace(super().needs(fact), reads=(customer("GLOBEX"),))

    def decide(self, fact, known):
        other = known.states.get(customer("GLOBEX"), Account_())
        self.seen.append(other.paid)
        decision = super().decide(fact, known)
        if self.meddles and fact.customer_ref != "GLOBEX":
            return structs.replace(decision, states={customer("GLOBEX"): Account_()})
        return decision


@pytest.fixture
def looking(engine, pool):
    run = Looking()
    return run, Engine(pool, run, engine.clock, engine.readers)


def of(ref: str, who: str):
    return structs.replace(payment(ref), customer_ref=who)


def test_what_is_read_is_what_was_committed_and_what_came_before_in_the_batch(looking):
    run, engine = looking

    engine.learn([of("P-1", "GLOBEX")])
    engine.learn([of("P-2", "INITECH")])
    engine.learn([of("P-3", "GLOBEX"), of("P-4", "INITECH")])

    assert run.seen == [Decimal(0), Decimal(10), Decimal(10), Decimal(20)]


def test_a_stream_that_is_not_there_yet_is_simply_not_seen(looking):
    run, engine = looking

    assert engine.learn([of("P-1", "INITECH")]) == Learned(applied=1)
    assert run.seen == [Decimal(0)]


def test_who_changes_what_it_only_read_is_refused(looking, pool):
    run, engine = looking
    engine.learn([of("P-1", "GLOBEX")])
    run.meddles = True

    assert engine.learn([of("P-2", "INITECH")]) == Learned(dead=1)
    assert state(pool, "customers", "GLOBEX").paid == Decimal("10.00")


def test_a_decision_by_default_reads_nothing():
    assert Toy().needs(payment("P-1")).reads == ()
