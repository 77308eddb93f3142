"""Which shipment a bill is for. PO-9 is on S-1001 and S-1002, B-77 on S-1001 only."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.reference import (
    Reference,
    ReferenceKey,
    ReferenceKind,
    ReferenceRule,
    normalise,
)
from drawbar.matching.identity import Conflicting, One, Several, Unmatched, identify

Kind = ReferenceKind


def key(kind: ReferenceKind, value: str, party="") -> ReferenceKey:
    return ReferenceKey(kind, value, party)


PO_9 = key(Kind.PO, "PO9")
B_77 = key(Kind.BOL, "B77")
PRO = key(Kind.PRO, "123456789", "ABCD")
FOUND = {
    PO_9: ("S-1001", "S-1002"),
    B_77: ("S-1001",),
    PRO: ("S-1001",),
    key(Kind.SHIPMENT, "S1002"): ("S-1002",),
    key(Kind.TENDER, "T5"): ("S-1003",),
    key(Kind.BOL, "B88"): ("S-1002", "S-1003"),
    key(Kind.BOL, "B99"): ("S-1003",),
    key(Kind.ORDER, "4711"): ("S-1001",),
    key(Kind.CONTAINER, "MSKU1"): ("S-1001",),
}


def identified(*keys: ReferenceKey):
    return identify(keys, found=FOUND)


def test_m11_a_name_of_two_shipments_matches_neither():
    answer = identified(PO_9)

    assert isinstance(answer, Several)
    assert (answer.shipment_refs, answer.by) == (("S-1001", "S-1002"), PO_9)
    assert answer.text == "PO PO9 is on 2 shipments: S-1001, S-1002."


def test_m11_the_bol_of_one_of_them_decides():
    assert identified(PO_9, B_77) == One("S-1001", by=B_77)


def test_m11_references_of_different_shipments_conflict():
    answer = identified(B_77, key(Kind.SHIPMENT, "S1002"))

    assert isinstance(answer, Conflicting)
    assert [refs for _, refs in answer.claims] == [("S-1002",), ("S-1001",)]
    assert "SHIPMENT S1002 is S-1002; BOL B77 is S-1001" in answer.text


def test_a_better_reference_never_overrules_a_worse_one_that_contradicts_it():
    assert isinstance(identified(key(Kind.TENDER, "T5"), PO_9), Conflicting)


def test_two_ambiguous_names_can_leave_one_shipment():
    assert identified(PO_9, key(Kind.BOL, "B88")) == One("S-1002", by=PO_9)


@pytest.mark.parametrize(
    ("keys", "by"),
    [
        ((key(Kind.ORDER, "4711"), PRO, B_77), B_77),
        ((key(Kind.ORDER, "4711"), PRO), PRO),
        ((key(Kind.ORDER, "4711"), PO_9), key(Kind.ORDER, "4711")),
    ],
    ids=["BOL before PRO", "PRO before order", "order beside PO"],
)
def test_m11_the_best_reference_is_named(keys, by):
    assert identified(*keys) == One("S-1001", by=by)


@pytest.mark.parametrize("kind", [Kind.SHIPMENT, Kind.TENDER])
def test_m11_our_own_number_comes_before_the_bol(kind):
    own, bol = key(kind, "1"), key(Kind.BOL, "1")

    assert identify((bol, own), found={own: ("S-1",), bol: ("S-1",)}) == One("S-1", by=own)


def test_a_name_that_nobody_bears_says_nothing():
    stranger = key(Kind.BOL, "B00")

    assert identified(stranger, PRO) == One("S-1001", by=PRO)
    assert isinstance(identify((stranger,), found={stranger: ()}), Unmatched)


def test_names_that_identify_nothing_do_not_match():
    answer = identified(key(Kind.CONTAINER, "MSKU1"))

    assert isinstance(answer, Unmatched)
    assert answer.text == "The bill names no shipment."


def test_an_unmatched_bill_says_what_it_was_looked_for_by():
    answer = identified(key(Kind.PO, "PO7"), key(Kind.BOL, "B00"))

    assert isinstance(answer, Unmatched)
    assert "BOL B00" in answer.text
    assert "PO PO7" in answer.text


def test_references_that_overlap_in_pairs_only_conflict():
    bol, pro, po = key(Kind.BOL, "1"), key(Kind.PRO, "1"), key(Kind.PO, "1")
    found = {bol: ("S-1", "S-2"), pro: ("S-2", "S-3"), po: ("S-1", "S-3")}

    assert isinstance(identify((bol, pro, po), found=found), Conflicting)


@pytest.mark.parametrize("keys", list(permutations((PO_9, B_77, PRO))), ids=str)
def test_neither_order_nor_repetition_matters(keys):
    assert identified(*keys, *keys) == One("S-1001", by=B_77)


@pytest.mark.parametrize("written", ["123-456789", " 123456789", "0123456789"])
def test_m07_every_spelling_of_a_pro_is_one_key(written):
    rule = ReferenceRule(drop_leading_zeros=True)

    assert identified(normalise(Reference(Kind.PRO, written, "ABCD"), rule)) == One(
        "S-1001", by=PRO
    )


def test_m07_the_same_pro_of_another_carrier_is_another_name():
    assert isinstance(identified(key(Kind.PRO, "123456789", "EFGH")), Unmatched)


B_88 = key(Kind.BOL, "B88")
NEW_PRO = key(Kind.PRO, "555", "ABCD")
ONLY_PO = {PO_9: ("S-1001",)}


@pytest.mark.parametrize(
    ("said", "borne", "match"),
    [
        ((PO_9, B_88), {"S-1001": (PO_9, B_77)}, False),
        ((PO_9, NEW_PRO), {"S-1001": (PO_9, PRO)}, False),
        ((PO_9, B_88), {"S-1001": (PO_9,)}, True),
        ((PO_9, B_88), {"S-1001": (PO_9, B_77, B_88)}, True),
        ((PO_9, NEW_PRO), {"S-1001": (key(Kind.PRO, "123456789", "EFGH"),)}, True),
        ((PO_9, B_88), None, True),
        ((PO_9,), {"S-1001": (PO_9, B_77)}, True),
    ],
    ids=[
        "another BOL",
        "another PRO",
        "no BOL known",
        "one of two BOLs",
        "PRO of another carrier",
        "names not asked for",
        "no BOL on the bill",
    ],
)
def test_m12_a_bill_for_a_shipment_to_come_does_not_match_its_sister(said, borne, match):
    answer = identify(said, found=ONLY_PO, borne=borne)

    assert isinstance(answer, One if match else Unmatched)


def test_m12_a_bill_that_denies_each_of_several_waits():
    borne = {"S-1001": (B_77,), "S-1002": (key(Kind.BOL, "B78"),)}

    assert isinstance(identify((PO_9, B_88), found={PO_9: FOUND[PO_9]}, borne=borne), Unmatched)
    del borne["S-1002"]
    assert isinstance(identify((PO_9, B_88), found={PO_9: FOUND[PO_9]}, borne=borne), Several)


def test_a_new_pro_does_not_speak_against_a_bol():
    assert identify((B_77, NEW_PRO), found=FOUND, borne={"S-1001": (B_77, PRO)}) == One(
        "S-1001", by=B_77
    )


shipments = st.sets(st.sampled_from(["S-1", "S-2", "S-3"])).map(lambda refs: tuple(sorted(refs)))
keys = st.builds(key, st.sampled_from(ReferenceKind), st.sampled_from("AB"))
LADDER = {Kind.SHIPMENT, Kind.TENDER, Kind.BOL, Kind.PRO, Kind.PO, Kind.ORDER}


@given(st.dictionaries(keys, shipments, max_size=6))
def test_never_matches_a_shipment_that_one_reference_denies(found):
    answer = identify(tuple(found), found=found)

    claims = [set(refs) for one, refs in found.items() if one.kind in LADDER and refs]
    common = set.intersection(*claims) if claims else set()
    match answer:
        case One(shipment_ref=ref):
            assert common == {ref}
        case Several(shipment_refs=refs):
            assert len(refs) > 1
            assert common == set(refs)
        case Conflicting():
            assert not common
            assert len(answer.claims) > 1
        case Unmatched():
            assert not claims


@given(st.dictionaries(keys, shipments, max_size=6), st.randoms())
def test_the_answer_does_not_depend_on_order(found, random):
    shuffled = random.sample(list(found), len(found))

    assert identify(tuple(shuffled), found=found) == identify(tuple(found), found=found)
