"""Reports of one shipment, taken in whatever order they come. 12 March 2026, UTC."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.lineage import Lineage
from drawbar.freight.milestone import MilestoneKind, MilestoneReported, Source
from drawbar.milestones.log import Log, Recorded, Repeated, record

MIDNIGHT = datetime(2026, 3, 12, tzinfo=UTC)


def fact(
    key: str,
    *,
    minute: int = 0,
    source: Source = Source.CARRIER,
    corrects: str = "",
    kind: MilestoneKind = MilestoneKind.DELIVERED,
) -> MilestoneReported:
    happened_at = MIDNIGHT + timedelta(minutes=minute)
    return MilestoneReported(
        key=key,
        happened_at=happened_at,
        learned_at=happened_at,
        lineage=Lineage(message_ref="M-1"),
        references=(),
        milestone=kind,
        source=source,
        reported_by="ABCD",
        corrects=corrects,
    )


def logged(*facts: MilestoneReported) -> Log:
    log = Log()
    for one in facts:
        log = record(log, one).log
    return log


def standing(*facts: MilestoneReported) -> list[str]:
    return [report.key for report in logged(*facts).standing]


def test_a_report_is_kept_as_it_came():
    outcome = record(Log(), fact("a", minute=5))

    assert isinstance(outcome, Recorded)
    assert outcome.log.reports == (outcome.report,)
    assert outcome.report.happened_at == MIDNIGHT + timedelta(minutes=5)


def test_the_same_report_again_changes_nothing():
    log = logged(fact("a"))

    assert record(log, fact("a")) == Repeated(log=log)


def test_the_timeline_is_sorted_by_when_things_happened():
    log = logged(fact("late", minute=9), fact("early", minute=1))

    assert [report.key for report in log.reports] == ["early", "late"]


def test_a_correction_replaces_what_it_corrects_and_keeps_it():
    log = logged(fact("a"), fact("b", minute=5, corrects="a"))

    assert [report.key for report in log.standing] == ["b"]
    assert [report.key for report in log.reports] == ["a", "b"]


def test_what_is_withdrawn_did_not_happen_and_nothing_takes_its_place():
    withdrawn = msgspec.structs.replace(fact("b", corrects="a"), withdraws=True)

    assert standing(fact("a"), withdrawn, fact("c")) == ["c"]
    assert standing(withdrawn, fact("a")) == []


def test_a_carrier_withdraws_no_scan_of_a_warehouse():
    withdrawn = msgspec.structs.replace(fact("b", corrects="a"), withdraws=True)

    assert standing(fact("a", source=Source.WMS), withdrawn) == ["a"]


def test_a_correction_may_come_before_what_it_corrects():
    assert standing(fact("b", minute=5, corrects="a"), fact("a")) == ["b"]


def test_a_correction_of_a_correction_stands_alone():
    chain = (fact("c", corrects="b"), fact("a"), fact("b", corrects="a"))

    assert standing(*chain) == ["c"]


def test_a_correction_may_say_that_something_else_happened():
    wrong = fact("a", kind=MilestoneKind.DELIVERED)
    right = fact("b", kind=MilestoneKind.ARRIVED_DELIVERY, corrects="a")

    assert standing(wrong, right) == ["b"]


@pytest.mark.parametrize(
    ("source", "counts"),
    [(Source.WMS, True), (Source.MANUAL, True), (Source.CARRIER, False), (Source.GEOFENCE, False)],
)
def test_a_warehouse_scan_is_corrected_by_the_warehouse_or_our_desk_only(source, counts):
    scan = fact("scan", source=Source.WMS)
    correction = fact("correction", source=source, corrects="scan")

    assert ("scan" not in standing(scan, correction)) is counts


@pytest.mark.parametrize("corrects", ["a", "never came"], ids=["itself", "nothing we know"])
def test_a_correction_of_nothing_else_stands_as_a_report(corrects):
    assert standing(fact("a", corrects=corrects)) == ["a"]


def test_a_log_is_read_back_as_it_was_stored():
    log = logged(fact("a"), fact("b", corrects="a"))

    assert msgspec.msgpack.decode(msgspec.msgpack.encode(log), type=Log) == log


keys = st.sampled_from("abcdef")
facts = st.lists(
    st.builds(
        fact,
        keys,
        minute=st.integers(0, 2000),
        source=st.sampled_from(Source),
        corrects=st.one_of(st.just(""), keys),
        kind=st.sampled_from(MilestoneKind),
    ),
    max_size=6,
    unique_by=lambda one: one.key,
)


@given(facts.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some + some))))
def test_reports_in_any_order_and_twice_make_the_same_log(drawn):
    once, shuffled = drawn

    assert logged(*shuffled) == logged(*once)
    assert logged(*shuffled).standing == logged(*once).standing
