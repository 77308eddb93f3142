"""What our typed messages say is what is read again, and each value knows where it stood."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawbar.edi import Amount, Place, Unparsed, unplaced
from drawbar.edi.component import UnableToWrite
from drawbar.edi.edifact import (
    EDIFACT,
    Envelope,
    Station,
    UnableToState,
    build,
    parse,
    read,
    stated_time,
    wrap,
    write,
)
from drawbar.edi.edifact.detail import FreeText, StatedReference
from drawbar.edi.edifact.instruction import TransportInstruction
from drawbar.edi.edifact.shape import Part, Shape, Spot, bare
from drawbar.edi.edifact.status import Consignment, ConsignmentEvent, ConsignmentStatus
from drawbar.edi.edifact.typed import SHAPES
from drawbar.edi.segment import Dialect

SENT_AT = datetime(2026, 3, 1, 9, 30)  # noqa: DTZ001 - written as it is
LATIN = st.characters(codec="latin-1", exclude_characters="\r\n")


def is_plainly_latin(text: str) -> bool:
    """Say that its bytes cannot be taken for UTF-8, which they would be read as."""
    try:
        text.encode("latin-1").decode()
    except UnicodeDecodeError:
        return True
    return text.isascii()


TEXT = st.text(st.one_of(st.sampled_from("+:'?* A1"), LATIN), min_size=1, max_size=6)
TEXT = TEXT.filter(is_plainly_latin)
AMOUNT = st.decimals(-(10**9), 10**9, places=2).map(lambda each: Amount(each, str(each)))


def field(spot: Spot) -> st.SearchStrategy[Any]:
    if spot.times:
        return st.lists(TEXT, max_size=spot.times).map(tuple)
    if spot.kind == "amount":
        return st.none() | AMOUNT
    return st.none() | st.integers(0, 99_999) if spot.kind == "whole" else TEXT


def stated(shape: Shape) -> st.SearchStrategy[Any]:
    fields = {name: field(spot) for name, spot in shape.spots.items()}
    parts = {part.field: several(part) for part in shape.parts}
    return st.builds(shape.type, **fields, **parts, at=st.just({}))


def several(part: Part) -> st.SearchStrategy[Any]:
    inner = stated(bare(part.shape) if part.of.isupper() else part.shape)
    return inner if part.is_one else st.lists(inner, max_size=2).map(tuple)


def sent(typed: Any, version: str = "3", dialect: Dialect = EDIFACT) -> bytes:
    envelope = Envelope(
        sender=Station(id="NRTH"),
        receiver=Station(id="SHIP"),
        control_reference="7",
        sent_at=SENT_AT,
        syntax_version=version,
        dialect=dialect,
    )
    interchange_dialect = wrap([], envelope).dialect
    return write(wrap([build(typed, dialect=interchange_dialect)], envelope))


def understood(data: bytes) -> Any:
    (item,) = read(data).interchanges[0].sets
    return parse(item)[0]


@pytest.mark.parametrize("code", SHAPES)
@settings(max_examples=25)
@given(data=st.data(), version=st.sampled_from("134"))
def test_what_we_write_is_what_is_read(code, data, version):
    typed = data.draw(stated(SHAPES[code]))

    document = read(sent(typed, version))

    (item,) = document.interchanges[0].sets
    assert {each.severity for each in document.all_findings} <= set()
    assert item.code == code
    assert unplaced(parse(item)[0]) == typed


@given(st.lists(TEXT, min_size=1, max_size=5))
def test_any_separators_carry_any_text(lines):
    own = Dialect(element="|", component="^", terminator="~", release="\\", decimal=",")
    typed = TransportInstruction(number="S-1", texts=(FreeText(lines=tuple(lines)),))

    assert unplaced(understood(sent(typed, dialect=own))) == typed


def test_an_amount_is_written_with_the_mark_of_the_file():
    own = Dialect(element="+", component=":", terminator="'", release="?", decimal=",")
    item = read(sent(INVOICE, dialect=own)).interchanges[0]

    assert item.segments[4].get(1) == "9:1234,5:EUR"
    assert understood(write(item)).total("77", "9") == Decimal("1234.5")


INVOICE = SHAPES["INVOIC"].type(
    number="INV-1",
    kind="780",
    totals=(
        SHAPES["INVOIC"]
        .parts[-2]
        .shape.type(qualifier="9", amount=Amount(Decimal("1234.50")), currency="EUR"),
    ),
)


def test_an_invoice_says_its_currency_only_when_it_has_one():
    other = INVOICE.totals[0].__class__(qualifier="79", currency="USD")
    two = INVOICE.__class__(number="INV-2", totals=(*INVOICE.totals, other))

    assert (INVOICE.currency, two.currency) == ("EUR", "")


def test_a_status_knows_when_and_where_it_was_said():
    typed = ConsignmentStatus(
        number="PRO1",
        consignments=(
            Consignment(
                line="1",
                reference="PRO1",
                events=(
                    ConsignmentEvent(
                        category="1",
                        status="21",
                        reasons=("8", "", "108"),
                        times=(stated_time("334", "202603010930", "203"),),
                    ),
                ),
            ),
        ),
    )

    data = sent(typed)
    event = understood(data).consignments[0].events[0]

    assert (event.status, event.reasons) == ("21", ("8", "", "108"))
    assert event.times[0].on == date(2026, 3, 1)
    offset = data.index(b"DTM+334")
    assert event.times[0].at["text"] == Place(segment=5, element=1, offset=offset, component=2)


def test_a_message_without_typed_form_is_left_in_its_segments():
    text = b"UNB+UNOC:3+A+B+260301:0930+7'UNH+1+QALITY:D:96A:UN'BGM+1'UNT+3+1'UNZ+1+7'"

    assert understood(text) == Unparsed("QALITY")


def test_what_a_message_has_no_place_for_is_refused():
    dated = StatedReference(qualifier="CN", value="1", times=(stated_time("171", "20260301"),))

    with pytest.raises(UnableToState, match="times"):
        sent(ConsignmentStatus(number="1", references=(dated,)))
    with pytest.raises(UnableToState, match="5 texts"):
        sent(TransportInstruction(number="1", texts=(FreeText(lines=("a",) * 6),)))


def test_without_a_release_character_separators_in_data_are_refused():
    own = Dialect(element="+", component=":", terminator="'", release="")

    with pytest.raises(UnableToWrite):
        sent(TransportInstruction(number="A+B"), dialect=own)
