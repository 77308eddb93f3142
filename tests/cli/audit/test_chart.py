"""The bars of a report: labelled in words, as long as their amounts, within the picture."""

import re
from decimal import Decimal

from drawbar.cli.audit.chart import WIDTH, Bar, bars

WORDS = "it came after the time for further bills of the load"


def bar(label: str, saved: str, code: str = "") -> Bar:
    amount = Decimal(saved)
    return Bar(label=label, code=code, saved=amount, undecided=Decimal(0), text=f"{saved} USD")


def widths(drawn: str) -> list[float]:
    return [float(one) for one in re.findall(r'<rect[^>]* width="([0-9.]+)"', drawn)]


def test_a_bar_is_labelled_in_words_with_its_code_beside_them():
    drawn = bars("Money by reason", [bar(WORDS, "10.00", "LATE_BILL")])

    assert WORDS in drawn
    assert "LATE_BILL</tspan>" in drawn


def test_bars_are_as_long_as_their_amounts():
    long, short = widths(bars("", [bar("A", "10.00"), bar("B", "5.00")]))

    assert long == 2 * short


def test_short_labels_leave_more_room_for_bars_and_all_end_within_the_picture():
    (short,), (long,) = (widths(bars("", [bar(one, "1")])) for one in ("ABCD", WORDS * 2))

    assert short > long > WIDTH / 4
    assert short < WIDTH * 3 / 4
