"""A few thousand spoiled files: whatever arrives, nothing is raised but the codec's refusals."""

from random import Random

import pytest
from bench.fuzz_corpus import edifact_set, x12_set
from bench.fuzz_input import CHANGES, LARGEST, spoiled
from bench.fuzz_trial import tried

from drawbar.edi import read, write
from drawbar.edi.edifact.directory.sets import SETS
from drawbar.edi.x12.release import RELEASES

FILES = {
    **{
        f"{release.version} {code}": x12_set(release, one)
        for release in RELEASES
        for code, one in release.sets.items()
    },
    **{code: edifact_set(one) for code, one in SETS.items()},
}
CORPUS = list(FILES.values())
INPUTS, AT_ONCE = 2_000, 500


@pytest.mark.parametrize("begin", range(0, INPUTS, AT_ONCE))
def test_no_spoiled_file_raises_or_breaks_a_bound(begin: int):
    trials = {number: tried(spoiled(0, number, CORPUS)) for number in range(begin, begin + AT_ONCE)}

    assert {number: one.broken for number, one in trials.items() if one.broken} == {}


@pytest.mark.parametrize("data", CORPUS, ids=FILES)
def test_every_set_can_be_made_from_its_definition_and_is_read_back(data: bytes):
    document = read(data)

    (interchange,) = document.interchanges
    assert len(list(interchange.sets)) == 1
    assert write(document) == data
    assert tried(data).broken == ""


def test_the_same_number_is_the_same_input():
    assert [spoiled(1, n, CORPUS) for n in range(50)] == [spoiled(1, n, CORPUS) for n in range(50)]
    assert spoiled(1, 7, CORPUS) != spoiled(2, 7, CORPUS)


def test_no_input_is_larger_than_it_may_be():
    assert max(len(spoiled(3, n, CORPUS)) for n in range(500)) <= LARGEST


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.__name__)
def test_every_change_takes_an_empty_file(change):
    for seed in range(20):
        assert isinstance(change(Random(seed), b"", [b""]), bytes)
