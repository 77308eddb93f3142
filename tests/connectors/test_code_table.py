"""What people say about a partner's codes stands in what its readers read by, from then on."""

from datetime import UTC, date, datetime

import msgspec
import pytest

from drawbar.connectors.code_table import UnfitMeaning, refuse_unfit
from drawbar.connectors.registry import readers_of
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import Sense
from drawbar.freight.lineage import Receipt
from drawbar.freight.milestone import MilestoneKind
from drawbar.records.code_maps import Saying

RECEIPT = Receipt(
    message_ref="M-1", sender="them", learned_at=datetime(2026, 3, 10, 15, tzinfo=UTC)
)
NORTHLAKE = {
    "connector": "carrier_api",
    "line": {"address": "http://nrth.example"},
    "party_ref": "NRTH",
}
ABCD = {
    "connector": "x12_folder",
    "ours": {"id": "ACME"},
    "theirs": {"qualifier": "02", "id": "ABCD"},
    "party_ref": "ABCD",
    "folders": {"inbox": "in", "outbox": "out", "own": "own"},
}
PRAIRIE = {
    "connector": "csv_folder",
    "party_ref": "PRHL",
    "folders": {"inbox": "in", "outbox": "out", "own": "own"},
}


def word(table, code, meaning, *, valid_from=None, because="their guide says so"):
    return Saying(
        system="any",
        table=table,
        code=code,
        meaning=meaning,
        said_by="Iris",
        because=because,
        said_at=RECEIPT.learned_at,
        valid_from=valid_from,
    )


class Said:
    """What people said, as a process knows it: ``later`` is in the database and not read yet."""

    def __init__(self, **meanings):
        self.later, self.number, self.looks = (), 0, 0
        self.known = tuple(word("milestones", code, one) for code, one in meanings.items())

    def of(self, system):
        return self.number, self.known

    def refresh(self):
        self.looks += 1
        if not self.later:
            return False
        self.known, self.later, self.number = (*self.known, *self.later), (), self.number + 1
        return True


def event(status):
    told = {"id": "7", "type": "tracking", "occurred_at": "2026-03-10T09:30:00Z"}
    return msgspec.json.encode(told | {"shipment_id": "S-1001", "status": status})


def file_of_214(code):
    body = ("B10*1*S-1001*ABCD", "LX*1", f"AT7*{code}*NS***20260310*0940*CT")
    head = "ISA*00*          *00*          *02*ABCD           *ZZ*ACME           "
    segments = (
        f"{head}*260310*0930*U*00401*000000041*0*P*>",
        "GS*QM*ABCD*ACME*20260310*0930*41*X*004010",
        "ST*214*0001",
        *body,
        "SE*5*0001",
        "GE*1*41",
        "IEA*1*000000041",
    )
    return "".join(f"{one}~" for one in segments).encode()


def table_of_status(word):
    return f"carrier,load,status,at,zone\nPRHL,S-1001,{word},2026-03-10 09:30,CT\n".encode()


def test_a_code_without_a_meaning_names_its_table_and_its_system():
    read = readers_of("northlake", NORTHLAKE, codes=Said())["api:NRTH"]

    (problem,) = read(event("gone_home"), RECEIPT).problems

    assert problem.kind is CaseKind.UNKNOWN_CODE
    assert (problem.system, problem.table, problem.code) == (
        "northlake",
        "milestones",
        "gone_home",
    )


@pytest.mark.parametrize(
    ("system", "described", "channel", "body"),
    [
        ("northlake", NORTHLAKE, "api:NRTH", event("ZZ")),
        ("abcd", ABCD, "x12:ABCD", file_of_214("ZZ")),
    ],
    ids=["over JSON", "over X12"],
)
def test_a_word_that_is_said_meanwhile_is_read_at_once(system, described, channel, body):
    said = Said()
    read = readers_of(system, described, codes=said)[channel]
    before = read(body, RECEIPT)

    said.later = (word("milestones", "ZZ", "delayed"),)
    after = read(body, RECEIPT)

    assert [one.code for one in before.problems] == ["ZZ"]
    assert [one.milestone for one in after.facts] == [MilestoneKind.DELAYED]
    assert not after.problems


def test_a_portals_words_name_their_table_too():
    reader = readers_of("prairie", PRAIRIE, codes=Said())["csv:PRHL:status"]

    problems = reader(table_of_status("Gone home"), RECEIPT).problems

    assert all(one.system == "prairie" for one in problems if one.table)


def test_nobody_looks_again_while_every_code_is_known():
    said = Said(ZZ="delayed")
    read = readers_of("northlake", NORTHLAKE, codes=said)["api:NRTH"]

    for status in ("ZZ", "delivered", "ZZ"):
        assert read(event(status), RECEIPT).facts

    assert said.looks == 0


def test_what_people_say_wins_over_the_systems_own_file():
    described = NORTHLAKE | {"milestones": {"ZZ": "delivered"}}

    (fact,) = readers_of("northlake", described, codes=Said(ZZ="delayed"))["api:NRTH"](
        event("ZZ"), RECEIPT
    ).facts

    assert fact.milestone is MilestoneKind.DELAYED


@pytest.mark.parametrize(
    ("table", "meaning"),
    [("milestones", "lunch"), ("colours", "red"), ("charges", "delivered"), ("answers", "")],
    ids=["no meaning", "no table", "of another table", "nothing"],
)
def test_a_code_can_only_mean_what_its_table_knows(table, meaning):
    with pytest.raises(UnfitMeaning):
        refuse_unfit(table, meaning)


@pytest.mark.parametrize("kind", ChargeKind)
def test_a_charge_can_mean_every_kind(kind):
    refuse_unfit("charges", kind.value)


def invoice(day, code):
    lines = [{"code": "LINEHAUL", "amount": "1650"}, {"code": code, "amount": "50"}]
    bill = {"number": "I-1", "date": day, "currency": "USD", "total": "1700", "lines": lines}
    told = {"id": "8", "type": "invoice", "occurred_at": "2026-03-20T00:00:00Z", "invoice": bill}
    return msgspec.json.encode(told | {"shipment_id": "S-1001"})


def charged(day, *words):
    said = Said()
    said.known = words
    (fact,) = readers_of("northlake", NORTHLAKE, codes=said)["api:NRTH"](
        invoice(day, "PET"), RECEIPT
    ).facts
    line = fact.bill.lines[1]
    return line.kind, line.sense, line.said


@pytest.mark.parametrize(
    ("day", "kind", "sense"),
    [
        ("2026-02-28", ChargeKind.OTHER, Sense.UNKNOWN),
        ("2026-03-01", ChargeKind.STORAGE, Sense.UNDERSTOOD),
        ("2026-03-31", ChargeKind.STORAGE, Sense.UNDERSTOOD),
        ("2026-04-01", ChargeKind.LIFTGATE, Sense.UNDERSTOOD),
    ],
    ids=["before the first day", "on the first day", "the day before the next", "the next"],
)
def test_a_charge_means_what_was_said_of_the_day_of_the_bill(day, kind, sense):
    later = word("charges", "PET", "liftgate", valid_from=date(2026, 4, 1))
    first = word("charges", "PET", "storage", valid_from=date(2026, 3, 1))

    assert charged(day, later, first)[:2] == (kind, sense)


def test_a_charge_that_is_not_agreed_is_read_with_the_reason():
    said = charged("2026-03-20", word("charges", "PET", "not_agreed", because="no pets on board"))

    assert said == (ChargeKind.OTHER, Sense.NOT_AGREED, "no pets on board")


@pytest.mark.parametrize(
    ("table", "meaning"),
    [("milestones", "not_agreed"), ("charges", "unknown")],
    ids=["no milestone is refused", "nobody says that it is unknown"],
)
def test_only_a_charge_can_be_not_agreed(table, meaning):
    with pytest.raises(UnfitMeaning, match="is none of"):
        refuse_unfit(table, meaning)


def test_only_a_charge_has_a_first_day():
    with pytest.raises(UnfitMeaning, match="first day"):
        refuse_unfit("milestones", "delayed", valid_from=date(2026, 3, 1))
