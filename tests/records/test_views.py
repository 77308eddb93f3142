"""What people look up comes from what the engine wrote: stories, lists, balances, counts."""

from datetime import timedelta
from decimal import Decimal

import pytest

from drawbar.engine import Intake
from drawbar.freight.delivery import Rejected
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.stream import StreamKind
from drawbar.records.views import balance, board, counts, search, timeline, worklist
from tests.engine.database import told
from tests.engine.far_side import Warehouse, deliverer
from tests.engine.toy import T0, Load, cancel, payment, release, report, shipment

pytestmark = pytest.mark.system


@pytest.fixture
def cursor(pool):
    with pool.connection() as connection, connection.cursor(binary=True) as opened:
        yield opened


@pytest.fixture
def busy(engine):
    """Let the toy firm have a day: one shipment under way, one fact that waits, one dead."""
    late = report("E-1", pro="00777", milestone=MilestoneKind.DELAYED)
    facts = [release("SO-1", pro="00777"), late, payment("P-1"), report("E-2", pro="999")]
    engine.take(
        [
            Intake(
                channel="toy", sender="globex", body=told(*facts), content_type="json", key="K-1"
            ),
            Intake(channel="fax", sender="globex", body=b"?", content_type="image", key="K-2"),
        ]
    )
    engine.learn([cancel("SO-9", "boom")])
    engine.run_until_idle()
    warehouse = Warehouse()
    warehouse.mood = [lambda _: Rejected(text="unknown item")]
    worker = deliverer(engine, warehouse)
    worker.deliver_until_idle()
    worker.close()


@pytest.mark.parametrize("text", ["777", "00777", " 0-0.7 77 ", "so-1"])
def test_a_shipment_is_found_by_any_name_however_it_is_spelled(busy, cursor, text):
    assert shipment("SO-1") in [found.stream for found in search.find_streams(cursor, text)]


@pytest.mark.parametrize("text", ["", "   ", "0", "nothing", "'; DROP TABLE names"])
def test_what_nobody_is_called_is_not_found(busy, cursor, text):
    assert search.find_streams(cursor, text) == []


def test_a_stream_is_found_by_the_entry_that_books_it(busy, cursor):
    (found,) = search.find_streams(cursor, "E-P-1")

    assert (found.stream.kind, found.known_as) == (StreamKind.CUSTOMER, "entry")


def test_the_story_of_a_shipment_holds_every_kind_of_step_and_leads_to_bytes(busy, cursor):
    steps = timeline.timeline(cursor, [shipment("SO-1")])

    assert {(step.what, step.name) for step in steps} == {
        ("fact", "OrderReleased"),
        ("fact", "MilestoneReported"),
        ("message", "toy"),
        ("message", "wms"),
        ("delivery", "ReserveStock"),
        ("case", "sequence_invalid"),
        ("case", "delivery_rejected"),
    }
    assert all(step.message_ref.startswith("M-") for step in steps if step.what == "fact")
    (delivery,) = (step for step in steps if step.what == "delivery")
    assert (delivery.status, delivery.attempts, delivery.notes) == ("rejected", 1, ["unknown item"])


def test_a_story_is_told_in_the_order_in_which_it_happened(busy, cursor):
    steps = timeline.timeline(cursor, [shipment("SO-1")])

    assert steps == sorted(steps, key=lambda step: (step.happened_at, step.learned_at))


def test_a_board_is_filtered_by_its_columns_and_read_page_by_page(engine, cursor):
    engine.learn([release(f"SO-{number}") for number in range(5)])

    first = board.list_streams(cursor, StreamKind.SHIPMENT, where={"status": "moving"}, limit=3)
    after = first[-1].stream.ref
    second = board.list_streams(
        cursor, StreamKind.SHIPMENT, where={"status": "moving"}, after=after, limit=3
    )

    assert [row.stream.ref for row in first + second] == [f"SO-{number}" for number in range(5)]
    assert first[0].columns["customer_ref"] == "GLOBEX"
    assert board.list_streams(cursor, StreamKind.SHIPMENT, where={"status": "lost"}) == []


def test_a_board_is_not_filtered_by_what_it_does_not_show(cursor):
    with pytest.raises(board.NoSuchColumn, match="orders has no colour"):
        board.list_streams(cursor, StreamKind.ORDER, where={"colour": "blue"})


def test_the_state_of_one_stream_is_read_back_as_what_it_was(busy, cursor):
    assert board.state_of(cursor, shipment("SO-1"), of=Load).events == ("E-1",)
    assert board.state_of(cursor, shipment("SO-404"), of=Load) is None


def test_every_list_to_work_through_shows_what_is_stuck(busy, cursor):
    assert {row.kind for row in worklist.cases(cursor)} == {
        "dead_letter",
        "sequence_invalid",
        "delivery_rejected",
    }
    assert [row.item for row in worklist.cases(cursor, owner="dispatch")] == ["late"]
    assert [row.state for row in worklist.deliveries(cursor, system="wms")] == ["rejected"]
    assert [row.channel for row in worklist.messages(cursor, outcome="dead")] == ["fax"]
    assert [row.key for row in worklist.dead_facts(cursor)] == ["cancelled:SO-9:boom"]
    assert [(row.key, row.names) for row in worklist.parked(cursor)] == [("E-2", ["PRO 999"])]
    (deadline,) = worklist.deadlines(cursor, until=T0 + timedelta(hours=2))
    assert (deadline.ref, deadline.name) == ("SO-1", "answer")


def test_a_list_goes_on_where_the_last_page_ended(engine, cursor):
    for number in range(5):
        body = told(payment(f"P-{number}"))
        came = Intake(channel="toy", sender="x", body=body, content_type="json", key=f"K-{number}")
        engine.take([came])

    first = worklist.messages(cursor, limit=3)
    second = worklist.messages(cursor, before=first[-1].message_id, limit=3)

    assert [row.key for row in first + second] == ["K-4", "K-3", "K-2", "K-1", "K-0"]


def test_the_balances_of_all_accounts_come_to_nothing(busy, cursor):
    found = {row.account: row.amount for row in balance.balances(cursor)}

    assert found == {"accounts_receivable": Decimal("-10.00"), "bank_clearing": Decimal("10.00")}
    assert balance.balances(cursor, until=(T0 - timedelta(days=1)).date()) == []


def test_exposure_is_listed_largest_first(engine, cursor):
    engine.learn([payment("P-1"), payment("P-2", "99.00", by="INITECH")])

    assert [row.customer_ref for row in balance.exposures(cursor)] == ["GLOBEX", "INITECH"]


def test_the_home_page_counts_what_is_open(busy, cursor):
    found = counts.counts(cursor)

    assert (found.dead_messages, found.dead_facts, found.parked, found.deadlines) == (1, 1, 1, 1)
    assert (found.deliveries_open, found.deliveries_stuck, found.cases_open) == (1, 1, 4)
    assert counts.count_by_status(cursor) == {("order", "released"): 1, ("shipment", "moving"): 1}
