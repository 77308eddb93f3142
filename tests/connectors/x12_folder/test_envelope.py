"""Whose file it is, whether it can be relied on, and the 997 that we owe for it."""

from datetime import UTC, datetime

from msgspec import structs

from drawbar.edi import read
from drawbar.freight.delivery import Lane
from drawbar.freight.lineage import Receipt

FIRST = Receipt(
    message_ref="M-1", sender="abcd", learned_at=datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
)

STATUS = "B10*1*S-O-1-V1T1*ABCD\nLX*1\nAT7*X3*NS***20260310*0940*LT"


def causes(reading) -> list[str]:
    return [problem.cause for problem in reading.problems]


def receipt_in(reading) -> list[str]:
    (reply,) = reading.replies
    (interchange,) = read(reply.payload.answer).interchanges
    return ["*".join((one.tag, *one.elements)) for one in next(interchange.sets).segments[1:-1]]


def test_a_file_of_somebody_else_does_not_count_here(hear):
    reading = hear("214", STATUS, sender="WXYZ")

    assert (reading.facts, reading.replies) == ((), ())
    assert causes(reading) == ["x12:ABCD:ISA:sender"]


def test_a_file_for_somebody_else_does_not_count_here(hear):
    assert causes(hear("214", STATUS, receiver="OTHER")) == ["x12:ABCD:ISA:receiver"]


def test_a_test_moves_nothing_unless_the_partner_is_being_tested(hear):
    tested = hear("214", STATUS, usage="T", by={"is_test": True})
    reading = hear("214", STATUS, usage="T")

    assert causes(reading) == ["x12:ABCD:ISA:test"]
    assert len(tested.facts) == 1


def test_what_is_no_interchange_is_a_problem(hear_bytes):
    reading = hear_bytes(b"Dear Sirs, please find attached")

    assert causes(reading) == ["x12:ABCD:file:no_interchange"]


def test_a_file_cut_short_is_not_applied_and_not_acknowledged(hear_bytes, wrap):
    whole = wrap("214", STATUS)
    reading = hear_bytes(whole[: whole.index(b"GE*")])

    assert (reading.facts, reading.replies) == ((), ())
    assert "x12:ABCD:ISA:trailer_missing" in causes(reading)


def test_every_set_is_acknowledged(hear):
    assert receipt_in(hear("214", STATUS, STATUS)) == [
        "AK1*QM*41",
        "AK2*214*0001",
        "AK5*A",
        "AK2*214*0002",
        "AK5*A",
        "AK9*A*2*2*2",
    ]


def test_what_we_reject_is_never_applied_and_the_rest_is(hear_bytes, wrap):
    body = wrap("214", STATUS, STATUS).replace(b"SE*5*0002", b"SE*9*0002")
    reading = hear_bytes(body)

    assert len(reading.facts) == 1
    assert causes(reading) == ["x12:ABCD:214:finding:count_wrong"]
    assert receipt_in(reading)[-3:] == ["AK2*214*0002", "AK5*R*4", "AK9*P*2*2*1"]


def test_a_profile_may_accept_what_others_would_not(hear_bytes, wrap):
    body = wrap("214", STATUS).replace(b"SE*5*0001", b"SE*9*0001")
    reading = hear_bytes(body, findings={"count_wrong": "warn"})

    assert len(reading.facts) == 1
    assert receipt_in(reading)[1:3] == ["AK2*214*0001", "AK5*E*4"]


def test_the_997_goes_back_to_who_asked(hear):
    (reply,) = hear("214", STATUS).replies

    assert (reply.system, reply.lane) == ("abcd", Lane.NOTIFY)
    assert (reply.payload.group, reply.payload.message_ref) == ("41", "M-1")


def test_each_coming_of_a_file_is_acknowledged_and_applied_once(hear_bytes, wrap):
    body = wrap("214", STATUS)
    first, second = (hear_bytes(body, structs.replace(FIRST, times=n)) for n in (1, 2))

    assert first.facts[0].key == second.facts[0].key
    assert first.replies[0].business_key != second.replies[0].business_key


def test_two_interchanges_in_a_file_both_count(hear_bytes, wrap):
    reading = hear_bytes(wrap("214", STATUS) + wrap("214", STATUS, control=42))

    assert len({fact.key for fact in reading.facts}) == 2
    assert len({reply.business_key for reply in reading.replies}) == 2
    assert reading.facts[1].lineage.place.startswith("interchange 2 / set 1")


def test_line_ends_and_delimiters_do_not_make_it_another_file(hear_bytes, wrap):
    plain = wrap("214", STATUS)
    barred = plain.replace(b"*", b"|").replace(b"~", b"~\r\n")

    assert hear_bytes(plain).facts[0].key == hear_bytes(barred).facts[0].key


def test_a_set_that_nobody_reads_yet_is_named(hear_bytes, wrap):
    body = wrap("214", "BGN*00*1*20260310").replace(b"ST*214", b"ST*824")
    reading = hear_bytes(body, findings={"group_code_wrong": "accept"})

    assert reading.facts == ()
    assert causes(reading)
