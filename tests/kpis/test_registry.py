"""Every figure has one name and one definition."""

import inspect

from drawbar.kpis import (
    close,
    cycle,
    exposure,
    leak,
    margin,
    match,
    receivable,
    scorecard,
    service,
    tendering,
    today,
    touch,
)
from drawbar.kpis.registry import KPIS, Unit
from drawbar.kpis.share import Middle, Share

MODULES = (
    close,
    cycle,
    exposure,
    leak,
    margin,
    match,
    receivable,
    scorecard,
    service,
    tendering,
    today,
    touch,
)


def measures() -> set[str]:
    """Return the public functions over rows."""
    return {
        name
        for module in MODULES
        for name, member in inspect.getmembers(module, inspect.isfunction)
        if member.__module__ == module.__name__ and "rows" in inspect.signature(member).parameters
        if not name.startswith("_")
    }


def test_every_measure_is_in_the_registry():
    assert set(KPIS) == measures()


def test_a_definition_is_one_sentence_that_begins_with_what_is_counted():
    for kpi in KPIS.values():
        assert kpi.definition.startswith("The ")
        assert kpi.definition.endswith(".")
        assert kpi.title[0].isupper()


def test_the_unit_is_what_the_figure_counts_in():
    units = {Share: {Unit.PERCENT}, Middle: {Unit.HOURS, Unit.DAYS}}
    for module in MODULES:
        for name, member in inspect.getmembers(module, inspect.isfunction):
            returned = inspect.signature(member).return_annotation
            if name in KPIS and returned in units:
                assert KPIS[name].unit in units[returned], name
