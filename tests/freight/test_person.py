"""Who decided: what a person wrote names that person, what a system said names nobody."""

from datetime import UTC, datetime

import pytest

from drawbar.freight.lineage import Lineage
from drawbar.freight.milestone import MilestoneKind, MilestoneReported, Source
from drawbar.freight.person import person_of
from drawbar.freight.tender import Answer, LoadHeld, TenderAnswered

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
SAID = {"key": "k", "happened_at": AT, "learned_at": AT, "lineage": Lineage(message_ref="M-1")}


def report(source):
    return MilestoneReported(
        **SAID, references=(), milestone=MilestoneKind.DELAYED, source=source, reported_by="Dee"
    )


@pytest.mark.parametrize(
    ("fact", "who"),
    [
        pytest.param(
            LoadHeld(**SAID, shipment_ref="S-1", held_by="Dee", reason="flood"), "Dee", id="a hold"
        ),
        pytest.param(report(Source.MANUAL), "Dee", id="an event by hand"),
        pytest.param(report(Source.CARRIER), "", id="an event of the carrier"),
        pytest.param(
            TenderAnswered(**SAID, references=(), carrier_ref="ABCD", answer=Answer.ACCEPTED),
            "",
            id="an answer of the carrier",
        ),
    ],
)
def test_a_person_is_named_where_a_person_spoke(fact, who):
    assert person_of(fact) == who
