"""What we send: right counts, right widths, and nothing that would break the file."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from drawbar.edi import (
    Body,
    Dialect,
    Envelope,
    UnableToWrap,
    UnableToWrite,
    read,
    segment,
    wrap,
    write,
)

ENVELOPE = Envelope(
    sender_qualifier="ZZ",
    sender="SHIPPER",
    receiver_qualifier="02",
    receiver="NRTH",
    control_number=41,
    group_number=12,
    sent_at=datetime(2026, 3, 1, 9, 30),  # noqa: DTZ001 - written as it is
)


def tender(*notes: str) -> Body:
    body = [segment("B2", "", "NRTH", "", "S-1", "", "PP"), segment("B2A", "00")]
    return Body("204", (*body, *(segment("NTE", "", note) for note in notes)))


def test_an_interchange_is_written_in_full():
    assert write(wrap([tender()], ENVELOPE)) == (
        b"ISA*00*          *00*          *ZZ*SHIPPER        *02*NRTH           "
        b"*260301*0930*U*00401*000000041*0*P*:~"
        b"GS*SM*SHIPPER*NRTH*20260301*0930*12*X*004010~"
        b"ST*204*0001~B2**NRTH**S-1**PP~B2A*00~SE*4*0001~"
        b"GE*1*12~IEA*1*000000041~"
    )


def test_what_we_write_has_no_findings():
    document = read(write(wrap([tender("A", "B"), tender()], ENVELOPE)))

    assert document.all_findings == ()


def test_sets_of_one_kind_share_a_group_and_numbers_count_on():
    answer = Body("990", (segment("B1", "NRTH", "S-1", "", "A"),))

    interchange = wrap([tender(), tender(), answer], ENVELOPE)

    assert [group.code for group in interchange.groups] == ["SM", "GF"]
    assert [group.control_number for group in interchange.groups] == ["12", "13"]
    assert [item.control_number for item in interchange.sets] == ["0001", "0002", "0003"]


@pytest.mark.parametrize(
    "dialect",
    [
        Dialect(terminator="\n"),
        Dialect(element="|", component=">", terminator="~", line_end="\r\n"),
        Dialect(element="\x1d", component="\x1f", terminator="\x1c"),
    ],
    ids=["lines", "pipes", "control characters"],
)
def test_a_partner_s_dialect_is_written_and_read_again(dialect):
    written = write(wrap([tender("HELLO")], structs.replace(ENVELOPE, dialect=dialect)))

    document = read(written)

    assert document.interchanges[0].dialect == dialect
    assert document.all_findings == ()
    assert write(document) == written


def test_a_newer_version_names_its_repetition_separator():
    dialect = Dialect(repetition="^")
    envelope = structs.replace(ENVELOPE, version="005010", dialect=dialect)

    document = read(write(wrap([tender()], envelope)))

    assert document.interchanges[0].header.get(11) == "^"
    assert document.interchanges[0].version == "00501"
    assert document.all_findings == ()


@pytest.mark.parametrize("mark", ["*", "~", ":", "\n"])
def test_data_with_a_delimiter_is_refused_by_name(mark):
    with pytest.raises(UnableToWrite, match="NTE02 contains the delimiter"):
        write(wrap([tender(f"DOCK {mark} 4")], ENVELOPE))


def test_a_composite_element_may_have_components():
    body = Body("210", (segment("N9", "CN", "PRO1", "", "", "", "", "ZZ:1:ZZ:2"),))

    assert b"ZZ:1:ZZ:2~" in write(wrap([body], ENVELOPE))


def test_a_delimiter_in_data_may_be_replaced_by_choice():
    written = write(wrap([tender("DOCK ~ 4*")], ENVELOPE), replacement="-")

    assert b"NTE**DOCK - 4-~" in written


def test_a_character_outside_the_character_set_is_refused():
    with pytest.raises(UnableToWrite, match="latin-1"):
        write(wrap([tender("Łódź")], ENVELOPE))


@pytest.mark.parametrize(
    "change",
    [
        {"sender": "A NAME THAT IS TOO LONG"},
        {"sender_qualifier": "ZZZ"},
        {"control_number": 10**9},
        {"version": "4010"},
        {"receiver": "NR*TH"},
    ],
    ids=["long id", "long qualifier", "number too large", "no version", "delimiter in an id"],
)
def test_an_envelope_that_does_not_fit_is_refused(change):
    with pytest.raises(UnableToWrap):
        wrap([tender()], structs.replace(ENVELOPE, **change))


def test_a_set_without_group_code_is_refused():
    with pytest.raises(UnableToWrap, match="000"):
        wrap([Body("000", ())], ENVELOPE)


text = st.text(st.characters(codec="latin-1", exclude_characters="*~:\r\n"), max_size=12)


@given(st.lists(st.lists(text, max_size=6), max_size=6))
def test_what_is_written_is_what_is_read(elements):
    body = Body("204", tuple(segment("NTE", *each) for each in elements))
    interchange = wrap([body], ENVELOPE)

    (again,) = read(write(interchange)).interchanges

    assert [(item.tag, item.elements) for item in again.segments] == [
        (item.tag, item.elements) for item in interchange.segments
    ]
    assert again.identity == interchange.identity
