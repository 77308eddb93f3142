"""Whatever bytes are given, each command ends with a word of its own, and in bounded memory."""

import tracemalloc
from pathlib import Path

import pytest
from bench.fuzz_input import spoiled
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.cli.edi.message import INVOICE, STATUS, invoice, run, written

COMMANDS = {
    "inspect": ("inspect",),
    "inspect --json": ("inspect", "--json"),
    "validate": ("validate",),
    "roundtrip": ("roundtrip",),
    "convert": ("convert",),
    "convert --to edi": ("convert", "--to", "edi", "--element", "|"),
    "convert --version": ("convert", "--to", "edi", "--version", "005010"),
    "ack": ("ack", "--at", "2026-04-15T09:30"),
    "ack --as TA1": ("ack", "--at", "2026-04-15T09:30", "--as", "TA1"),
}
every_command = pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)


def ended(command: tuple[str, ...], data: bytes) -> None:
    outcome = run(*command, given=data)
    assert outcome.exception is None or isinstance(outcome.exception, SystemExit)
    assert outcome.exit_code in {0, 1, 4}
    if command[0] == "convert" and "--to" not in command and outcome.exit_code == 0:
        assert run("convert", "--to", "edi", given=outcome.stdout_bytes).exit_code in {0, 4}


@every_command
@given(data=st.binary(max_size=120))
@settings(max_examples=25)
@example(data=INVOICE[:106])
@example(data=b"UNB+")
@example(data=b"ISA*")
@example(data=b'{"interchanges": [\n{}\n]}')
@example(data=b'{"interchanges": [{"standard": "X12"}]}')
@example(data=b'{"interchanges": ' + b"[" * 100_000)
def test_random_bytes_end_with_a_word(command: tuple[str, ...], data: bytes):
    ended(command, data)


@every_command
def test_spoiled_messages_end_with_a_word(command: tuple[str, ...]):
    for number in range(60):
        ended(command, spoiled(5, number, [INVOICE, STATUS, INVOICE + STATUS]))


@pytest.mark.parametrize("command", ["validate", "roundtrip", "convert", "ack"])
def test_memory_does_not_grow_with_the_count_of_interchanges(command: str, tmp_path: Path):
    few, many = (_peak(command, tmp_path, count) for count in (2, 24))

    assert many < 2 * few


def _peak(command: str, folder: Path, count: int) -> int:
    each = len(invoice(1, sets=40))
    data = b"".join(invoice(number, sets=40) for number in range(count))
    assert each > 8_000
    path = written(folder, f"{count}.edi", data)
    more = [] if command == "validate" else ["--output", folder / "output"]
    more += ["--at", "2026-04-15T09:30"] if command == "ack" else []
    run(command, path, *more)  # what is loaded once is loaded now
    tracemalloc.start()
    try:
        outcome = run(command, path, *more)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert outcome.exit_code == 0, outcome.output
    return peak
