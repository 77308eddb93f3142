"""The profile of a partner: each field changes what is read, written, answered or awaited."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from drawbar.connectors.port import Sending
from drawbar.connectors.x12_folder.agreement import Acks
from drawbar.connectors.x12_folder.manifest import Delimiters, Mailbox, capabilities
from drawbar.connectors.x12_folder.outgoing import file_of
from drawbar.connectors.x12_folder.profile_rule import profile_mistakes
from drawbar.edi import Acknowledgement, interchange_receipts, parse, read
from drawbar.freight.control_number import ControlNumbers
from drawbar.freight.delivery import TenderLoad, TenderPurpose
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.order import Goods, Stop, StopPurpose
from drawbar.freight.place import Place
from drawbar.freight.receipt import Fallback
from drawbar.freight.stream import StreamKey, StreamKind

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
STATUS = """B10*PRO9*S-1001-V1T1*ABCD
LX*1
AT7*X1*NS***20260310*0915*CS
"""
BILL = """B3**19267*S-1001*PP**20260320*10000****ABCD
C3*USD
LX*1
L0*1***500*G***2*PCS**M
L1*1***10000****400
L3*****10000
"""


def tender() -> TenderLoad:
    dock = Place(
        name="Dock", street="1 Main", city="Dallas", region="TX", postal_code="75201",
        country="US", zone="America/Chicago",
    )  # fmt: skip
    stops = tuple(
        Stop(number=number, purpose=purpose, place=dock, earliest_at=NOW, latest_at=NOW)
        for number, purpose in enumerate((StopPurpose.PICKUP, StopPurpose.DELIVERY), start=1)
    )
    return TenderLoad(
        tender_ref="S-1001-V1T1",
        shipment_ref="S-1001",
        version=1,
        purpose=TenderPurpose.OFFER,
        carrier_ref="ABCD",
        references=(),
        stops=stops,
        goods=(Goods(sku="A", pieces=1, weight_lb=1),),
        equipment="dry van",
    )


def sent(profile, payload: Any, **control: int):
    numbers = ControlNumbers(group_type="SM", **({"interchange": 23, "group": 17} | control))
    sending = Sending(
        number=5012,
        business_key="k",
        stream=StreamKey(StreamKind.SHIPMENT, "S-1001"),
        payload=payload,
        control=numbers,
    )
    return read(file_of(sending, profile, now=NOW)).interchanges[0]


def test_a_file_goes_out_under_the_numbers_that_were_drawn_for_it(profile):
    made = sent(profile(), tender())

    assert made.identity.control_number == "000000023"
    assert made.groups[0].control_number == "17"


def test_each_set_has_its_own_version(profile):
    made = sent(profile(versions={"204": "005010"}), tender())

    assert (made.version, made.groups[0].version) == ("00501", "005010")


def test_what_the_partner_wants_cut_is_cut_so(profile):
    cut = Delimiters(element="^", component=":", repetition="!", terminator="'", line_end="\r\n")
    made = sent(profile(delimiters=cut, version="005010"), tender())

    assert made.dialect.element == "^"
    assert made.raw.count(b"'\r\n") == len(made.segments)


@pytest.mark.parametrize("asked", [True, False], ids=["asked for", "not asked for"])
def test_a_ta1_is_asked_for_in_the_envelope(profile, asked):
    assert sent(profile(acks=Acks(ask_ta1=asked)), tender()).asks_receipt is asked


def test_a_partner_may_send_under_more_ids_than_one_and_is_answered_there(hear, profile):
    by = {"theirs_also": (Mailbox(qualifier="02", id="ABCX"),)}
    reading = hear("214", STATUS, by=by, sender="ABCX")

    assert len(reading.facts) == 1
    made = sent(profile(**by), reading.replies[0].payload)
    assert (made.identity.sender, made.identity.receiver) == ("ACME", "ABCX")


def test_we_may_be_called_by_more_names_than_one(hear):
    by = {"ours_also": (Mailbox(id="ACMEOLD"),)}

    assert hear("214", STATUS, receiver="ACMEOLD").facts == ()
    assert len(hear("214", STATUS, by=by, receiver="ACMEOLD").facts) == 1


def test_a_segment_that_was_agreed_on_and_lacks_is_rejected_in_our_receipt_too(hear):
    by = {"required": {"214": ("MS1", "L11/02=BM")}}
    reading = hear("214", STATUS, by=by)

    assert reading.facts == ()
    assert [one.text for one in reading.problems] == [
        "We rejected this 214: MS1: agreed with this partner, and missing.",
        "We rejected this 214: L11/02=BM: agreed with this partner, and missing.",
    ]
    assert b"AK5*R" in reading.replies[0].payload.answer


@pytest.mark.parametrize("weight", ["accept", "warn"])
def test_how_much_a_lacking_segment_weighs_is_said_like_any_finding(hear, weight):
    by = {"required": {"214": ("MS1",)}, "findings": {"segment_missing": weight}}

    assert len(hear("214", STATUS, by=by).facts) == 1


def test_a_segment_with_the_agreed_value_is_enough(hear):
    by = {"required": {"214": ("L11/02=BM",)}}
    body = STATUS.replace("LX*1", "L11*B77*BM\nLX*1")

    assert len(hear("214", body, by=by).facts) == 1


@pytest.mark.parametrize(
    ("said", "at", "is_local"),
    [
        ({}, datetime(2026, 3, 10, 15, 15, tzinfo=UTC), False),
        ({"CS": "America/Denver"}, datetime(2026, 3, 10, 15, 15, tzinfo=UTC), False),
        ({"CS": "Etc/UTC"}, datetime(2026, 3, 10, 9, 15, tzinfo=UTC), False),
        ({"CS": "stop"}, datetime(2026, 3, 10, 9, 15, tzinfo=UTC), True),
    ],
    ids=["as the standard says", "a zone", "another zone", "the clock of the stop"],
)
def test_a_code_of_a_zone_means_what_the_profile_says(hear, said, at, is_local):
    (fact,) = hear("214", STATUS, by={"zones_heard": said}).facts

    assert fact.happened_at == at
    assert (fact.local_at is not None) is is_local


@pytest.mark.parametrize(
    ("units", "weight"),
    [({}, None), ({"M": "lb"}, "500"), ({"M": "kg"}, "1102.31")],
    ids=["nobody said", "pounds", "kilograms"],
)
def test_a_unit_means_what_the_profile_says(hear, units, weight):
    (fact,) = hear("210", BILL, by={"units": units}).facts
    shown = fact.bill.lines[0].shown

    assert (None if shown is None or shown.weight_lb is None else f"{shown.weight_lb:f}") == weight


def test_status_and_reason_together_may_mean_something_else(hear):
    by = {"milestones": {"X1/NS": MilestoneKind.DELIVERED}}

    assert hear("214", STATUS, by=by).facts[0].milestone is MilestoneKind.DELIVERED


@pytest.mark.parametrize(("answer", "codes"), [("usual", ["997"]), ("999", ["999"]), ("none", [])])
def test_the_receipt_that_we_send_is_the_agreed_one(hear, profile, answer, codes):
    acks = Acks(answer=answer)
    replies = hear("214", STATUS, by={"acks": acks}).replies

    made = [sent(profile(acks=acks), one.payload) for one in replies]
    assert [item.code for one in made for item in one.sets] == codes
    assert all(isinstance(parse(item)[0], Acknowledgement) for one in made for item in one.sets)


@pytest.mark.parametrize(
    ("ta1", "asks", "count"),
    [("asked", False, 0), ("asked", True, 1), ("always", False, 1), ("never", True, 0)],
)
def test_a_ta1_goes_along_as_agreed_in_the_same_envelope(
    hear_bytes, wrap, profile, ta1, asks, count
):
    acks = Acks(ta1=ta1)
    body = wrap("214", STATUS).replace(b"*0*P*", b"*1*P*" if asks else b"*0*P*", 1)
    (reply,) = hear_bytes(body, acks=acks).replies
    made = sent(profile(acks=acks), reply.payload)

    assert len(interchange_receipts(made)) == count
    assert [item.code for item in made.sets] == ["997"]
    assert made.findings == ()


def test_what_a_partner_owes_us_is_known_before_it_is_sent(profile):
    way = Fallback(by="e-mail", to="ops@abcd.example", after_minutes=120)
    agreed = profile(acks=Acks(due_minutes=60), fallback=way)
    owed = capabilities(agreed).receipts["TenderLoad"].from_now(NOW)

    assert owed.due_at == NOW + timedelta(minutes=60)
    assert (owed.fallback_at, owed.fallback) == (
        NOW + timedelta(minutes=120),
        "by e-mail to ops@abcd.example",
    )


MISTAKES: dict[str, tuple[dict[str, Any], tuple[str | int, ...]]] = {
    "a qualifier of one character": (
        {"ours": {"qualifier": "Z", "id": "A"}},
        ("ours", "qualifier"),
    ),
    "an id that does not fit": ({"ours": {"id": "A" * 16}}, ("ours", "id")),
    "one id on both sides": ({"theirs": {"id": "ACME"}}, ("theirs",)),
    "an id named twice": (
        {"theirs_also": [{"qualifier": "02", "id": "ABCD"}]},
        ("theirs_also", 0),
    ),
    "two delimiters alike": ({"delimiters": {"component": "*"}}, ("delimiters", "element")),
    "no terminator": ({"delimiters": {"terminator": ""}}, ("delimiters", "terminator")),
    "a letter as delimiter": ({"delimiters": {"element": "A"}}, ("delimiters", "element")),
    "a repetition too early": ({"delimiters": {"repetition": "^"}}, ("delimiters", "repetition")),
    "a character set that is none": ({"charset": "latin-99"}, ("charset",)),
    "a status of two minds": (
        {"milestones": {"XB": "delivered"}},
        ("milestones", "XB"),
    ),
    "a set that is none": ({"required": {"IFTSTA": ["MS1"]}}, ("required", "IFTSTA")),
    "a version of a receipt": ({"versions": {"997": "005010"}}, ("versions", "997")),
    "a TA1 beside nothing": ({"acks": {"answer": "none", "ta1": "always"}}, ("acks", "ta1")),
    "a way round too early": (
        {
            "acks": {"due_minutes": 60},
            "fallback": {"by": "phone", "to": "1", "after_minutes": 30},
        },
        ("fallback", "after_minutes"),
    ),
}


@pytest.mark.parametrize(("said", "path"), MISTAKES.values(), ids=MISTAKES)
def test_what_contradicts_itself_is_named_where_it_stands(profile, said, path):
    whole = msgspec.to_builtins(profile()) | said
    agreed = msgspec.convert(whole, type(profile()))

    assert [where for where, _, _ in profile_mistakes(agreed)] == [path]


def test_a_profile_without_contradiction_is_not_complained_of(profile):
    assert list(profile_mistakes(profile())) == []
