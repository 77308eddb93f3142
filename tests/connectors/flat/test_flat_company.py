"""A layout as a file of the company folder: what is wrong has its file, line and remedy."""

import re
from pathlib import Path

import pytest

from drawbar.cli.company.folder import look_over, systems_of
from drawbar.connectors import flat
from drawbar.connectors.registry import readers_of

README = Path(flat.__file__).with_name("README.md").read_text()
DOCUMENTED = {
    name: text.encode()
    for name, text in re.findall(r"```yaml\n# (\S+)\n(.*?)```", README, re.DOTALL)
}
SYSTEM = DOCUMENTED["systems/oldline.yaml"].replace(b", OR: oldl-orders", b"")
FILES = {
    **DOCUMENTED,
    "systems/oldline.yaml": SYSTEM,
    "drawbar.toml": b'name = "Acme"\nzone = "America/Chicago"\ncurrency = "USD"\n',
}


def mistakes(**changed: bytes) -> list[str]:
    files = FILES | {name.replace("__", "/") + ".yaml": body for name, body in changed.items()}
    about = ("layouts/", "systems/")
    return [str(one) for one in look_over(files)[1] if one.spot.file.startswith(about)]


def status(old: bytes, new: bytes) -> bytes:
    body = DOCUMENTED["layouts/oldl-status.yaml"]
    assert old in body
    return body.replace(old, new)


def test_the_documented_folder_has_nothing_wrong_and_its_system_can_be_opened():
    draft, _ = look_over(FILES)
    told = systems_of(draft)["oldline"]

    assert mistakes() == []
    assert "flat:OLDL:oldl-bills" in readers_of("oldline", told)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"form: fixed ", b"form: fixd ", "layouts/oldl-status.yaml:1:1: form: 'fixd'"),
        (b"parent: HEAD           #", b"parnt: HEAD            #", "No field is called 'parnt'"),
        (b"record_length: 40\n", b"", "say record_length"),
        (b"at: 13, length: 3", b"at: 12, length: 3", "'load' and 'code' share column 12"),
        (b"at: 28, length: 8", b"at: 28, length: 80", "longer than record_length 40"),
        (b"{events: [EVENT]", b"{events: [EVNT]", "no record is called 'EVNT'"),
        (b"sums: {weight: EVENT.weight}", b"sums: {weight: EVENT.code}", "no number that could"),
        (b"status: code, at: at", b"status: code", "needs a field or a constant for 'at'"),
        (b"shipment: load", b"shipmnt: load", "part 'event' states no 'shipmnt'"),
        (b"shipment: load", b"shipment: lod", "there is no field 'lod'"),
        (b"means: status", b"means: bills", "a file of bills needs the part 'bill'"),
        (b'forms: ["%Y%m%d%H%M"]', b'forms: ["%H%M"]', "lacks the year or the month"),
        (b"tag: EV", b"tag: HD", "two records have the tag 'HD'"),
    ],
)
def test_what_is_wrong_in_a_layout_is_said_where_it_stands(old, new, said):
    (found, *_) = mistakes(**{"layouts__oldl-status": status(old, new)})

    assert found.startswith("layouts/oldl-status.yaml:")
    assert said in found


def test_a_layout_that_is_not_there_is_named_in_its_system():
    (found,) = mistakes(systems__oldline=SYSTEM.replace(b"write: oldl-tender", b"write: oldl-t"))

    assert found.startswith("systems/oldline.yaml:")
    assert "write layouts/oldl-t.yaml" in found
