"""What is said about a bill whose shipment is not certain. B-77 is on S-1001, PO-9 on two."""

import pytest

from drawbar.freight.reference import ReferenceKey, ReferenceKind
from drawbar.matching.identity import Conflicting, One, Several, Unmatched, identify

Kind = ReferenceKind


def key(kind: ReferenceKind, value: str, party="") -> ReferenceKey:
    return ReferenceKey(kind, value, party)


SHIPMENT = key(Kind.SHIPMENT, "S1002")
BOL = key(Kind.BOL, "B77")
PRO = key(Kind.PRO, "123456789", "ABCD")
PO = key(Kind.PO, "PO9")
ORDER = key(Kind.ORDER, "4711")
NOWHERE = key(Kind.BOL, "B00")
FOUND = {
    SHIPMENT: ("S-1002",),
    BOL: ("S-1001",),
    PRO: ("S-1001",),
    PO: ("S-1002", "S-1001", "S-1002"),
    ORDER: ("S-1003", "S-1001"),
}


def test_m11_a_conflict_says_where_each_reference_points_best_first():
    answer = identify((PO, BOL, NOWHERE, SHIPMENT), found=FOUND)

    assert answer == Conflicting(
        claims=((SHIPMENT, ("S-1002",)), (BOL, ("S-1001",)), (PO, ("S-1001", "S-1002"))),
        text="The references of the bill point at different shipments: SHIPMENT S1002 is S-1002;"
        " BOL B77 is S-1001; PO PO9 is S-1001 or S-1002.",
        remedy="Ask the carrier which load it bills, or choose the shipment.",
    )


def test_m11_several_lists_all_of_them_once_and_sorted():
    assert identify((PO,), found=FOUND) == Several(
        shipment_refs=("S-1001", "S-1002"),
        by=PO,
        text="PO PO9 is on 2 shipments: S-1001, S-1002.",
        remedy="Ask the carrier for its BOL or PRO, or choose the shipment.",
    )


def test_m11_several_is_told_by_the_best_reference_whatever_narrowed_it():
    found = {BOL: ("S-1", "S-2", "S-3"), PO: ("S-1", "S-2")}

    answer = identify((PO, BOL), found=found)

    assert answer == Several(
        shipment_refs=("S-1", "S-2"),
        by=BOL,
        text="BOL B77 is on 2 shipments: S-1, S-2.",
        remedy="Ask the carrier for its BOL or PRO, or choose the shipment.",
    )


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ((key(Kind.PO, "7"), NOWHERE, NOWHERE), "No shipment is known by BOL B00, PO 7."),
        ((key(Kind.CONTAINER, "MSKU1"), NOWHERE), "No shipment is known by BOL B00."),
        ((key(Kind.CONTAINER, "MSKU1"),), "The bill names no shipment."),
        ((), "The bill names no shipment."),
    ],
    ids=["two names", "a name that identifies and one that does not", "none that does", "no name"],
)
def test_m12_an_unmatched_bill_says_what_it_was_looked_for_by(keys, text):
    assert identify(keys, found=FOUND | {key(Kind.CONTAINER, "MSKU1"): ("S-1",)}) == Unmatched(
        text=text, remedy="Ask the carrier for the BOL or our shipment number."
    )


def test_m11_the_last_reference_that_narrows_is_what_it_was_matched_by():
    assert identify((ORDER, PO), found=FOUND) == One("S-1001", by=PO)
    assert identify((ORDER, PO, PRO), found=FOUND) == One("S-1001", by=PRO)


def test_m12_a_bol_denies_what_a_pro_finds_and_not_the_other_way_round():
    """The bill says BOL B00 and PRO 123456789; the shipment of that PRO bears BOL B77."""
    pro_only = {PRO: ("S-1001",)}

    denied = identify((NOWHERE, PRO), found=pro_only, borne={"S-1001": (BOL, PRO)})
    stands = identify((BOL, key(Kind.PRO, "5", "ABCD")), found=FOUND, borne={"S-1001": (BOL, PRO)})

    assert isinstance(denied, Unmatched)
    assert stands == One("S-1001", by=BOL)


def test_m12_a_name_of_its_own_rank_denies_nothing():
    other = key(Kind.PRO, "5", "ABCD")

    assert identify((PRO,), found=FOUND, borne={"S-1001": (other,)}) == One("S-1001", by=PRO)


def test_m12_a_shipment_whose_names_nobody_listed_is_not_denied():
    assert identify((NOWHERE, ORDER), found={ORDER: ("S-1001",)}, borne={"S-9": (BOL,)}) == One(
        "S-1001", by=ORDER
    )


def test_m12_one_name_too_many_denies_though_the_other_kind_agrees():
    """The BOL is the shipment's own, the PRO is another one of the same carrier."""
    borne = {"S-1001": (BOL, key(Kind.PRO, "5", "ABCD"))}

    answer = identify((BOL, PRO, PO), found={PO: ("S-1001",)}, borne=borne)

    assert isinstance(answer, Unmatched)
