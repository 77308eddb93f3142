"""Whatever a file holds, it becomes facts and problems, and its money stays what it says."""

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drawbar.connectors.x12_folder.manifest import Folders, Mailbox, Settings
from drawbar.connectors.x12_folder.mapping import reader
from drawbar.freight.lineage import Receipt

RECEIPT = Receipt(
    message_ref="M-1", sender="abcd", learned_at=datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
)
READ = reader(
    Settings(
        system="abcd",
        folders=Folders(inbox="in", outbox="out", own="own"),
        ours=Mailbox(id="ACME"),
        theirs=Mailbox(qualifier="02", id="ABCD"),
        party_ref="ABCD",
        currency="USD",
        findings=dict.fromkeys(("count_wrong", "date_bad", "element_too_long"), "warn"),
    )
)
STATUS = "B10*1*S-O-1-V1T1*ABCD~LX*1~AT7*X3*NS***20260310*0940*LT~"
BAD_BILL = f"B3**1*S-1*PP**20260320*{'9' * 18}****ABCD~LX*1~L1*1***{'9' * 18}****400~"


def whole(code: str, group: str, *bodies: str) -> bytes:
    sets = "".join(
        f"ST*{code}*{n:04d}~{body}SE*{body.count('~') + 2}*{n:04d}~"
        for n, body in enumerate(bodies, start=1)
    )
    return (
        "ISA*00*          *00*          *02*ABCD           *ZZ*ACME           *260310*0930*U*00401"
        f"*000000041*0*P*>~GS*{group}*ABCD*ACME*20260310*0930*41*X*004010~{sets}"
        f"GE*{len(bodies)}*41~IEA*1*000000041~"
    ).encode()


def bill(cents: list[int]) -> str:
    lines = "".join(f"LX*{n}~L1*{n}***{each}****400~" for n, each in enumerate(cents, start=1))
    return f"B3**1*S-1*PP**20260320*{sum(cents)}****ABCD~{lines}L3*****{sum(cents)}~"


@given(st.binary(max_size=400))
def test_any_bytes_become_a_reading(body):
    reading = READ(body, RECEIPT)

    assert reading.facts == ()
    assert reading.problems


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_file_never_makes_the_reader_stumble(data):
    body = bytearray(whole("210", "IM", bill([165000, 41250])) + whole("214", "QM", STATUS))
    for _ in range(data.draw(st.integers(1, 8))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))

    reading = READ(bytes(body), RECEIPT)

    assert len(reading.facts) <= 2
    assert all(len(fact.key) <= 200 for fact in reading.facts)


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=12))
def test_a_bill_in_cents_is_the_same_money_in_dollars(cents):
    (fact,) = READ(whole("210", "IM", bill(cents)), RECEIPT).facts

    assert [line.money.amount for line in fact.bill.lines] == [Decimal(c).scaleb(-2) for c in cents]
    assert fact.bill.total == fact.bill.document_total == fact.bill.document_lines_total


def test_a_sum_beyond_all_freight_takes_only_its_own_set_with_it():
    reading = READ(whole("210", "IM", BAD_BILL, bill([165000])), RECEIPT)

    assert len(reading.facts) == 1
    assert [problem.cause for problem in reading.problems] == ["x12:ABCD:210:ValueError"]
