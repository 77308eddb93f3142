"""Our IFTMIN, byte for byte: what a carrier reads when we offer, change or take back a load."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.connectors.edifact_folder.manifest import Delimiters
from drawbar.connectors.edifact_folder.outgoing import file_of
from drawbar.connectors.port import Sending, Unreachable
from drawbar.connectors.unsayable import Unsayable
from drawbar.edi import parse, read
from drawbar.freight.control_number import ControlNumbers
from drawbar.freight.delivery import Acknowledge, ReleaseStock, TenderLoad, TenderPurpose
from drawbar.freight.money import Money
from drawbar.freight.order import Goods, Stop, StopPurpose
from drawbar.freight.place import Place
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.stream import StreamKey, StreamKind

NOW = datetime(2026, 3, 9, 14, 5, tzinfo=UTC)


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def place(name: str, city: str, zone: str = "Europe/Berlin") -> Place:
    return Place(
        name=name, street="Hafen 1", city=city, postal_code="20457", country="DE", zone=zone
    )


LOAD = TenderLoad(
    tender_ref="S-O-1-V1T1",
    shipment_ref="S-O-1",
    version=1,
    purpose=TenderPurpose.OFFER,
    carrier_ref="NORD",
    references=(
        Reference(ReferenceKind.SHIPMENT, "S-O-1"),
        Reference(ReferenceKind.BOL, "B+77"),
    ),
    stops=(
        Stop(
            number=1,
            purpose=StopPurpose.PICKUP,
            place=place("Lager O'Brien", "Hamburg"),
            earliest_at=at(10, 7),
            latest_at=at(10, 9),
            appointment_at=at(10, 8),
        ),
        Stop(
            number=2,
            purpose=StopPurpose.DELIVERY,
            place=place("Markt", "Köln"),
            earliest_at=at(11, 7),
            latest_at=at(11, 9),
        ),
    ),
    goods=(Goods(sku="PALLET", pieces=24, weight_lb=Decimal("18000.50")),),
    equipment="dry van",
    note="Call before arrival.",
    answer_by=at(9, 18),
    pay=Money(Decimal("1650.00"), "EUR"),
)
SENT = """UNA:+.? '
UNB+UNOC:3+ACME+4012345000009:14:DISPO+260309:1505+17++++1'
UNH+1+IFTMIN:D:96A:UN'
BGM+340+S-O-1-V1T1+9'
DTM+234:202603100800:203'
DTM+235:202603101000:203'
DTM+200:202603100900:203'
DTM+64:202603110800:203'
DTM+63:202603111000:203'
MOA+64:1650:EUR'
FTX+AAI+++Call before arrival. Answer before 2026-03-09 18?:00 UTC.'
CNT+7:18000.5:LBR'
CNT+11:24'
RFF+CU:S-O-1'
RFF+BM:B?+77'
TDT+20++3++NORD::182'
NAD+CZ+++Lager O?'Brien+Hafen 1+Hamburg++20457+DE'
NAD+CN+++Markt+Hafen 1+Köln++20457+DE'
GID+1+24:PK'
FTX+AAA+++PALLET'
MEA+WT+G+LBR:18000.5'
EQD+TE++TV'
UNT+21+1'
UNZ+1+17'
"""


def sending(payload=LOAD, **more) -> Sending:
    stream = StreamKey(StreamKind.SHIPMENT, "S-O-1")
    return Sending(number=17, business_key="k", stream=stream, payload=payload, **more)


def sent(profile, payload=LOAD, **by) -> str:
    return file_of(sending(payload), profile(**by), now=NOW).decode("latin-1")


def test_an_offer_is_written_byte_for_byte(profile):
    assert sent(profile) == SENT


def test_what_we_write_is_read_without_a_finding(profile):
    document = read(sent(profile).encode("latin-1"))

    (item,) = document.interchanges[0].sets
    assert document.all_findings == parse(item)[1] == ()


@pytest.mark.parametrize(
    ("purpose", "function"),
    [(TenderPurpose.CHANGE, "5"), (TenderPurpose.CANCEL, "1")],
)
def test_a_change_and_an_end_name_the_same_tender(profile, purpose, function):
    text = sent(profile, structs.replace(LOAD, purpose=purpose))

    assert f"BGM+340+S-O-1-V1T1+{function}'" in text


def test_the_profile_says_how_it_is_cut_and_which_directory(profile):
    cut = Delimiters(
        element="|", component="^", release="!", terminator="~", line_end="", decimal=","
    )
    text = sent(profile, delimiters=cut, syntax="UNOY:4", version="D.01B", association="EAN010")

    assert text.startswith("UNA^|,!*~UNB|UNOY^4|ACME|4012345000009^14^DISPO|20260309^1505|17|")
    assert "UNH|1|IFTMIN^D^01B^UN^EAN010~" in text
    assert "CNT|7^18000,5^LBR~" in text
    assert "B+77" in text


def test_a_number_that_was_drawn_is_the_reference(profile):
    drawn = ControlNumbers(group_type="UNB", interchange=9, group=8)

    text = file_of(sending(control=drawn), profile(), now=NOW).decode("latin-1")

    assert text.endswith("UNZ+1+8'\n")


def test_without_numbers_nothing_is_written(profile):
    with pytest.raises(Unreachable):
        file_of(sending(control=ControlNumbers(group_type="UNB")), profile(), now=NOW)


THIRD = structs.replace(LOAD.stops[1], number=3)
REFUSED = {
    "more stops than an instruction has": structs.replace(LOAD, stops=(*LOAD.stops, THIRD)),
    "a trailer without a code": structs.replace(LOAD, equipment="submarine"),
    "a note without end": structs.replace(LOAD, note="word " * 800),
    "letters that the file cannot hold": structs.replace(LOAD, note="Привет"),
    "a reference that is too long": structs.replace(LOAD, shipment_ref="S" * 90),
    "nothing for a carrier": ReleaseStock(order_ref="O-1"),
    "an answer that is none": Acknowledge(message_ref="M", group="1", answer=b"junk"),
}


@pytest.mark.parametrize("payload", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_said_is_refused_on_our_side(profile, payload):
    with pytest.raises(Unsayable):
        sent(profile, payload)


@pytest.mark.parametrize(
    "by",
    [
        {"syntax": "UNOC"},
        {"version": "96A"},
        {"references_reversed": True},
        {"role": "customer"},
    ],
)
def test_a_profile_that_cannot_be_is_refused(profile, by):
    with pytest.raises(ValueError, match=r"written as|EDIFACT has"):
        profile(**by)
