"""A carrier with an API keeps what it is told about its bills, and shows it to who asks."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from drawbar.world.carrier_api.carrier import ApiCarrier
from drawbar.world.carrier_api.shape import Notice
from drawbar.world.exchange import Refusal
from drawbar.world.score.books import notices_in

SHORT_PAID = Notice(
    reference="refuse:B-1",
    carrier="NRTH",
    invoice="N-17",
    about="B-1",
    reason="NO_EVENT",
    text="Nobody waited.",
    refused=Decimal("168.75"),
    currency="USD",
)


@pytest.fixture
def carrier(tmp_path: Path) -> Iterator[ApiCarrier]:
    carrier = ApiCarrier(tmp_path / "northlake")
    yield carrier
    carrier.store.close()


def test_a_notice_is_found_by_its_reference_only(carrier: ApiCarrier):
    noted = carrier.note(SHORT_PAID)

    assert carrier.notices("refuse:B-1") == [noted]
    assert carrier.notices("refuse:B-2") == []
    assert (noted["notice_id"], noted["refused"]) == ("NN-000001", "168.75")


def test_who_asks_for_no_reference_gets_them_all(carrier: ApiCarrier):
    carrier.note(SHORT_PAID)

    assert len(carrier.notices("")) == 1


def test_a_notice_about_no_invoice_is_refused(carrier: ApiCarrier):
    with pytest.raises(Refusal):
        carrier.note(Notice(reference="refuse:B-2", carrier="NRTH", invoice=""))


def test_whoever_reads_the_carriers_book_learns_which_bill_was_answered(
    carrier: ApiCarrier, tmp_path: Path
):
    carrier.note(SHORT_PAID)

    assert [(one.carrier, one.number) for one in notices_in(tmp_path)] == [("NRTH", "N-17")]
