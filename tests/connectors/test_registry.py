"""A system of the company folder becomes a connector, or a sentence that says what to mend."""

import pytest

from drawbar.connectors.registry import (
    CONNECTORS,
    UnknownConnector,
    UnreadableSettings,
    open_system,
    readers_of,
)

LINE = {"address": "http://erp.example"}
ERP = {"connector": "erp_rest", "line": LINE, "zone": "America/Chicago"}
ENDS = {"ours": {"id": "ACME"}, "theirs": {"id": "ABCD"}, "party_ref": "ABCD"}
FOLDERS = {"folders": {"inbox": "in", "outbox": "out", "own": "own"}}
DESCRIBED = {
    "erp": ERP,
    "wms": {"connector": "wms_rest", "line": LINE},
    "northlake": {"connector": "carrier_api", "line": LINE, "party_ref": "NRTH"},
    "abcd": {"connector": "x12_folder", **ENDS, **FOLDERS},
    "nord": {"connector": "edifact_folder", **ENDS, **FOLDERS},
    "prairie": {"connector": "csv_folder", "party_ref": "PRHL", **FOLDERS},
}


@pytest.mark.parametrize("system", DESCRIBED)
def test_a_described_system_is_opened_under_its_name(system):
    connector = open_system(system, DESCRIBED[system])

    assert connector.system == system
    assert connector.capabilities().kinds
    connector.close()


@pytest.mark.parametrize(
    ("system", "channels"),
    [
        ("erp", {"erp:documents", "erp:payments", "erp:orders", "erp:receivables"}),
        ("wms", set()),
        ("northlake", {"api:NRTH"}),
        ("abcd", {"x12:ABCD"}),
        ("nord", {"edifact:ABCD"}),
        ("prairie", {f"csv:PRHL:{one}" for one in ("answers", "status", "pods", "bills", "other")}),
    ],
)
def test_every_channel_has_its_reader(system, channels):
    assert set(readers_of(system, DESCRIBED[system])) == channels


@pytest.mark.parametrize(
    ("described", "channel"),
    [
        ({"connector": "telematics_rest", "line": LINE}, "telematics:told"),
        ({"connector": "dcsa", "party_ref": "BLUE", "line": LINE}, "dcsa:BLUE"),
        ({"connector": "dcsa", "party_ref": "BLUE"}, "dcsa:BLUE"),
        ({"connector": "epcis", "party_ref": "DOCK"}, "epcis:DOCK"),
        ({"connector": "flat", "party_ref": "OLDL", **FOLDERS}, "flat:OLDL:other"),
    ],
    ids=[
        "telematics",
        "a container line that is asked",
        "one that posts",
        "a dock",
        "flat files without a layout",
    ],
)
def test_a_system_that_is_only_read_has_its_reader_and_takes_nothing(described, channel):
    connector = open_system("told", described)

    assert connector.capabilities().kinds == frozenset()
    assert set(readers_of("told", described)) == {channel}
    connector.close()


def test_an_unknown_connector_is_answered_with_those_that_exist():
    with pytest.raises(UnknownConnector, match="erp_rest"):
        open_system("erp", ERP | {"connector": "sap"})


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"zone": "Mars"}, "Mars"),
        ({"colour": "red"}, "colour"),
        ({"accounts": {"freight_cost": "5100"}}, "freight_accrued"),
        ({"accounts": {"freight_cost": "5100"}}, "tax_recoverable, tax_payable"),
        ({"overlap_seconds": 5}, "overlap_seconds"),
    ],
    ids=[
        *("no such zone", "no such setting", "accounts left out"),
        *("accounts of tax left out", "too short an overlap"),
    ],
)
def test_settings_that_would_go_wrong_later_are_refused_now(change, named):
    with pytest.raises(UnreadableSettings, match=named):
        open_system("erp", ERP | change)


def test_every_connector_says_what_it_is():
    assert all(kind.says for kind in CONNECTORS.values())
