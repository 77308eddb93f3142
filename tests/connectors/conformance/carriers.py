"""The carriers that one law is tested on: how each is started, and the profile we speak by."""

from collections.abc import Callable
from typing import Any

import pytest


def quick(address: str) -> dict[str, Any]:
    return {"address": address, "answer_seconds": 1}


def mail_of(shared: Any) -> dict[str, Any]:
    folders = {"inbox": f"{shared}/in", "outbox": f"{shared}/out", "own": f"{shared}/own"}
    return {"folders": folders, "party_ref": "ABCD", "stable_seconds": 0}


def x12(shared: Any, **dialect: Any) -> dict[str, Any]:
    ends = {"ours": {"qualifier": "ZZ", "id": "ACME"}, "theirs": {"qualifier": "02", "id": "ABCD"}}
    return {"connector": "x12_folder", **mail_of(shared), **ends, **dialect}


CEDAR = {
    "version": "005010",
    "delimiters": {
        "element": "^",
        "component": ":",
        "repetition": "!",
        "terminator": "'",
        "line_end": "",
    },
    "milestones": {"OA": "arrived_pickup", "OD": "departed_pickup", "TA": "arrived_delivery"},
    "charges": {"LHS": "linehaul", "FSC": "fuel_surcharge"},
    "references": {"08": "pro", "CO": "po"},
    "declines": {"C01": "CPT"},
}
HARBOUR = {
    "connector": "edifact_folder",
    "ours": {"id": "ACME"},
    "theirs": {"qualifier": "14", "id": "4012345000009/DISPO"},
    "milestones": {
        "1": "arrived_pickup",
        "24": "departed_pickup",
        "ARD": "arrived_delivery",
        "DPD": "departed_delivery",
    },
    "charges": {"BAF": "fuel_surcharge"},
}
CARRIERS: dict[str, tuple[str, str]] = {
    "x12": ("over X12", "x12:ABCD:214:Q9"),
    "star": ("over X12 with references reversed", "x12:ABCD:214:Q9"),
    "cedar": ("over X12 005010 with codes of its own", "x12:ABCD:214:Q9"),
    "edifact": ("over EDIFACT", "edifact:ABCD:IFTSTA:Q9"),
    "csv": ("by tables", "csv:ABCD:status:status:Q9"),
    "x12-sftp": ("over X12 by SFTP", "x12:ABCD:214:Q9"),
    "edifact-sftp": ("over EDIFACT by SFTP", "edifact:ABCD:IFTSTA:Q9"),
    "csv-sftp": ("by tables over SFTP", "csv:ABCD:status:status:Q9"),
    "api": ("over its API", "api:ABCD:status:Q9"),
}


OVER_SFTP = pytest.mark.needs("sshd")


def param(name: str) -> Any:
    """Return a carrier as a parameter, with what it needs from outside."""
    marks = [OVER_SFTP] if name.endswith("-sftp") else []
    return pytest.param(name, id=CARRIERS[name][0], marks=marks)


def described_as(request: Any, folders: Callable[..., Any], small: Callable[[str], Any]) -> Any:
    """Return a running carrier, and the profile by which we speak to it."""
    name, _, wire = request.param.partition("-")
    far, described = spoken_with(name, folders, small)
    if wire == "sftp":
        described["wire"] = request.getfixturevalue("sshd").settings()
        described["folders"] |= {"own": described["folders"]["own"] + "-sftp"}
    return far, described


def spoken_with(name: str, folders: Callable[..., Any], small: Callable[[str], Any]) -> Any:
    if name == "api":
        far = small("carrier-api")
        line = quick(far.address)
        return far, {"connector": "carrier_api", "line": line, "party_ref": "ABCD"}
    if name == "edifact":
        far, shared = folders("carrier-edifact")
        return far, mail_of(shared) | HARBOUR
    if name == "csv":
        far, shared = folders("carrier-csv")
        return far, {"connector": "csv_folder", **mail_of(shared)}
    far, shared = folders("carrier-edi", "--dialect", "bar" if name == "x12" else name)
    habits = {"star": {"references_reversed": True}, "cedar": CEDAR}
    return far, x12(shared, **habits.get(name, {}))
