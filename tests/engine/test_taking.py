"""What happens to bytes at the door: kept, read, applied, and answered for, whatever they are."""

import pytest
from msgspec import structs

from drawbar.connectors.port import Page
from drawbar.engine import Engine, Intake, TakenAs
from drawbar.engine.editing import Edit, NotEditable, Replayed
from drawbar.engine.polling import Overlapping, Read, Source, all_positions, keep_together, poll
from drawbar.freight.case import CaseKind
from drawbar.freight.delivery import Acknowledge, Delivery, Lane
from drawbar.freight.reading import Problem, Reading
from drawbar.records.cursors import move
from tests.engine.database import read_lines, rows, state, told
from tests.engine.far_side import Warehouse, page
from tests.engine.toy import Toy, payment, release, report, shipment

pytestmark = pytest.mark.system


def came(body: bytes, *, key: str = "K-1", sender: str = "globex", channel: str = "toy") -> Intake:
    return Intake(channel=channel, sender=sender, body=body, content_type="text/plain", key=key)


def taken(engine, *intakes: Intake):
    return [one.outcome.value for one in engine.take(intakes)]


def test_a_message_is_kept_read_and_applied_and_its_facts_lead_back_to_it(engine, pool):
    (receipt,) = engine.take([came(told(payment("P-1"), payment("P-2")))])

    assert (receipt.outcome, receipt.learned.applied) == (TakenAs.APPLIED, 2)
    assert rows(pool, "SELECT place FROM facts WHERE message_ref = %s", receipt.message_ref) == [
        ("line 1",),
        ("line 2",),
    ]
    assert rows(pool, "SELECT body, facts FROM messages") == [
        (told(payment("P-1"), payment("P-2")), 2)
    ]


def test_the_same_bytes_again_are_counted_and_change_nothing(engine, pool):
    message = came(told(payment("P-1")))

    assert [taken(engine, message) for _ in range(3)] == [["applied"], ["duplicate"], ["duplicate"]]
    assert rows(pool, "SELECT times FROM messages") == [(3,)]
    assert rows(pool, "SELECT count(*) FROM entries") == [(1,)]


def test_the_same_message_twice_in_one_batch_is_applied_once(engine, pool):
    message = came(told(payment("P-1")))

    assert taken(engine, message, message) == ["applied", "duplicate"]
    assert rows(pool, "SELECT times FROM messages") == [(2,)]


def test_other_bytes_under_a_known_key_are_kept_and_not_applied(engine, pool):
    taken(engine, came(told(payment("P-1"))))
    other = came(told(payment("P-2")))

    assert [taken(engine, other), taken(engine, other)] == [["conflicting"], ["conflicting"]]
    assert rows(pool, "SELECT outcome, times FROM messages ORDER BY message_id") == [
        ("applied", 1),
        ("conflicting", 2),
    ]
    assert rows(pool, "SELECT kind FROM cases") == [("conflicting_fact",)]
    assert state(pool, "customers", "GLOBEX").paid == 10


def test_one_key_of_two_senders_is_two_messages(engine):
    assert taken(engine, came(told(payment("P-1")))) == ["applied"]
    assert taken(engine, came(told(payment("P-2")), sender="initech")) == ["applied"]


@pytest.mark.parametrize(
    ("body", "channel"),
    [(b"no json", "toy"), (b"{}", "toy"), (told(payment("P-9")), "fax")],
    ids=["not JSON", "no fact", "a channel that nobody reads"],
)
def test_what_cannot_be_read_becomes_a_dead_letter_and_blocks_nothing(engine, pool, body, channel):
    good = came(told(payment("P-1")), key="K-2")

    assert taken(engine, came(body, channel=channel), good) == ["dead", "applied"]
    assert rows(pool, "SELECT body FROM messages WHERE outcome = 'dead'") == [(body,)]
    assert rows(pool, "SELECT kind, settled_at FROM cases") == [("dead_letter", None)]


def test_a_message_that_only_waits_says_so(engine):
    assert taken(engine, came(told(report("E-1", pro="777")))) == ["parked"]


def test_an_edited_dead_letter_is_a_new_version_and_the_original_stays(engine, pool):
    (dead,) = engine.take([came(b"no json")])
    body = told(payment("P-1"))

    mended = engine.edit(
        Edit(message_ref=dead.message_ref, body=body, author="dana", reason="typo")
    )

    assert mended.outcome is TakenAs.APPLIED
    assert rows(
        pool, "SELECT body, outcome, edited_from, author FROM messages ORDER BY message_id"
    ) == [(b"no json", "edited", None, ""), (body, "applied", dead.message_ref, "dana")]
    assert rows(pool, "SELECT settled_by FROM cases") == [("dana",)]


def test_the_original_bytes_of_an_edited_message_are_received_again_as_the_edit(engine, pool):
    (dead,) = engine.take([came(b"no json")])
    engine.edit(
        Edit(message_ref=dead.message_ref, body=told(payment("P-1")), author="dana", reason="typo")
    )

    assert taken(engine, came(b"no json")) == ["duplicate"]
    assert taken(engine, came(told(payment("P-1")))) == ["duplicate"]
    assert rows(pool, "SELECT count(*) FROM messages") == [(2,)]


def test_a_message_that_took_effect_elsewhere_is_not_edited(engine):
    (dead,) = engine.take([came(b"no json")])
    edit = Edit(message_ref=dead.message_ref, body=b"x", author="dana", reason="typo")
    engine.edit(edit)

    with pytest.raises(NotEditable):
        engine.edit(edit)


def test_dead_letters_are_read_again_when_the_reader_is_mended(engine, pool, clock):
    refs = [
        engine.take([came(body, key=f"K-{number}", channel="edi")])[0].message_ref
        for number, body in enumerate(
            [told(payment("P-1")), told(report("E-1", pro="7")), b"still no json"]
        )
    ]
    mended = Engine(pool, Toy(), clock, {"edi": read_lines})

    assert mended.replay(refs) == Replayed(recovered=1, failed=1, waiting=1)
    assert mended.replay(refs[:1]) == Replayed(recovered=1)
    assert state(pool, "customers", "GLOBEX").paid == 10
    assert rows(pool, "SELECT count(*) FROM cases WHERE settled_at IS NULL") == [(1,)]


def with_replies(body, receipt):
    reply = Delivery(
        system="globex",
        lane=Lane.NOTIFY,
        stream=shipment("acks"),
        business_key=f"997-{receipt.message_ref}-{receipt.times}",
        payload=Acknowledge(message_ref=receipt.message_ref, group="1", answer=b"ok"),
    )
    odd = Problem(
        kind=CaseKind.UNKNOWN_CODE, place="L1*4", cause="XYZ", text="Unknown code", remedy="Map it"
    )
    return structs.replace(read_lines(body, receipt), replies=(reply,), problems=(odd,))


def test_each_receipt_is_answered_and_each_problem_is_one_case(pool, clock):
    engine = Engine(pool, Toy(), clock, {"toy": with_replies})
    engine.take([came(told(payment("P-1")))])
    engine.take([came(told(payment("P-1")))])

    assert rows(pool, "SELECT count(*) FROM deliveries WHERE kind = 'Acknowledge'") == [(2,)]
    assert rows(pool, "SELECT kind, cause FROM cases") == [("unknown_code", "XYZ")]

    plain = Engine(pool, Toy(), clock, {"toy": read_lines})
    plain.take([came(told(payment("P-1")))])
    assert rows(pool, "SELECT because FROM cases") == [("read again without it",)]


def test_a_poison_fact_of_a_message_leaves_the_others_of_it_applied(engine, pool):
    from tests.engine.toy import cancel

    body = told(payment("P-1"), cancel("SO-1", "bad text"), release("SO-2"))

    (receipt,) = engine.take([came(body)])

    assert (receipt.learned.applied, receipt.learned.dead) == (2, 1)
    assert rows(pool, "SELECT count(*) FROM messages") == [(1,)]


def test_what_is_new_in_a_system_is_read_once_and_the_cursor_moves_with_it(engine, pool):
    warehouse = Warehouse()
    warehouse.pages = [
        structs.replace(page(("I-1", told(payment("P-1"))), cursor="1"), more=True),
        page(("I-1", told(payment("P-1"))), ("I-2", b"no json"), cursor="2"),
    ]
    source = Source(warehouse, "payments")

    outcomes = [one.outcome.value for one in poll(engine, source)]

    assert outcomes == ["applied", "duplicate", "dead"]
    assert rows(pool, "SELECT position FROM cursors") == [("2",)]
    assert warehouse.put_away == ["I-1", "I-1", "I-2"]
    assert poll(engine, source) == ()


def test_a_page_that_could_not_be_kept_is_read_again(engine, pool, monkeypatch):
    warehouse = Warehouse()
    warehouse.pages = [page(("I-1", told(payment("P-1"))), cursor="1")]
    source = Source(warehouse, "payments")
    calls = []

    def crash(*_args, **_values):
        calls.append(1)
        raise ConnectionAbortedError("cut off before the commit")

    with monkeypatch.context() as patch:
        patch.setattr("drawbar.engine.polling.move", crash)
        with pytest.raises(ConnectionAbortedError):
            poll(engine, source)
    assert (rows(pool, "SELECT count(*) FROM messages"), warehouse.put_away) == ([(0,)], [])

    poll(engine, source)
    assert state(pool, "customers", "GLOBEX").paid == 10


def test_pages_of_several_systems_are_kept_together_or_not_at_all(engine, pool):
    first, second = Warehouse(), Warehouse()
    second.system = "erp"
    pages = [page((f"I-{n}", told(payment(f"P-{n}"))), cursor="1") for n in (1, 2)]
    sources = (Source(first, "payments"), Source(second, "payments"))
    stale = [Read(sources[0], "", pages[0]), Read(sources[1], "", pages[1])]
    engine.within(
        lambda batch, _: move(batch.cursor, "erp", "payments", old="", new="9", at=batch.now)
    )

    with pytest.raises(Overlapping):
        keep_together(engine, stale)
    assert rows(pool, "SELECT count(*) FROM messages") == [(0,)]
    assert (first.put_away, second.put_away) == ([], [])

    keep_together(engine, [stale[0], Read(sources[1], "9", pages[1])])
    assert all_positions(engine) == {("wms", "payments"): "1", ("erp", "payments"): "1"}
    assert state(pool, "customers", "GLOBEX").paid == 20


def test_an_empty_reading_is_still_a_message(pool, clock):
    engine = Engine(pool, Toy(), clock, {"toy": lambda _body, _receipt: Reading()})

    assert taken(engine, came(b"")) == ["applied"]
    assert isinstance(Page(items=(), cursor=""), Page)
