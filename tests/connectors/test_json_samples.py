"""Public DCSA and EPCIS samples: each becomes facts, or every event says why not.

Their folder is DRAWBAR_SAMPLES; the folder's name ``dcsa`` or ``epcis2_openepcis`` says the kind.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from drawbar.connectors.dcsa import manifest as dcsa_manifest
from drawbar.connectors.dcsa import mapping as dcsa
from drawbar.connectors.epcis import manifest as epcis_manifest
from drawbar.connectors.epcis import mapping as epcis
from drawbar.connectors.reading import Unreadable
from drawbar.freight.fact import Fact
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Problem
from tests.conftest import SAMPLES

LINE = dcsa_manifest.Settings(system="line", party_ref="LINE")
DOCK = epcis_manifest.Settings(system="dock", party_ref="DOCK")
RECEIPT = Receipt(
    message_ref="M-1", sender="line", learned_at=datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
)
FOLDERS: dict[str, Callable[[bytes], list[object]]] = {
    "dcsa": lambda body: list(dcsa.outcomes(body, RECEIPT, LINE)),
    "epcis2_openepcis": lambda body: list(epcis.outcomes(body, RECEIPT, DOCK)),
}
FILES = sorted(
    file for name in FOLDERS for file in (SAMPLES / "edi" / "json_xml" / name).glob("*.json")
) or [Path("no samples")]

EXPECTED = {
    # the end of a file's name: facts, problems and passed events; -1 for no message of its kind
    "tnt-220-response.json": (0, 0, 7),
    "tnt-220-response-wrong-date-times.json": (0, 2, 5),
    "tnt-220-response-wrong-event-ids.json": (0, 1, 6),
    "tnt-220-response-wrong-structure.json": (0, 2, 0),
    "tnt-300-request-iot.json": (0, 0, 1),
    "tnt-300-request-reefer.json": (0, 0, 1),
    "tnt-300-request-transport.json": (0, 0, 1),
    "tnt-300-response-nextpage.json": (2, 0, 3),
    "tnt-300-response.json": (1, 0, 4),
    "Documents_CurieString_document.json": (1, 0, 0),
    "Documents_ObjectEvent.json": (2, 0, 0),
    "Documents_ObjectEvent_with_comment.json": (2, 0, 0),
    "Documents_ObjectEvent_with_error_declaration.json": (2, 0, 0),
    "Documents_AggregationEvent.json": (0, 1, 0),
    "Documents_Combination_of_different_event.json": (0, 1, 5),
    "Documents_ObjectEvent_with_custom_bizStep_uri.json": (0, 1, 0),
    "Events_ObjectEvent.json": (1, 0, 0),
    "Query_QueryDocumentWithMultipleEvents.json": (2, 0, 0),
    "Invalid_ObjectEvent_with_invalid_action.json": (0, 1, 0),
    "Invalid_ObjectEvent_with_invalid_eventTime_format.json": (0, 1, 0),
    "Invalid_ObjectEvent_with_quantity_as_text.json": (0, 1, 0),
    "Invalid_ObjectEvent_without_action_and_eventTime.json": (0, 1, 0),
    "Invalid_ObjectEvent_without_identifier_list.json": (0, 1, 0),
    "Invalid_ObjectEvent_with_non_standard_bizStep.json": (0, 1, 0),
    "Invalid_EPCISDocument_without_context.json": (0, -1, 0),
    "Queries_SimpleEventQuery.json": (0, -1, 0),
    "arrivalnotice-api-100-get-basic-response.json": (0, -1, 0),
    "ebl-api-3.0.0-request.json": (0, -1, 0),
}


def outcome(file: Path) -> tuple[int, int, int]:
    try:
        told = FOLDERS[file.parent.name](file.read_bytes())
    except Unreadable:
        return 0, -1, 0
    facts = sum(1 for one in told if isinstance(one, Fact))
    problems = sum(1 for one in told if isinstance(one, Problem))
    return facts, problems, len(told) - facts - problems


@pytest.mark.needs("samples")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.partition("__")[2])
def test_every_sample_becomes_facts_or_names_why_not(file):
    found = outcome(file)
    expected = [want for end, want in EXPECTED.items() if file.name.endswith(f"_{end}")]

    assert any(found)
    assert expected in ([], [found])


@pytest.mark.needs("samples")
def test_every_expected_sample_is_there():
    names = " ".join(file.name for file in FILES)

    assert [end for end in EXPECTED if end not in names] == []
