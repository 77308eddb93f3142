"""What is remembered of a contract is remembered of that very one."""

from drawbar.rating.itself import Itself


def test_two_things_that_look_alike_are_not_one():
    first, twin = ["terms"], ["terms"]

    assert Itself(first) == Itself(first)
    assert Itself(first) != Itself(twin)
    assert Itself(first) != first
    assert len({Itself(first), Itself(first), Itself(twin)}) == 2


def test_it_keeps_the_thing():
    terms = ["terms"]

    assert Itself(terms).thing is terms
