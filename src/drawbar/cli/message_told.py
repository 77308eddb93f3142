"""One message as a person looks at it: what it said, what of it failed, what came before it."""

from typing import Any

import click
from msgspec import Struct, structs

from drawbar.cli.raw_bytes import readable
from drawbar.cli.table import show_pairs, show_table
from drawbar.cli.whole_story import Row, cases_of_message
from drawbar.freight.stream import StreamKey
from drawbar.records.desk.listing import MESSAGES, Listing, leaf
from drawbar.records.desk.message import FactHead, MessageKept, facts_of, message
from drawbar.records.desk.stream import touched_by
from drawbar.records.sheet import Rows

DEAD_FACTS = Listing(
    table="dead_facts",
    columns=("dead_id", "key", "name", "why", "place", "error", "died_at"),
    order="dead_id",
    filters=("message_ref",),
    only="replayed_at IS NULL",
)
VERSIONS = structs.replace(MESSAGES, filters=("edited_from",))


class MessageTold(Struct, frozen=True, kw_only=True):
    """A message with everything that came of it. ``edited_to`` took its place, where one did."""

    kept: MessageKept
    facts: tuple[FactHead, ...]
    dead_facts: tuple[Row, ...]
    streams: tuple[StreamKey, ...]
    cases: tuple[Row, ...]
    edited_to: str


def message_told(cursor: Rows, ref: str) -> MessageTold | None:
    """Return everything about a message, None where there is none."""
    kept = message(cursor, ref)
    if kept is None:
        return None
    return MessageTold(
        kept=kept,
        facts=tuple(facts_of(cursor, ref)),
        dead_facts=tuple(dead_facts(cursor, ref)),
        streams=tuple(touched_by(cursor, ref)),
        cases=tuple(cases_of_message(cursor, ref)),
        edited_to=edited_to(cursor, ref),
    )


def dead_facts(cursor: Rows, ref: str) -> list[Row]:
    """Return the facts of a message that failed or contradict what was told before."""
    return leaf(cursor, DEAD_FACTS, wanted={"message_ref": ref}, limit=500).rows[::-1]


def edited_to(cursor: Rows, ref: str) -> str:
    """Return the version that took the place of a message, empty where none did."""
    rows = leaf(cursor, VERSIONS, wanted={"edited_from": ref}).rows
    return str(rows[0]["message_ref"]) if rows else ""


def as_data(told: MessageTold, *, raw: bool) -> dict[str, Any]:
    """Return it for a program; the bytes as base64 where they are wanted."""
    data = structs.asdict(told)
    kept = structs.asdict(data.pop("kept"))
    body = kept.pop("body")
    kept |= {"size": len(body), "sha256": kept["sha256"].hex()}
    return {**kept, **data, **({"body": body} if raw else {})}


def tell(told: MessageTold, *, raw: bool) -> None:
    """Print it for a person."""
    kept = told.kept
    show_pairs(
        [
            ("message", f"{kept.message_ref}  {kept.outcome}"),
            ("way", f"{kept.direction}, {kept.channel} of {kept.sender}"),
            ("key", kept.key),
            ("content", f"{kept.content_type}, {len(kept.body):,} bytes"),
            ("sha256", kept.sha256.hex()),
            ("learned", kept.learned_at),
            ("times", f"{kept.times}, last {kept.last_at:%Y-%m-%d %H:%M:%S}Z"),
            ("edited from", kept.edited_from),
            ("by", f"{kept.author}: {kept.reason}" if kept.author else ""),
            ("edited to", told.edited_to),
            ("streams", ", ".join(map(str, told.streams))),
            ("error", kept.error.strip()),
        ]
    )
    _tell_facts(told)
    _tell_problems(told)
    if raw:
        click.echo("")
        click.echo(readable(kept.body))


def _tell_facts(told: MessageTold) -> None:
    if told.facts:
        click.echo("")
        rows = ((one.name, one.place, one.happened_at, one.key) for one in told.facts)
        show_table(("Fact", "Place", "Happened", "Key"), rows)
    if told.dead_facts:
        click.echo("")
        cells = (
            (row["name"], row["place"], row["why"], row["error"].strip().split("\n")[-1])
            for row in told.dead_facts
        )
        show_table(("Failed fact", "Place", "Why", "Said"), cells)


def _tell_problems(told: MessageTold) -> None:
    if told.kept.problems:
        click.echo("")
        found = ((one["place"], one["text"], one["remedy"]) for one in told.kept.problems)
        show_table(("Place", "Problem", "What would mend it"), found)
    open_cases = [row for row in told.cases if row["settled_at"] is None]
    if open_cases:
        click.echo("")
        cases = ((row["case_id"], row["kind"], row["owner"], row["remedy"]) for row in open_cases)
        show_table(("Case", "Kind", "Owner", "What would mend it"), cases)
