"""A firm learns before the first delivery which of them nobody would take."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from drawbar.cli.company.folder import CompanyFolder, load_company
from drawbar.cli.firm import example_folder
from drawbar.cli.untaken import untaken
from drawbar.connectors.registry import open_system


@pytest.fixture
def folder() -> CompanyFolder:
    return load_company(example_folder())


def lacks(folder: CompanyFolder, systems: Mapping[str, Any]) -> list[str]:
    opened = {name: open_system(name, described) for name, described in systems.items()}
    return list(untaken(folder.company, opened))


def test_the_example_firm_can_deliver_whatever_it_decides(folder: CompanyFolder):
    assert lacks(folder, folder.systems) == []


def test_a_carrier_without_a_system_is_named_with_what_it_cannot_be_told(folder: CompanyFolder):
    systems = {name: one for name, one in folder.systems.items() if name != "northlake"}

    (lack,) = lacks(folder, systems)

    assert "northlake, which is not in systems/, takes no RefuseBill and no TellCarrier" in lack
    assert lack.endswith("for NRTH")


def test_a_partner_without_a_place_for_notices_cannot_be_told_of_a_refused_bill(
    folder: CompanyFolder, tmp_path: Path
):
    described = folder.systems["abcd"]
    folders = {name: str(tmp_path / name) for name in ("inbox", "outbox", "own")}

    found = lacks(folder, folder.systems | {"abcd": described | {"folders": folders}})

    assert found == ["abcd takes no RefuseBill and no TellCarrier for ABCD"]


@pytest.mark.parametrize(
    ("named", "party"), [("erp", "the books"), ("wms", "the warehouse")], ids=["ERP", "WMS"]
)
def test_a_policy_that_names_the_wrong_system_is_told(
    folder: CompanyFolder, named: str, party: str
):
    policy = structs.replace(folder.company.policy, **{named: "northlake"})
    wrong = CompanyFolder(
        folder.path, structs.replace(folder.company, policy=policy), folder.systems
    )

    (lack,) = lacks(wrong, folder.systems)

    assert lack.startswith("northlake takes no ")
    assert lack.endswith(f"for {party}")


def test_a_carrier_that_is_not_active_is_told_nothing_anyway(folder: CompanyFolder):
    retired = structs.replace(folder.company.carriers["NRTH"], active=False, system="fax")
    carriers = folder.company.carriers | {"NRTH": retired}
    firm = structs.replace(folder.company, carriers=carriers)

    assert lacks(CompanyFolder(folder.path, firm, folder.systems), folder.systems) == []
