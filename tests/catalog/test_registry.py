"""Every message has an owner, somebody who reads it, and a name of its own."""

import pytest

from drawbar.catalog import fact_entries as table
from drawbar.catalog.entry import EntryKind, Lifecycle
from drawbar.catalog.fact_entries import UncataloguedFact, fact_entries, fact_types
from drawbar.catalog.registry import UnknownEntry, entries, entry
from drawbar.freight.delivery import Payload
from drawbar.freight.stream import StreamKind

DESKS = {"dispatch", "finance", "service", "integration", "sales"}
FACTS = {fact.__name__ for fact in fact_types()}
PAYLOADS = {payload.__name__ for payload in Payload.__subclasses__()}


@pytest.mark.parametrize("fact", fact_types(), ids=lambda fact: fact.__name__)
def test_every_fact_has_an_entry_that_says_what_it_is(fact):
    found = entry(fact.__name__)

    assert found.kind is EntryKind.FACT
    assert found.id == f"drawbar:fact:{fact.__name__}:1"
    assert fact.__doc__ is not None
    assert fact.__doc__.startswith(found.about.split("\n")[0])


def test_no_fact_is_listed_that_does_not_exist():
    assert {one.name for one in fact_entries()} == FACTS
    assert set(table._WHOSE) == FACTS


def test_a_fact_that_nobody_answers_for_is_refused(monkeypatch):
    monkeypatch.delitem(table._WHOSE, "OrderReleased")

    with pytest.raises(UncataloguedFact, match="OrderReleased"):
        fact_entries()


@pytest.mark.parametrize("one", entries(), ids=lambda one: one.id)
def test_every_message_is_owned_by_a_desk_and_explained(one):
    assert one.owner in DESKS
    assert one.about.endswith(".")
    assert one.lifecycle is Lifecycle.ACTIVE
    assert one.version >= 1


def test_names_and_ids_are_unique():
    assert len({one.name for one in entries()}) == len(entries())
    assert len({one.id for one in entries()}) == len(entries())


@pytest.mark.parametrize("one", fact_entries(), ids=lambda one: one.name)
def test_a_fact_moves_streams_that_exist(one):
    assert set(one.consumers) <= {kind.value for kind in StreamKind}


@pytest.mark.parametrize(
    "one", [one for one in entries() if one.kind is not EntryKind.FACT], ids=lambda one: one.name
)
def test_a_message_becomes_a_fact_or_is_one_of_our_deliveries(one):
    assert one.consumers
    assert set(one.consumers) <= FACTS | PAYLOADS


def test_a_message_that_is_not_there_is_refused_by_name():
    with pytest.raises(UnknownEntry, match="OrderLost"):
        entry("OrderLost")
