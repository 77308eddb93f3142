"""Records in JSON, NDJSON or YAML as rows: what is within another record becomes rows of its own.

Figures keep every digit that stands in the file; a list of stops, goods, lines, events or approvals
within a record becomes a table of its own, under the shipment or bill that it stands in.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import yaml

from drawbar.cli.audit.heading import plain
from drawbar.cli.audit.setting import UnreadableSetting, parsed_yaml
from drawbar.cli.audit.unread import Refused, UnreadList

WHOLE_BYTES_MAX = 64 * 1024 * 1024
LINE_BYTES_MAX = 4 * 1024 * 1024
DEPTH_MAX = 6
INNER = {
    "stops": "stops",
    "goods": "goods",
    "items": "goods",
    "events": "events",
    "milestones": "events",
    "approvals": "approvals",
    "receipts": "approvals",
}
LINES = frozenset({"lines", "charges", "line items"})

Told = tuple[str, str, dict[str, str]]
"""Kind, place and fields of one row."""


def records_in(path: Path, kind: str, unread: UnreadList, name: str) -> Iterator[Told]:
    """Yield the rows of a file of records. Raise ``Refused`` where it cannot be read at all."""
    for place, record in _records(path, unread, name):
        if isinstance(record, dict):
            yield from _rows(kind, place, record)
        else:
            error = Refused("it is no record", remedy="Write an object with fields.")
            unread.add(name, place, error)


def _rows(kind: str, place: str, record: dict[str, Any]) -> Iterator[Told]:
    own = {key: value for key, value in record.items() if not _is_inner(key, value)}
    head = dict(_flat(own))
    lines = next((v for k, v in record.items() if plain(str(k)) in LINES and _is_list(v)), None)
    if kind == "bills" and lines:
        for number, line in enumerate(lines, start=1):
            yield kind, f"{place} line {number}", {**head, **dict(_flat(line))}
        return
    yield kind, place, head
    for key, value in record.items():
        inner = INNER.get(plain(str(key)))
        if inner and inner != kind and _is_list(value):
            for number, one in enumerate(value, start=1):
                fields = {**_around(head, inner, number), **dict(_flat(one))}
                yield inner, f"{place} {key} {number}", fields


def _around(head: dict[str, str], inner: str, number: int) -> dict[str, str]:
    """Return what an inner record takes from the one around it and from its place."""
    ref = next((head[one] for one in head if one.startswith(("shipment", "load"))), "")
    told = {"shipment": ref}
    if inner == "stops":
        told["stop"] = str(number)
    if inner == "events" and "carrier" in head:
        told["carrier"] = head["carrier"]
    return told


def _is_inner(key: object, value: object) -> bool:
    return _is_list(value) and (plain(str(key)) in INNER or plain(str(key)) in LINES)


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _flat(record: object, lead: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield the fields of a record; of an inner one under both names, as in ``origin city``."""
    if not isinstance(record, dict) or depth > DEPTH_MAX:
        return
    for key, value in record.items():
        name = f"{lead} {plain(str(key))}".strip()
        if isinstance(value, dict):
            if set(map(plain, map(str, value))) == {"amount", "currency"}:
                yield name, str(value.get("amount", ""))
                yield "currency", str(value.get("currency", ""))
            else:
                inner = "" if plain(str(key)) in {"place", "address", "window"} else name
                yield from _flat(value, inner or lead, depth + 1)
        elif isinstance(value, list):
            yield name, ";".join(str(one) for one in value if not isinstance(one, dict | list))
        elif value is not None:
            yield name, "yes" if value is True else "no" if value is False else str(value)


def _records(path: Path, unread: UnreadList, name: str) -> Iterator[tuple[str, Any]]:
    suffix = path.suffix.casefold()
    if suffix in {".ndjson", ".jsonl"}:
        yield from _by_line(path, unread, name)
        return
    if path.stat().st_size > WHOLE_BYTES_MAX:
        raise Refused(
            f"larger than {WHOLE_BYTES_MAX:,} bytes", remedy="Write it as NDJSON, a record a line."
        )
    whole = _yaml(path) if suffix in {".yaml", ".yml"} else _json(path.read_bytes())
    for number, record in enumerate(_list_of(whole), start=1):
        yield f"record {number}", record


def _by_line(path: Path, unread: UnreadList, name: str) -> Iterator[tuple[str, Any]]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LINE_BYTES_MAX + 1):
            number += 1
            try:
                record = _json(_bounded(line, file))
            except Refused as error:
                unread.add(name, f"line {number}", error)
            else:
                if record is not None:
                    yield f"line {number}", record


def _bounded(line: bytes, file: IO[bytes]) -> bytes:
    """Return a line; one that is too long is read to its end and refused."""
    if len(line) <= LINE_BYTES_MAX:
        return line if line.strip() else b"null"
    while line and not line.endswith(b"\n"):
        line = file.readline(LINE_BYTES_MAX)
    raise Refused(f"the line is longer than {LINE_BYTES_MAX:,} bytes", remedy="Split the record.")


def _json(body: bytes) -> Any:
    try:
        text = body.decode("utf-8-sig")
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except UnicodeDecodeError as error:
        raise Refused("it is not UTF-8", remedy="Save it as UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise Refused(f"it is no JSON: {error}", cause="json", remedy="Mend it there.") from error


def _yaml(path: Path) -> Any:
    try:
        return parsed_yaml(path)
    except (UnreadableSetting, yaml.YAMLError) as error:
        raise Refused(str(error), remedy="Mend it there.") from error


def _list_of(whole: Any) -> Iterable[Any]:
    """Return the records of a file: a list, a list under one name, or one record alone."""
    if isinstance(whole, list):
        return whole
    if isinstance(whole, dict):
        lists = [value for value in whole.values() if _is_list(value) and value]
        return lists[0] if len(lists) == 1 and len(whole) == 1 else [whole]
    if whole is None:
        raise Refused("the file is empty", remedy="Write a list of records.")
    return [whole]
