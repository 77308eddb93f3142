"""``drawbar partner numbers``: both sides are seen; who begins them anew is kept for ever."""

import json
from collections.abc import Iterator

import pytest

from drawbar.engine import Engine
from drawbar.freight.control_number import INTERCHANGE, NumberHeard
from drawbar.messages.heard_numbers import Use, eras, hear
from drawbar.records.server import Logins
from tests.cli.stand import Run, working


@pytest.fixture(scope="module")
def engine(firm: Logins) -> Iterator[Engine]:
    with working(firm) as opened:
        yield opened


@pytest.fixture(scope="module", autouse=True)
def counted(engine: Engine) -> None:
    """Hear 41 and 44 from ABCD."""
    uses = [
        Use(
            f"M-{number}",
            NumberHeard(system="abcd", series=INTERCHANGE, number=number, content=f"{number}"),
        )
        for number in (41, 44)
    ]
    engine.within(lambda batch, _: hear(batch.cursor, uses, now=batch.now))


def told(run: Run, *more: str):
    found = run("partner", "numbers", "ABCD", "--json", *more)
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def test_a_partner_is_named_by_its_own_name_or_that_of_its_system(run):
    by_system = run("partner", "numbers", "abcd")

    assert by_system.exit_code == 0
    assert "interchange" in by_system.stdout
    assert "gap" in by_system.stdout
    assert told(run)["system"] == "abcd"


def test_what_never_came_is_listed(run):
    assert [one["number"] for one in told(run)["missing"]] == [42, 43]


def test_a_reset_without_a_word_is_refused(run):
    found = run("partner", "numbers", "ABCD", "--reset", "in", "--by", "Ana")

    assert found.exit_code == 2
    assert "kept for ever" in found.stderr


def test_a_stranger_is_answered_with_those_that_are(run):
    found = run("partner", "numbers", "WXYZ")

    assert found.exit_code == 3
    assert "ABCD" in found.stderr


def test_nothing_is_reset_that_was_never_counted(run):
    found = run("partner", "numbers", "ABCD", "--reset", "out", "--by", "Ana", "--because", "x")

    assert found.exit_code == 5


def test_a_reset_begins_anew_and_is_kept_with_its_reason(run, engine):
    after = told(run, "--reset", "in", "--by", "Ana", "--because", "their new translator")

    (series,) = [one for one in after["series"] if one["series"] == INTERCHANGE]
    note = after["notes"][0]
    assert (series["last"], series["era"], after["missing"]) == (0, 1, [])
    assert (note["kind"], note["said_by"], note["because"], note["first"]) == (
        "reset", "Ana", "their new translator", 44,
    )  # fmt: skip
    assert engine.within(lambda batch, _: eras(batch.cursor, ["abcd"])) == {"abcd": 1}


def test_after_a_reset_an_old_number_is_a_new_one(engine):
    use = Use("M-9", NumberHeard(system="abcd", series=INTERCHANGE, number=41, content="new"))

    assert engine.within(lambda batch, _: hear(batch.cursor, [use], now=batch.now)) == ()
