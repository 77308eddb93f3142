"""Files that must survive a power cut: they are there whole, or not at all.

A name is only safe once its folder is on disk too.
"""

import os
import secrets
from pathlib import Path


def write_private(path: Path, content: bytes) -> None:
    """Replace ``path`` at once by ``content``, readable by its owner alone."""
    draft = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    rename(draft, path)


def rename(old: Path, new: Path) -> None:
    """Give ``old`` its final name in a way a power cut cannot undo."""
    old.rename(new)
    folder = os.open(new.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
