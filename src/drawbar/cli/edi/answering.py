"""``drawbar edi ack``: the receipt that a partner's file is answered with."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import click
from msgspec import UNSET, Struct, UnsetType

from drawbar.cli.edi.inspecting import told
from drawbar.cli.edi.listing import json_lines
from drawbar.cli.edi.sink import sink
from drawbar.cli.edi.standard import Standard
from drawbar.cli.edi.stated import REFUSALS
from drawbar.cli.edi.taken import STDIN, Taken, Unreadable, take
from drawbar.cli.edi.weighing import Strictness
from drawbar.cli.options import FAILED, VALIDATION, fail, say
from drawbar.edi import Interchange, Numbers, acknowledge, acknowledge_interchange, write

KINDS = {
    Standard.X12: ("997", "999", "TA1"),
    Standard.EDIFACT: ("CONTRL",),
}


class Answering(Struct, frozen=True, kw_only=True):
    """How to answer: an empty ``kind`` is what is usual. Numbers count on from those given here."""

    kind: str
    sent_at: datetime
    strictness: Strictness
    control: int = 1
    group: int = 1
    set: int = 1


class Answer(Struct, frozen=True, kw_only=True):
    """One receipt: what it answers, its kind and number, and itself as text."""

    file: str
    answers: str
    kind: str
    control: str
    edi: str
    output: str | UnsetType = UNSET


def answer_files(
    files: Sequence[str], answering: Answering, output: Path | None, *, as_json: bool, charset: str
) -> int:
    """Write a receipt for each interchange; return 0, or 4 when one could not be answered."""
    run = _Run(answering, charset)
    sources = tuple(files) or (STDIN,)
    try:
        answers = run.into(sources, output, quiet=as_json and output is None)
        if as_json:
            for line in json_lines("acknowledgements", answers):
                click.echo(line)
        else:
            for one in answers:
                where = f" -> {one.output}" if one.output else ""
                say(f"{one.file}: {one.kind} {one.control} answers {one.answers}{where}")
    except OSError as error:
        fail(f"{output or 'stdout'} cannot be written: {error.strerror or error}.", code=FAILED)
    for text in run.refused:
        say(text)
    code = told(run.unreadable)
    return VALIDATION if run.refused else code


class _Run:
    """The receipts of one command, with their numbers, and what could not be answered."""

    def __init__(self, answering: Answering, charset: str) -> None:
        self._answering, self._charset = answering, charset
        self._made = 0
        self._written: set[Path] = set()
        self.unreadable: list[Unreadable] = []
        self.refused: list[str] = []

    def into(self, sources: Sequence[str], output: Path | None, *, quiet: bool) -> Iterator[Answer]:
        """Write all receipts: to stdout, into a file, or each into its own in a folder."""
        is_folder = output is not None and (len(sources) > 1 or output.is_dir())
        with ExitStack() as stack:
            if output is not None and is_folder:
                output.mkdir(parents=True, exist_ok=True)
            file = None if is_folder or quiet else stack.enter_context(sink(output))
            for number, source in enumerate(sources):
                for one, made in self._answers(source):
                    data = write(made)
                    path = output
                    if output is not None and is_folder:
                        path = output / _name(source, number, made)
                        self._put(path, data)
                    elif file is not None:
                        file.write(data)
                    yield _told(one, made, data, path)

    def _put(self, path: Path, data: bytes) -> None:
        """Write a file of this run; a second interchange of its source follows the first."""
        with path.open("ab" if path in self._written else "wb") as file:
            file.write(data)
        self._written.add(path)

    def _answers(self, source: str) -> Iterator[tuple[Taken, Interchange]]:
        try:
            for one in take(source, charset=self._charset):
                number = one.interchange.identity.control_number
                where = f"{source}, interchange {number}"
                try:
                    made = self._answer(one)
                    if made:
                        write(made[0])
                        self._made += (
                            1  # a number is drawn for what is sent, so that none is missing
                        )
                except (*REFUSALS, NoSuchReceipt) as error:
                    self.refused.append(f"{where} was not answered: {error}")
                    continue
                if not made:
                    say(f"{where} holds receipts, or nothing to answer; a receipt is never given.")
                yield from ((one, each) for each in made)
        except Unreadable as error:
            self.unreadable.append(error)

    def _answer(self, one: Taken) -> tuple[Interchange, ...]:
        wish = self._answering
        kinds = KINDS[one.standard]
        if wish.kind and wish.kind not in kinds:
            message = f"{one.standard} is answered by {' or '.join(kinds)}, not by {wish.kind}"
            raise NoSuchReceipt(message)
        step = self._made
        numbers = Numbers(interchange=wish.control + step, group=wish.group + step, set=wish.set)
        weigh = wish.strictness.weigh_receipt
        if wish.kind == "TA1":
            return acknowledge_interchange(
                one.interchange, numbers=numbers, sent_at=wish.sent_at, weigh=weigh
            )
        receipt = wish.kind if one.standard is Standard.X12 else ""
        return acknowledge(
            one.interchange, numbers=numbers, sent_at=wish.sent_at, weigh=weigh, receipt=receipt
        )


class NoSuchReceipt(ValueError):
    """The standard of the file has no such receipt."""


def _told(one: Taken, made: Interchange, data: bytes, path: Path | None) -> Answer:
    return Answer(
        file="standard input" if one.source == STDIN else one.source,
        answers=one.interchange.identity.control_number,
        kind=_kind(made),
        control=made.identity.control_number,
        edi=data.decode(made.dialect.charset, "surrogateescape"),
        output=UNSET if path is None else str(path),
    )


def _kind(made: Interchange) -> str:
    return next((item.code for item in made.sets), "TA1")


def _name(source: str, number: int, made: Interchange) -> str:
    """Return a file's name for an answer: two files of one name in two folders stay apart."""
    stem = "stdin" if source == STDIN else Path(source).name
    return f"{number + 1:04d}-{stem}.{_kind(made).lower()}.edi"


def clock_of(text: str | None) -> datetime:
    """Return the moment that an option states, else this minute in UTC; neither has a zone."""
    if text is not None:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    from drawbar.engine import SystemClock  # noqa: PLC0415 - only where nobody states the time

    return SystemClock().now().replace(tzinfo=None, second=0, microsecond=0)
