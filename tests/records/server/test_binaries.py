"""Root's copy of PostgreSQL: complete or not there, however many make it, whenever they die."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from drawbar.records.server.binaries import PACKAGE, Binaries, find_binaries, is_complete, keep
from drawbar.records.server.refusal import UnableToOpenDatabase


def wheel(site: Path) -> Binaries:
    """Lay out a small wheel as the real one."""
    files = {
        f"{PACKAGE}/pginstall18/bin/postgres": 0o755,
        f"{PACKAGE}/pginstall18/share/postgres.bki": 0o600,
        f"{PACKAGE}/pginstall18/include/big.h": 0o644,
        f"{PACKAGE}/pginstall/bin/postgres": 0o755,
        f"{PACKAGE}.libs/libpq.so": 0o700,
        "other/module.py": 0o644,
    }
    for name, mode in files.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
        path.chmod(mode)
    return Binaries(site, "0.6.0")


def names_below(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_the_installed_wheel_brings_postgresql_18():
    binaries = find_binaries()

    assert binaries.program("initdb").exists()
    assert binaries.program("pg_ctl").exists()


def test_says_what_to_do_where_the_wheel_is_not_made_for_the_platform():
    with pytest.raises(UnableToOpenDatabase, match=r"not made for this platform.*DATABASE_URL"):
        find_binaries("no_such_wheel")


def test_keeps_the_programs_and_the_libraries_beside_them(tmp_path):
    kept = keep(wheel(tmp_path / "site"), shelf=tmp_path / "shelf")

    assert kept.site == tmp_path / "shelf" / "0.6.0"
    assert names_below(kept.site) == [
        f"{PACKAGE}.libs/libpq.so",
        f"{PACKAGE}/pginstall18/bin/postgres",
        f"{PACKAGE}/pginstall18/share/postgres.bki",
    ]


def test_every_account_can_read_the_copy_whatever_the_umask_was(tmp_path):
    before = os.umask(0o077)
    try:
        kept = keep(wheel(tmp_path / "site"), shelf=tmp_path / "var" / "shelf")
    finally:
        os.umask(before)

    for path in (tmp_path / "var", tmp_path / "var" / "shelf", kept.site, *kept.site.rglob("*")):
        assert path.stat().st_mode & 0o005 == (0o005 if path.is_dir() else path.stat().st_mode & 5)
        assert path.stat().st_mode & 0o004
    assert kept.program("postgres").stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.unlink(),
        lambda path: path.write_text("short"),
        lambda path: path.chmod(0o700),
    ],
    ids=["removed", "cut short", "closed to others"],
)
@pytest.mark.parametrize(
    "name",
    [f"{PACKAGE}/pginstall18/share/postgres.bki", f"{PACKAGE}.libs/libpq.so"],
    ids=["a file", "a library"],
)
def test_makes_a_copy_again_that_is_not_complete(tmp_path, name, harm):
    original = wheel(tmp_path / "site")
    kept = keep(original, shelf=tmp_path / "shelf")
    harm(kept.site / name)
    assert not is_complete(kept, original)

    assert is_complete(keep(original, shelf=tmp_path / "shelf"), original)


def test_a_complete_copy_is_left_alone(tmp_path):
    original = wheel(tmp_path / "site")
    inode = keep(original, shelf=tmp_path / "shelf").site.stat().st_ino

    assert keep(original, shelf=tmp_path / "shelf").site.stat().st_ino == inode


def test_what_a_killed_copy_left_is_no_copy(tmp_path):
    original, shelf = wheel(tmp_path / "site"), tmp_path / "shelf"
    (shelf / "new-0.6.0" / PACKAGE).mkdir(parents=True)
    (shelf / "new-0.6.0" / PACKAGE / "half").write_text("x")

    assert is_complete(keep(original, shelf=shelf), original)
    assert sorted(path.name for path in shelf.iterdir()) == ["0.6.0", "lock"]


def test_many_may_keep_the_programs_at_once(tmp_path):
    original = wheel(tmp_path / "site")

    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda _: keep(original, shelf=tmp_path / "shelf"), range(8)))

    assert all(is_complete(one, original) for one in kept)
    assert sorted(path.name for path in (tmp_path / "shelf").iterdir()) == ["0.6.0", "lock"]


def test_says_when_the_copy_cannot_be_kept(tmp_path):
    (tmp_path / "shelf").write_text("a file")

    with pytest.raises(UnableToOpenDatabase, match="cannot be kept in"):
        keep(wheel(tmp_path / "site"), shelf=tmp_path / "shelf")
