"""What the ERP holds under our key, read back in any order, agrees only when one document does."""

from itertools import permutations

import pytest

from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.delivery import DeliveryConfirmed, DocumentSeen
from drawbar.freight.stream import StreamKey, StreamKind
from tests.flow.stage import Stage, answered, bill, driven, released, usd, when

B1 = StreamKey(StreamKind.FREIGHT_BILL, "B-1")
CASE = (CaseKind.ERP_DIFFERENCE, B1, "B-1/1")


def billed() -> Stage:
    stage = Stage()
    lines = ((ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "412.50"))
    stage.learn(released(), answered("S-1001-V1T1"), *driven(), bill(*lines))
    return stage


def seen(number: str, state: str = "posted", amount: str = "2062.50", at: int = 0) -> DocumentSeen:
    return DocumentSeen(
        key=f"seen:{number}:{state}:{amount}:{at}",
        system="erp",
        business_key="B-1/1",
        document=number,
        state=state,
        total=usd(amount),
        **when(9000 + at),
    )


def confirmed(number: str) -> DeliveryConfirmed:
    return DeliveryConfirmed(
        key=f"confirmed:{number}",
        stream=B1,
        business_key="B-1/1",
        delivery_kind="PostVoucher",
        system="erp",
        document=number,
        **when(9500),
    )


def agrees(stage: Stage) -> bool:
    (voucher,) = stage.bill("B-1").documents
    assert voucher.agrees is (CASE not in stage.cases)
    return voucher.agrees


@pytest.mark.parametrize("last", ["D-1", "D-2"])
def test_a_document_that_stands_twice_stays_so_whichever_is_seen_again(last: str):
    stage = billed()

    stage.learn(seen("D-1"), seen("D-2"), seen(last, at=1))

    assert not agrees(stage)
    assert "stands twice: as D-1 and as D-2" in stage.cases[CASE].text


def test_the_second_of_two_taken_back_in_the_erp_ends_the_difference():
    facts = (seen("D-1"), seen("D-2"), seen("D-2", "cancelled", at=1))
    for order in permutations(facts):
        stage = billed()

        stage.learn(*order)

        assert agrees(stage)
        assert stage.bill("B-1").documents[0].document == "D-1"


def test_a_document_cancelled_in_the_erp_differs_until_another_stands():
    stage = billed()
    stage.learn(seen("D-1"), seen("D-1", "cancelled", at=1))
    assert "D-1 is cancelled, and nothing else stands" in stage.cases[CASE].text

    stage.learn(seen("D-3", at=2))

    assert agrees(stage)
    assert stage.bill("B-1").documents[0].document == "D-3"


def test_a_number_confirmed_after_another_was_seen_is_a_second_document():
    stage = billed()
    stage.learn(seen("D-2"))
    assert agrees(stage)

    stage.learn(confirmed("D-1"))

    assert not agrees(stage)
    assert "stands twice" in stage.cases[CASE].text


def test_another_total_differs_until_it_is_corrected():
    stage = billed()
    stage.learn(confirmed("D-1"), seen("D-1", amount="2062.49"))
    assert "D-1 says 2,062.49 USD, our ledger 2,062.50 USD" in stage.cases[CASE].text

    stage.learn(seen("D-1", at=1))

    assert agrees(stage)
