"""Our 204, byte for byte: what a carrier reads when we offer, change or take back a load."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.connectors.port import Sending
from drawbar.connectors.unsayable import Unsayable
from drawbar.connectors.x12_folder.manifest import Delimiters
from drawbar.connectors.x12_folder.outgoing import file_of
from drawbar.freight.delivery import Acknowledge, ReleaseStock, TenderLoad, TenderPurpose
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.money import Money
from drawbar.freight.order import Goods, Stop, StopPurpose
from drawbar.freight.place import Place
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.stream import StreamKey, StreamKind

NOW = datetime(2026, 3, 9, 14, 5, tzinfo=UTC)


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def place(city: str, region: str, postal_code: str, zone: str) -> Place:
    return Place(
        name=f"{city} Dock",
        street="1 Main St",
        city=city,
        region=region,
        postal_code=postal_code,
        zone=zone,
    )


LOAD = TenderLoad(
    tender_ref="S-O-1-V1T1",
    shipment_ref="S-O-1",
    version=1,
    purpose=TenderPurpose.OFFER,
    carrier_ref="ABCD",
    references=(
        Reference(ReferenceKind.SHIPMENT, "S-O-1"),
        Reference(ReferenceKind.PO, "PO-9"),
        Reference(ReferenceKind.BOL, "B-77"),
    ),
    stops=(
        Stop(
            number=1,
            purpose=StopPurpose.PICKUP,
            place=place("Dallas", "TX", "75201", "America/Chicago"),
            earliest_at=at(10, 13),
            latest_at=at(10, 17),
            appointment_at=at(10, 15),
        ),
        Stop(
            number=2,
            purpose=StopPurpose.DELIVERY,
            place=place("Atlanta", "GA", "30303", "America/New_York"),
            earliest_at=at(12, 13),
            latest_at=at(12, 21),
        ),
    ),
    goods=(Goods(sku="PALLET", description="Widgets", pieces=24, weight_lb=Decimal("18000.5")),),
    equipment="dry van",
    note="Call  ahead",
    answer_by=at(9, 15),
    pay=Money(Decimal("2062.5"), "USD"),
)

ISA = (
    "ISA*00*          *00*          *ZZ*ACME           *02*ABCD           "
    "*260309*0905*U*00401*000000007*0*P*>~\n"
)
SEGMENTS = """\
GS*SM*ACMETMS*ABCD*20260309*0905*7*X*004010~
ST*204*0001~
B2**ABCD**S-O-1-V1T1**PP~
B2A*00*LT~
L11*S-O-1*SI~
L11*PO-9*PO~
L11*B-77*BM~
G62*64*20260309*1*1500*UT~
NTE*OTH*Call ahead~
N7**0*********TV~
S5*1*LD~
G62*37*20260310*I*0800*LT~
G62*38*20260310*K*1200*LT~
G62*69*20260310*U*1000*LT~
N1*SF*Dallas Dock~
N3*1 Main St~
N4*Dallas*TX*75201*US~
L5**Widgets*PALLET*Z~
AT8*G*L*18000.5*24~
S5*2*UL~
G62*53*20260312*G*0900*LT~
G62*54*20260312*L*1700*LT~
N1*ST*Atlanta Dock~
N3*1 Main St~
N4*Atlanta*GA*30303*US~
L3*18000.5*G***206250******24*L~
SE*26*0001~
GE*1*7~
IEA*1*000000007~
"""


def sending(payload, number: int = 7) -> Sending:
    stream = StreamKey(StreamKind.SHIPMENT, "S-O-1")
    return Sending(number=number, business_key="S-O-1-V1T1:offer", stream=stream, payload=payload)


def written(profile, load: TenderLoad = LOAD, **by) -> str:
    return file_of(sending(load), profile(**by), now=NOW).decode()


def segment(text: str, tag: str) -> str:
    return next(line.strip("~") for line in text.splitlines() if line.startswith(f"{tag}*"))


def test_an_offer_reads_like_this(profile):
    assert written(profile) == ISA + SEGMENTS


@pytest.mark.parametrize(
    ("purpose", "code"), [(TenderPurpose.CHANGE, "04"), (TenderPurpose.CANCEL, "01")]
)
def test_a_change_and_an_end_say_so(profile, purpose, code):
    text = written(profile, structs.replace(LOAD, purpose=purpose, answer_by=None))

    assert segment(text, "B2A") == f"B2A*{code}*LT"
    assert "G62*64" not in text


def test_a_partner_may_want_other_delimiters_and_another_version(profile):
    cut = Delimiters(element="|", component="^", terminator="\n", line_end="")
    text = written(profile, delimiters=cut, version="005010")

    assert "\nB2||ABCD||S-O-1-V1T1||PP\n" in text
    assert "|00501|" in text
    assert text.splitlines()[1].endswith("|X|005010")


def test_the_same_carrier_may_go_by_another_code(profile):
    assert segment(written(profile, scacs={"ABCX": "ABCD"}), "B2").startswith("B2**ABCX*")


def test_a_profile_names_its_own_qualifiers(profile):
    text = written(profile, references={"PO": ReferenceKind.PO, "MB": ReferenceKind.BOL})

    assert "L11*B-77*MB~" in text


def test_a_delimiter_in_a_name_becomes_a_blank(profile):
    stop = structs.replace(LOAD.stops[0], place=structs.replace(LOAD.stops[0].place, name="A*B~C"))
    text = written(profile, structs.replace(LOAD, stops=(stop, LOAD.stops[1])))

    assert "N1*SF*A B C~" in text


def test_a_long_note_goes_out_in_parts(profile):
    text = written(profile, structs.replace(LOAD, note="x" * 200))

    assert [len(line) for line in text.splitlines() if line.startswith("NTE")] == [89, 89, 49]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"equipment": "submarine"}, "equipment"),
        ({"note": "x" * 801}, "note"),
        ({"tender_ref": "S-" + "O" * 40}, "B204"),
    ],
    ids=["a trailer without a code", "a novel", "a name too long for X12"],
)
def test_what_cannot_be_said_is_refused_before_it_goes_out(profile, change, field):
    with pytest.raises(Unsayable) as refusal:
        written(profile, structs.replace(LOAD, **change))

    assert refusal.value.field == field


def test_nothing_else_goes_out_as_x12(profile):
    with pytest.raises(Unsayable):
        file_of(sending(ReleaseStock(order_ref="O-1")), profile(), now=NOW)


def test_a_receipt_gets_our_control_numbers_and_the_partners_words(profile, hear):
    body = "B10*1*S-O-1-V1T1*ABCD\nLX*1\nAT7*X3*NS***20260310*0940*LT"
    (reply,) = hear("214", body, by={"milestones": {"X3": MilestoneKind.ARRIVED_PICKUP}}).replies
    assert isinstance(reply.payload, Acknowledge)

    text = file_of(sending(reply.payload, number=12), profile(), now=NOW).decode()

    assert text.startswith("ISA*00*          *00*          *ZZ*ACME           *02*ABCD")
    assert "*000000012*0*P*>~GS*FA*ACMETMS*ABCD*20260309*0905*12*X*004010~" in text
    assert "AK1*QM*41~AK2*214*0001~AK5*A~AK9*A*1*1*1~" in text
