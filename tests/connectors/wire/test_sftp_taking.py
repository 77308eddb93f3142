"""Files on an SFTP server come in whole and once, whatever lies there and whatever breaks."""

import os
import threading
from pathlib import Path

import pytest

from drawbar.connectors.wire.port import Cut
from tests.connectors.wire.conftest import wire_to
from tests.sshd import Sshd, running

pytestmark = [pytest.mark.system, pytest.mark.needs("sshd")]


def names(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def keys(wire):
    return [item.key for item in wire.take()[0]]


@pytest.mark.parametrize("claim", ["folder", "prefix"])
@pytest.mark.parametrize("after", ["move", "delete"])
def test_a_file_is_claimed_fetched_and_put_away_when_it_is_kept(wire, far, claim, after):
    (far / "in" / "a.edi").write_bytes(b"one")
    taking = wire(claim=claim, after=after)
    (item,), more = taking.take()
    lying = names(far / "in")
    taking.settle(item.key)

    assert (item.channel, item.body, more) == ("a.edi", b"one", False)
    assert len(lying) == 1
    assert lying != ["a.edi"]
    assert len(names(far / "in")) == (1 if after == "move" else 0)
    assert keys(taking) == keys(wire(claim=claim, after=after)) == []


@pytest.mark.parametrize("claim", ["folder", "prefix"])
def test_what_was_claimed_and_not_kept_is_read_again_also_without_our_own_copy(wire, far, claim):
    (far / "in" / "a.edi").write_bytes(b"one")
    before = keys(wire(claim=claim))
    again = keys(wire(claim=claim))
    for file in (far.parent / "own" / "claimed").iterdir():
        file.unlink()

    assert before == again == keys(wire(claim=claim)) == ["one"]


def test_another_reader_leaves_our_claims_alone(wire, far):
    (far / "in" / "a.edi").write_bytes(b"one")
    ours, theirs = wire(), wire(own="other")

    assert keys(ours) == ["one"]
    assert keys(theirs) == []


def test_of_two_readers_at_once_each_file_has_one(wire, far):
    for number in range(60):
        (far / "in" / f"{number:02d}.edi").write_bytes(b"%02d" % number)
    readers = [wire(), wire(own="other")]
    read = {}
    threads = [
        threading.Thread(target=lambda one=one, n=n: read.update({n: keys(one)}))
        for n, one in enumerate(readers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(read[0] + read[1]) == [f"{number:02d}" for number in range(60)]


def test_a_page_holds_no_more_than_one_large_file_beyond_its_limit(wire, far, monkeypatch):
    monkeypatch.setattr("drawbar.connectors.folder.claims.BYTES_MAX", 1000)
    for number in range(5):
        (far / "in" / f"{number}.edi").write_bytes(b"%d" % number * 600)
    items, more = wire().take()

    assert (len(items), more) == (2, True)


def test_a_file_that_another_took_between_two_looks_is_no_trouble(wire, far, monkeypatch):
    for name in ("a.edi", "b.edi"):
        (far / "in" / name).write_bytes(name.encode())
    taking = wire()
    is_stable = type(taking._inbox)._is_stable

    def overtaken(inbox, entry):
        if entry.name == "a.edi":
            (far / "in" / "a.edi").rename(far / "a.taken")
        return is_stable(inbox, entry)

    monkeypatch.setattr(type(taking._inbox), "_is_stable", overtaken)

    assert keys(taking) == ["b.edi"]


def test_a_file_that_grows_is_not_taken_before_it_rests(sshd, far):
    taking = wire_to(sshd, far)
    taking._inbox._looks._stable_seconds = 0.05
    (far / "in" / "a.edi").write_bytes(b"half")
    first = keys(taking)
    (far / "in" / "a.edi").write_bytes(b"half and half")
    second = keys(taking)
    while not (third := keys(taking)):
        pass
    taking.close()

    assert (first, second, third) == ([], [], ["half and half"])


def test_a_file_that_grows_after_it_was_claimed_is_not_cut_off(wire, far):
    file = far / "in" / "a.edi"
    file.write_bytes(b"x" * 10)
    taking = wire()

    class Growing:
        def __init__(self, far_side):
            self._far = far_side

        def __getattr__(self, name):
            return getattr(self._far, name)

        def read(self, path, *, most):
            body = self._far.read(path, most=most)
            with Path(path).open("ab") as more:
                more.write(b"y")
            return body

    with taking._reading.using() as far_side:
        taking._inbox._claim(far_side)
        (entry,) = taking._inbox._claimed(far_side)
        taking._inbox._fetch(Growing(far_side), entry)
    missed = names(far.parent / "own")

    assert missed == []
    assert keys(taking) == ["x" * 10 + "y"]


def test_only_plain_files_with_harmless_names_are_taken(wire, far):
    inbox = far / "in"
    (far / "secret").write_text("not for you")
    (inbox / "link.edi").symlink_to(far / "secret")
    (inbox / "folder.edi").mkdir()
    os.mkfifo(inbox / "pipe.edi")
    for name in (".hidden", "a.part", "a.tmp"):
        (inbox / name).write_text(name)
    (inbox / "good.edi").write_text("good")

    assert keys(wire()) == ["good"]


@pytest.mark.parametrize(
    "name",
    [b"caf\xe9.edi", b"new\nline.edi", b"back\\slash.edi", b"..edi.", "ø運送.edi".encode(), b"-rf"],
    ids=["latin-1", "line end", "backslash", "dots", "beyond ASCII", "a dash"],
)
def test_a_strange_name_is_taken_under_a_plain_one(wire, far, name):
    (far / "in").joinpath(os.fsdecode(name)).write_bytes(b"one")
    taking = wire()
    (read,) = [taking.take()[0]] if not name.startswith(b".") else [()]
    for item in read:
        assert item.channel.isascii()
        assert item.channel.isprintable()
        assert "/" not in item.channel
        taking.settle(item.key)

    assert keys(taking) == []
    assert [item.body for item in read] == ([] if name.startswith(b".") else [b"one"])


def test_a_name_as_long_as_a_name_can_be_is_taken(wire, far):
    (far / "in" / ("x" * 251 + ".edi")).write_bytes(b"one")

    assert keys(wire()) == ["one"]


def test_a_folder_of_ten_thousand_files_is_read_page_by_page(wire, far):
    for number in range(10_050):
        (far / "in" / f"{number:05d}.edi").write_bytes(b"%05d" % number)
    items, more = wire().take()

    assert (len(items), more) == (100, True)


def test_a_folder_is_read_to_its_end(wire, far):
    for number in range(102):
        (far / "in" / f"{number:03d}.edi").write_bytes(b"%05d" % number)
    taking, read, more = wire(), [], True
    while more:
        items, more = taking.take()
        read += [item.key for item in items]
        for item in items:
            taking.settle(item.key)

    assert read == [f"{number:05d}" for number in range(102)]


def test_a_file_that_is_too_long_is_laid_aside_and_told(wire, far):
    (far / "in" / "a.edi").write_bytes(b"x" * 100_001)
    (far / "in" / "b.edi").write_bytes(b"good")
    taking = wire(file_bytes_max=100_000, after="delete")
    items, _ = taking.take()
    for item in items:
        taking.settle(item.key)

    told = next(item for item in items if item.channel == "a.edi").body.decode()
    assert "more than 100000 bytes" in told
    assert "Ask the partner" in told
    assert [item.key for item in items if item.channel == "b.edi"] == ["good"]
    (aside,) = (far / "in" / "quarantine").iterdir()
    assert aside.stat().st_size == 100_001


def test_a_file_that_cannot_be_read_is_laid_aside_and_holds_nothing_up(tmp_path, far):
    (tmp_path / "ssh").mkdir()
    (far / "in" / "a.edi").write_bytes(b"one")
    deny = "ForceCommand internal-sftp -P read"
    with running(Sshd(tmp_path / "ssh", deny)) as server:
        taking = wire_to(server, far)
        first, second, third = (keys(taking) for _ in range(3))
        taking.close()

    assert (first, second) == ([], [])
    assert "Permission denied" in third[0]
    assert len(names(far / "in" / "quarantine")) == 1


def test_where_the_server_has_no_posix_rename_its_own_serves(tmp_path, far):
    (tmp_path / "ssh").mkdir()
    (far / "in" / "a.edi").write_bytes(b"one")
    deny = "ForceCommand internal-sftp -P posix-rename"
    with running(Sshd(tmp_path / "ssh", deny)) as server:
        taking = wire_to(server, far)
        read = keys(taking)
        taking.settle("one")
        taking.put(str(far / "out"), "b.edi", b"two", note=lambda: None)
        taking.close()

    assert read == ["one"]
    assert len(names(far / "in" / "done")) == 1
    assert names(far / "out") == ["b.edi"]


def test_the_same_bytes_in_two_files_are_settled_together(wire, far):
    for name in ("a.edi", "b.edi"):
        (far / "in" / name).write_bytes(b"one")
    taking = wire()
    items, _ = taking.take()
    taking.settle("one")

    assert [item.key for item in items] == ["one", "one"]
    assert len(names(far / "in" / "done")) == 2


def test_one_file_name_used_twice_overwrites_nothing(wire, far):
    taking = wire()
    for body in (b"one", b"two"):
        (far / "in" / "a.edi").write_bytes(body)
        taking.take()

    assert keys(taking) == ["one", "two"]


def test_a_line_cut_in_the_middle_of_a_file_brings_it_whole_later(wire, far, cable):
    body = os.urandom(400_000)
    (far / "in" / "a.edi").write_bytes(body)
    taking = wire(port=cable.port, answer_seconds=2)
    cable.cut_after(theirs=200_000)
    with pytest.raises(Cut):
        taking.take()
    cable.mend()

    (item,), _ = taking.take()
    assert item.body == body
    assert len(names(far / "in")) == 1


def test_a_line_that_breaks_before_it_is_put_away_brings_it_again(wire, far, cable):
    (far / "in" / "a.edi").write_bytes(b"one")
    taking = wire(port=cable.port, answer_seconds=2)
    first = keys(taking)
    cable.cut_after(ours=0)
    cable.cut()
    taking.settle("one")
    cable.mend()
    second = keys(taking)
    taking.settle("one")

    assert first == second == ["one"]
    assert keys(taking) == []


def test_an_inbox_that_is_not_there_is_no_empty_one(wire, far):
    (far / "in").rmdir()

    with pytest.raises(OSError, match="No such file"):
        wire().take()
    assert not (far / "in").exists()
