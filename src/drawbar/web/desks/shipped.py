"""The files that we ship to a browser: our own, and what the build fetched beside them.

All stand under one release, made from their content: a page never mixes two of them.
"""

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeAlias

Files: TypeAlias = dict[str, bytes]


def static_address(name: str) -> str:
    """Return the address of a file. Raise ``KeyError`` for one that we do not ship."""
    _ = shipped()[name]
    return f"/static/{release()}/{name}"


def is_shipped(name: str) -> bool:
    """Say whether a file is here: what the build fetches may be missing."""
    return name in shipped()


@cache
def shipped() -> Files:
    """Return every file by its name below ``static/``, such as ``vendor/grid.js``."""
    return dict(_files_below(files(__package__).joinpath("static")))


@cache
def release() -> str:
    """Return a name for the content of all files; another content has another name."""
    told = hashlib.blake2b(digest_size=6)
    for name, content in sorted(shipped().items()):
        told.update(f"{name} {len(content)}\n".encode() + content)
    return told.hexdigest()


def _files_below(folder: Traversable, before: str = "") -> Files:
    found: Files = {}
    for each in folder.iterdir():
        name = before + each.name
        found |= _files_below(each, f"{name}/") if each.is_dir() else {name: each.read_bytes()}
    return found
