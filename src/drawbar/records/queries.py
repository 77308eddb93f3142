"""The statements of the product, each with a name and a sentence in a file under ``sql/``."""

import re
from functools import cache
from importlib.resources import files
from types import MappingProxyType

_HEAD = re.compile(r"^-- name: (?P<name>[a-z_]+)$", re.MULTILINE)


@cache
def statements(noun: str) -> MappingProxyType[str, bytes]:
    """Return the statements of ``sql/<noun>.sql`` by name, each with its comment."""
    text = files(__package__).joinpath("sql", f"{noun}.sql").read_text(encoding="utf-8")
    heads = list(_HEAD.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    bodies = (text[head.end() : end] for head, end in zip(heads, ends, strict=True))
    found = {head["name"]: _body(body) for head, body in zip(heads, bodies, strict=True)}
    assert len(found) == len(heads), f"two statements of {noun} bear one name"
    return MappingProxyType(found)


def _body(text: str) -> bytes:
    """Return the statement alone: a comment may hold a % that is no parameter."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("--"))
    return "\n".join(lines).strip().encode()
