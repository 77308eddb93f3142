"""Modes: what is said of a flow counts, then what is said of all; nothing said is live."""

from hypothesis import given
from hypothesis import strategies as st

from drawbar.flow.mode import EVERY, Mode, changes, mode_of, tightened

CAREFUL = list(Mode)
FLOWS = ("TenderLoad", "inbox")
said = st.dictionaries(
    st.sampled_from(["a", "b"]),
    st.dictionaries(st.sampled_from([*FLOWS, EVERY]), st.sampled_from(Mode)),
)


def test_nothing_said_is_live_and_the_most_exact_word_counts():
    modes = {"erp": {EVERY: Mode.OBSERVE, "PostVoucher": Mode.SHADOW}}

    assert mode_of(modes, "erp", "PostVoucher") is Mode.SHADOW
    assert mode_of(modes, "erp", "PostJournal") is Mode.OBSERVE
    assert mode_of(modes, "wms", "ReserveStock") is Mode.LIVE


@given(said, said)
def test_a_folder_at_hand_makes_each_flow_as_careful_as_the_more_careful_of_both(applied, at_hand):
    then = {**applied, **tightened(applied, at_hand)}

    for system in ("a", "b"):
        for flow in (*FLOWS, "one that nobody names"):
            both = mode_of(applied, system, flow), mode_of(at_hand, system, flow)
            assert mode_of(then, system, flow) is min(both, key=CAREFUL.index)


@given(said, said)
def test_changes_lead_from_one_to_the_other_and_there_are_no_more(before, after):
    told = changes(before, after)

    made = {system: {**before.get(system, {})} for system in after}
    for one in told:
        assert one.before != one.after
        made[one.system].pop(one.flow, None)
        if one.after:
            made[one.system][one.flow] = one.after
    assert made == after
    assert changes(after, after) == ()
