"""Whether a segment is right is asked in one pass; what is wrong is named by the slower check."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawbar.edi.segment import Segment
from drawbar.edi.x12.check import check_segment
from drawbar.edi.x12.release import RELEASES, Release

CODES = sorted({code for release in RELEASES for table in release.codes.values() for code in table})
PLAIN = ["1", "-12", "1.5", ".", "-", "12.", "223125", "20260314", "20260230", "260314", "1200"]
ODD = ["2460", "USD", "X" * 100, "9" * 19, "\x07", " ", " BM ", "é", "１２"]
TEXTS = st.one_of(st.just(""), st.sampled_from(PLAIN + ODD), st.sampled_from(CODES), st.text())


@pytest.mark.parametrize("release", RELEASES, ids=lambda one: one.version)
@settings(max_examples=1_000)
@given(data=st.data(), elements=st.lists(TEXTS, max_size=24))
def test_a_segment_fits_exactly_where_nothing_is_found(
    release: Release, data: st.DataObject, elements: list[str]
):
    tag = data.draw(st.sampled_from(sorted(release.segments)))
    segment = Segment(tag, tuple(elements))

    fits = release.forms[tag].fits(segment.elements)

    assert fits is not any(check_segment(segment, release))


@pytest.mark.parametrize(
    ("tag", "elements"),
    [
        ("B3", ("", "N1", "S-1", "CC", "", "20260314", "223125", "", "", "", "ABCD")),
        ("L1", ("1", "412.5", "FR", "41250", "", "", "", "FUE")),
        ("N9", ("BM", "B-1")),
    ],
    ids=["the head of an invoice", "a charge", "a reference"],
)
def test_what_a_carrier_writes_every_day_fits(tag: str, elements: tuple[str, ...]):
    assert RELEASES[-1].forms[tag].fits(elements)
