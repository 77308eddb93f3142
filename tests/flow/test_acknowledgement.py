"""Receipts: ABCD owes one for our tender in 60 minutes; after 90 it is told by e-mail."""

from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from drawbar.freight.case import CaseKind
from drawbar.freight.delivery import AckReceived, DeliveryConfirmed
from drawbar.freight.receipt import Fallback, ReceiptTerms
from drawbar.freight.stream import StreamKey, StreamKind
from tests.flow.stage import MONDAY, Stage, released, when

LOAD = StreamKey(StreamKind.SHIPMENT, "S-1001")
FALLBACK = Fallback(by="e-mail", to="dispatch@abcd.example", after_minutes=90)
TERMS = ReceiptTerms(due_minutes=60, fallback=FALLBACK)


def sent(control: str = "SM 17", terms: ReceiptTerms | None = TERMS) -> DeliveryConfirmed:
    at = when(-590)
    return DeliveryConfirmed(
        key=f"confirmed:{control}",
        stream=LOAD,
        business_key="S-1001-V1T1:offer",
        delivery_kind="TenderLoad",
        system="abcd",
        document="5012",
        control=control,
        envelope="501",
        receipt=terms.from_now(at["learned_at"]) if terms else None,
        **at,
    )


def receipt(number: str = "17", *, accepted: bool = True, text: str = "", at: float = -580):
    return AckReceived(
        key=f"receipt:{number}:{accepted}",
        partner="ABCD",
        system="abcd",
        group_type="SM",
        control=number,
        accepted=accepted,
        text=text,
        **when(at),
    )


def stage(*facts) -> Stage:
    made = Stage()
    made.learn(released(), *facts)
    return made


def minutes(number: float):
    return MONDAY + timedelta(minutes=-590 + number)


def acknowledged(made: Stage) -> bool:
    return made.shipment("S-1001").waterfall.offers[0].acknowledged_at is not None


def missing(made: Stage) -> list[str]:
    return sorted(item for kind, _, item in made.cases if kind is CaseKind.ACK_MISSING)


@pytest.mark.parametrize("order", list(permutations([sent(), receipt()])), ids=["sent", "receipt"])
def test_whether_receipt_or_confirmation_comes_first_changes_nothing(order):
    made = stage(*order)
    made.pass_time(minutes(1_000))

    assert acknowledged(made)
    assert (missing(made), made.parked) == ([], [])


@given(st.permutations([sent("SM 17"), sent("SM 18"), receipt("17"), receipt("18")]))
def test_every_order_of_two_sendings_and_their_receipts_leaves_nothing_open(order):
    made = stage(*order)
    made.pass_time(minutes(30))

    assert (missing(made), made.parked) == ([], [])
    assert not [name for _, name in made.deadlines if "receipt" in name or "fallback" in name]


def test_a_receipt_that_does_not_come_in_time_is_a_case():
    made = stage(sent())
    made.pass_time(minutes(59))
    assert missing(made) == []

    made.pass_time(minutes(60))

    assert missing(made) == ["abcd SM 17 receipt"]
    case = made.cases[CaseKind.ACK_MISSING, LOAD, "abcd SM 17 receipt"]
    assert case.owner == "integration"
    assert "SM 17 (S-1001-V1T1:offer)" in case.text


def test_after_longer_silence_the_case_names_the_other_way():
    made = stage(sent())
    made.pass_time(minutes(90))

    case = made.cases[CaseKind.ACK_MISSING, LOAD, "abcd SM 17 fallback"]
    assert "by e-mail to dispatch@abcd.example" in case.text
    assert "S-1001-V1T1:offer" in case.remedy


def test_a_late_receipt_closes_both():
    made = stage(sent())
    made.pass_time(minutes(100))
    made.learn(receipt(at=-480))

    assert missing(made) == []


def test_a_partner_that_sends_no_receipts_is_not_waited_for():
    made = stage(sent(terms=None))
    made.pass_time(minutes(1_000))

    assert missing(made) == []


def test_a_refusal_is_a_case_that_says_where_and_ends_the_wait():
    made = stage(sent(), receipt(accepted=False, text="segment 3 (B2) element 4: too long"))
    made.pass_time(minutes(1_000))

    case = made.cases[CaseKind.DELIVERY_REJECTED, LOAD, "SM 17"]
    assert "segment 3 (B2) element 4: too long" in case.text
    assert missing(made) == []


def test_a_refusal_that_is_taken_back_needs_nobody():
    made = stage(sent(), receipt(accepted=False, text="x"), receipt(at=-570))

    assert CaseKind.DELIVERY_REJECTED not in made.open_cases()


def test_errors_that_were_noted_and_accepted_are_told():
    made = stage(sent(), receipt(text="segment 3 (B2) element 4: too long"))

    assert any("with errors noted: segment 3" in text for _, text in made.notes)
    assert CaseKind.DELIVERY_REJECTED not in made.open_cases()


def test_an_envelope_that_could_be_opened_is_no_receipt_yet():
    opened = structs.replace(receipt("501"), group_type="interchange")
    made = stage(opened, sent())
    made.learn(structs.replace(opened, key="again"))
    made.pass_time(minutes(60))

    assert missing(made) == ["abcd SM 17 receipt"]
    assert any("could open our envelope 501" in text for _, text in made.notes)


def test_an_envelope_that_could_not_be_opened_is_a_refusal():
    shut = structs.replace(
        receipt("501", accepted=False, text="envelope: sender not known (006)"),
        group_type="interchange",
    )
    made = stage(shut, sent())

    case = made.cases[CaseKind.DELIVERY_REJECTED, LOAD, "interchange 501"]
    assert "sender not known" in case.text


def test_a_receipt_for_what_nobody_sent_waits_a_day_and_is_a_case_then():
    made = stage(sent(), receipt("99"))
    made.pass_time(minutes(30))
    assert CaseKind.DEAD_LETTER not in made.open_cases()

    made.pass_time(minutes(60 * 25))

    (case,) = [one for (kind, _, _), one in made.cases.items() if kind is CaseKind.DEAD_LETTER]
    assert case.text == "ABCD answered our message SM 99, which was no tender of ours."


def test_two_types_of_group_with_one_number_are_not_confused():
    other = receipt("17", at=-570)
    made = stage(sent("SM 17"), sent("AG 17"))
    made.learn(other)
    made.pass_time(minutes(60))

    assert missing(made) == ["abcd AG 17 receipt"]
