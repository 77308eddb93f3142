"""Files that appear whole or not at all, and are never overwritten, whatever dies in between."""

import os
from hashlib import blake2b
from pathlib import Path
from urllib.parse import quote

NAME_LONGEST = 120


def put(folder: Path, name: str, body: bytes) -> Path:
    """Write a file so that whoever watches the folder sees it complete."""
    folder.mkdir(parents=True, exist_ok=True)
    half = folder / f".{name}.part"
    with half.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    whole = folder / name
    half.rename(whole)
    sync(folder)
    return whole


def move(file: Path, folder: Path, name: str) -> Path | None:
    """Move a file by one atomic step that survives; None when somebody else had taken it."""
    target = shift(file, folder, name)
    if target:
        sync(folder)
    return target


def shift(file: Path, folder: Path, name: str) -> Path | None:
    """Move a file by one atomic step; after a loss of power it may lie where it lay before.

    None when somebody else had taken it already.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / name
    try:
        file.rename(target)
    except FileNotFoundError:
        return None
    return target


def sync(folder: Path) -> None:
    """Make the names in a folder survive a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def safe(text: str) -> str:
    """Return a text as part of a file name; a long one ends in a digest of itself."""
    name = quote(text, safe="")
    if len(name) <= NAME_LONGEST:
        return name
    return f"{name[:NAME_LONGEST]}+{blake2b(text.encode(), digest_size=8).hexdigest()}"
