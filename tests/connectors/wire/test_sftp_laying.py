"""Files go out over SFTP whole and once, whatever breaks: what nobody knows is looked up."""

import threading
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drawbar.connectors.wire.port import Cut
from drawbar.connectors.wire.sent import Sent
from tests.connectors.wire.conftest import wire_to
from tests.sshd import Sshd, running

pytestmark = [pytest.mark.system, pytest.mark.needs("sshd")]

BODY = b"ISA*00*" + bytes(range(256)) * 40


class Partner:
    """Takes what it sees whole in our outbox, and counts how often it saw a name."""

    def __init__(self, folder):
        self._folder, self.taken = folder, []

    def take(self):
        for file in sorted(self._folder.iterdir()):
            if not file.name.startswith("."):
                self.taken.append((file.name, file.read_bytes()))
                file.unlink()


@pytest.fixture
def sent(wire, far):
    """Return what lays out, over a fresh wire, as after a restart."""
    return lambda **more: Sent(far.parent / "own", wire(**more))


def names(folder):
    return sorted(file.name for file in folder.iterdir())


def out(far):
    return str(far / "out")


def bring(sent, far, attempts=20):
    """Do what the engine does until it is known: look first, then send once."""
    for _ in range(attempts):
        try:
            if sent.is_out(out(far), "a.x12"):
                return
            sent.lay_out(out(far), "a.x12", BODY)
        except OSError:
            continue
        return
    raise AssertionError("it never went out")


def test_a_file_lies_there_whole_and_nothing_else(sent, far):
    sending = sent()
    sending.lay_out(out(far), "a.x12", BODY)

    assert [file.name for file in (far / "out").iterdir()] == ["a.x12"]
    assert (far / "out" / "a.x12").read_bytes() == BODY
    assert sending.is_out(out(far), "a.x12")
    assert sending.standing(out(far), "a.x12") == BODY


def test_it_is_known_to_be_out_also_after_the_partner_took_it(sent, far):
    sent().lay_out(out(far), "a.x12", BODY)
    (far / "out" / "a.x12").unlink()

    assert sent().is_out(out(far), "a.x12")
    assert not sent().is_out(out(far), "b.x12")


def test_a_half_may_be_written_in_a_folder_of_its_own(sent, far):
    (far / "halves").mkdir()
    sending = sent(halves=str(far / "halves"))
    seen = []
    note = sending.note
    sending.note = lambda name: (
        seen.append([names(far / one) for one in ("out", "halves")]),
        note(name),
    )
    sending.lay_out(out(far), "a.x12", BODY)

    assert seen == [[[], [".a.x12.part"]]]
    assert names(far / "out") == ["a.x12"]


def test_without_our_note_what_lies_there_is_read_back(sent, far):
    (far / "out" / "a.x12").write_bytes(b"laid out before we lost our own folder")

    assert sent().standing(out(far), "a.x12") == b"laid out before we lost our own folder"
    assert sent().standing(out(far), "b.x12") is None


@pytest.mark.parametrize("at", range(500, 16_500, 800))
def test_a_cable_cut_anywhere_brings_the_partner_each_file_once(sent, far, cable, at):
    partner, sending = Partner(far / "out"), sent(port=cable.port, answer_seconds=2)
    cable.cut_after(ours=at)
    try:
        sending.lay_out(out(far), "a.x12", BODY)
    except Cut:
        partner.take()
    cable.mend()
    bring(sending, far)
    partner.take()

    assert partner.taken == [("a.x12", BODY)]
    assert names(far / "out") == []


@pytest.mark.parametrize("at", range(1_000, 7_000, 500))
def test_an_answer_lost_anywhere_brings_the_partner_each_file_once(sent, far, cable, at):
    partner, sending = Partner(far / "out"), sent(port=cable.port, answer_seconds=2)
    cable.cut_after(theirs=at)
    try:
        sending.lay_out(out(far), "a.x12", BODY)
    except Cut:
        partner.take()
    cable.mend()
    bring(sending, far)
    partner.take()

    assert partner.taken == [("a.x12", BODY)]


def test_an_answer_lost_after_the_last_step_is_seen_to_be_done(sent, far, cable, monkeypatch):
    sending = sent(port=cable.port, answer_seconds=2)
    rename = type(sending._wire._sending._open()).rename

    def renamed_and_cut(far_side, old, new):
        rename(far_side, old, new)
        cable.cut()
        raise EOFError

    with monkeypatch.context() as patch:
        patch.setattr(type(sending._wire._sending._open()), "rename", renamed_and_cut)
        with pytest.raises(Cut):
            sending.lay_out(out(far), "a.x12", BODY)
    (far / "out" / "a.x12").unlink()  # the partner was quick

    assert sending.is_out(out(far), "a.x12")


def test_dying_between_the_note_and_the_last_step_is_seen_not_to_be_done(sent, far, monkeypatch):
    sending = sent()
    with monkeypatch.context() as patch:
        patch.setattr(
            type(sending._wire._sending._open()),
            "rename",
            lambda *_: (_ for _ in ()).throw(EOFError),
        )
        with pytest.raises(Cut):
            sending.lay_out(out(far), "a.x12", BODY)
    again = sent()
    known = again.is_out(out(far), "a.x12")
    again.lay_out(out(far), "a.x12", BODY)

    assert not known
    assert names(far / "out") == ["a.x12"]


def test_a_disk_that_is_full_leaves_nothing_to_be_seen(sent, far):
    sending = sent()
    (far / "out" / ".a.x12.part").symlink_to("/dev/full")
    with pytest.raises(OSError, match=r"127\.0\.0\.1"):
        sending.lay_out(out(far), "a.x12", BODY)
    known = sending.is_out(out(far), "a.x12")
    (far / "out" / ".a.x12.part").unlink()
    sending.lay_out(out(far), "a.x12", BODY)

    assert not known
    assert names(far / "out") == ["a.x12"]


def test_a_server_that_lets_us_write_nothing_says_so(tmp_path, far):
    (tmp_path / "ssh").mkdir()
    with running(Sshd(tmp_path / "ssh", "ForceCommand internal-sftp -R")) as server:
        wire = wire_to(server, far)
        with pytest.raises(OSError, match="Permission denied"):
            Sent(far.parent / "own", wire).lay_out(out(far), "a.x12", BODY)
        wire.close()

    assert names(far / "out") == []


def test_a_server_that_was_killed_and_is_back_is_used_again(tmp_path, far):
    (tmp_path / "ssh").mkdir()
    with running(Sshd(tmp_path / "ssh")) as server:
        wire = wire_to(server, far)
        sending = Sent(far.parent / "own", wire)
        sending.lay_out(out(far), "a.x12", BODY)
        server.kill()
        with pytest.raises(Cut):
            sending.lay_out(out(far), "b.x12", BODY)
        with pytest.raises(Cut):
            wire.take()
        server.start()
        sending.lay_out(out(far), "b.x12", BODY)
        wire.close()

    assert names(far / "out") == ["a.x12", "b.x12"]


@pytest.mark.parametrize("size", [100, 12_000_000], ids=["a small file", "a large one"])
def test_a_line_that_hangs_is_hung_up_and_the_file_goes_out_later(sent, far, cable, size):
    sending = sent(port=cable.port, answer_seconds=1)
    assert sending._wire.probe()
    cable.hold_after(ours=1)
    began = time.monotonic()
    with pytest.raises(Cut):
        sending.lay_out(out(far), "a.x12", bytes(size))
    waited = time.monotonic() - began
    cable.mend()
    sending.lay_out(out(far), "a.x12", bytes(size))

    assert waited < 10
    assert (far / "out" / "a.x12").stat().st_size == size


def test_one_connection_serves_many_files_and_threads(sent, far, cable):
    sending = sent(port=cable.port)
    threads = [
        threading.Thread(target=sending.lay_out, args=(out(far), f"{number}.x12", BODY))
        for number in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(names(far / "out")) == 8
    assert cable.connections == 1


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=100_000))
def test_any_bytes_arrive_as_they_are(sent, far, body):
    sending = sent()
    sending.lay_out(out(far), "any.x12", body)
    sending._wire.close()

    assert (far / "out" / "any.x12").read_bytes() == body
