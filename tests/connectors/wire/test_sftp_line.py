"""We speak to the server that somebody vouched for, or to none, and say clearly why."""

import logging
from pathlib import Path

import msgspec
import pytest

from drawbar.connectors.port import Unreachable
from drawbar.connectors.registry import UnreadableSettings, open_system
from drawbar.connectors.wire.host_key import check, fingerprint
from drawbar.connectors.wire.port import Barred, Cut
from drawbar.connectors.wire.setting import WireSettings
from drawbar.freight.delivery import Rejected, Unknown
from tests.connectors.conformance.conftest import load_of, sent
from tests.connectors.wire.conftest import wire_to
from tests.sshd import Sshd, keygen, running

pytestmark = [pytest.mark.system, pytest.mark.needs("sshd")]
ANOTHER = "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"


def described(server, far, **more):
    return {
        "connector": "csv_folder",
        "party_ref": "ABCD",
        "stable_seconds": 0,
        "folders": {"inbox": f"{far}/in", "outbox": f"{far}/out", "own": f"{far.parent}/own"},
        "wire": server.settings(**more),
    }


def test_an_unknown_host_key_is_refused_and_nothing_goes_out(sshd, far):
    connector = open_system("abcd", described(sshd, far, host_keys=[ANOTHER]))
    outcome = connector.send(sent(1, load_of(1)))

    assert isinstance(outcome, Rejected)  # which opens a case
    assert outcome.field == "wire.sftp.host_keys"
    assert "shows the host key ssh-ed25519 SHA256:" in outcome.text
    assert list((far / "out").iterdir()) == []
    page = connector.changes("portal", "")
    assert [b"shows the host key" in item.body for item in page.items] == [True]  # a case too
    connector.settled(page)
    with pytest.raises(Unreachable, match="host key"):
        connector.changes("portal", "")
    with pytest.raises(Barred, match="host key"):
        connector.probe()
    connector.close()


def test_a_host_key_that_changed_is_refused_until_it_is_written_down(tmp_path, far):
    (tmp_path / "ssh").mkdir()
    with running(Sshd(tmp_path / "ssh")) as server:
        wire = wire_to(server, far)
        was_well = wire.probe()
        server.kill()
        server.change_host_key()
        server.start()
        with pytest.raises((Cut, Barred)):  # the old connection is gone, or the new key is shown
            wire.probe()
        with pytest.raises(Barred, match="which is not written in"):
            wire.probe()
        again = wire_to(server, far)
        is_well = again.probe()
        wire.close()
        again.close()

    assert was_well
    assert is_well


def test_an_old_and_a_new_key_may_stand_beside_each_other(sshd, wire):
    whole = Path(f"{sshd.host_key}.pub").read_text(encoding="ascii").strip()

    assert wire(host_keys=[ANOTHER, whole]).probe()


@pytest.mark.parametrize("kind", ["rsa", *["ecdsa"] * 6, "ed25519"])
def test_keys_of_every_kind_let_us_in(sshd, wire, tmp_path, kind):
    key = keygen(tmp_path / "key", kind=kind)  # of ecdsa several: the library loses some of them
    allowed = sshd.folder / "allowed"
    before = allowed.read_text()
    allowed.write_text(before + (tmp_path / "key.pub").read_text())

    assert wire(key_file=str(key)).probe()
    allowed.write_text(before)


def test_a_key_with_a_passphrase_needs_it_from_a_secret(sshd, wire, tmp_path, monkeypatch):
    key = keygen(tmp_path / "key", passphrase="open sesame")
    allowed = sshd.folder / "allowed"
    before = allowed.read_text()
    allowed.write_text(before + (tmp_path / "key.pub").read_text())
    monkeypatch.setenv("EDI_PASSPHRASE", "open sesame")

    assert wire(key_file=str(key), passphrase_env="EDI_PASSPHRASE").probe()
    with pytest.raises(Barred, match="cannot be used"):
        wire(key_file=str(key)).probe()
    allowed.write_text(before)


def test_a_key_that_the_server_does_not_know_is_told_as_such(wire, tmp_path, caplog, capfd):
    with caplog.at_level(logging.DEBUG), pytest.raises(Cut, match="does not let"):
        wire(key_file=str(keygen(tmp_path / "key"))).probe()

    assert capfd.readouterr().err == ""


def test_a_password_that_is_not_set_never_reaches_a_server_that_wants_keys(wire, monkeypatch):
    monkeypatch.delenv("EDI_PASSWORD", raising=False)

    with pytest.raises(Cut, match="does not let"):
        wire(key_file="", password_env="EDI_PASSWORD").probe()


def test_a_server_that_is_not_there_is_unknown_and_unreachable(sshd, far):
    connector = open_system("abcd", described(sshd, far, port=1))

    assert isinstance(connector.send(sent(1, load_of(1))), Unknown)
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1"):
        connector.find("TenderLoad", "key-1")
    with pytest.raises(Cut):
        connector.probe()


def test_a_missing_folder_there_is_not_well(sshd, far):
    (far / "out").rmdir()
    connector = open_system("abcd", described(sshd, far))

    with pytest.raises(OSError, match="No such file"):
        connector.probe()
    connector.close()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"host_keys": []}, "host_keys"),
        ({"host_keys": ["12:34:56"]}, "not a host key"),
        ({"key_file": ""}, "how to log in"),
        ({"claim": "copy"}, "claim"),
        ({"port": 0}, "port"),
    ],
    ids=["no host key", "no fingerprint", "no way in", "an unknown claim", "no port"],
)
def test_settings_that_would_go_wrong_later_are_refused_when_they_are_read(sshd, far, more, says):
    with pytest.raises(UnreadableSettings, match=says):
        open_system("abcd", described(sshd, far, **more))


def test_a_system_has_one_wire(sshd):
    both = {**sshd.settings(), "http": {"address": "https://edi.example"}}

    with pytest.raises(msgspec.ValidationError, match="one wire"):
        msgspec.convert(both, WireSettings, strict=False)


def test_a_fingerprint_is_written_as_people_compare_it():
    check("ssh-ed25519", b"", host="h", pinned=[ANOTHER])

    assert fingerprint(b"") == ANOTHER
    with pytest.raises(Barred):
        check("ssh-ed25519", b"x", host="h", pinned=[ANOTHER])
    with pytest.raises(Barred):
        check("ssh-rsa", b"x", host="h", pinned=["ssh-ed25519 eA==", ""])
