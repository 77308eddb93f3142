"""From a reference to the stories that it belongs to: one for each shipment, seldom more."""

from msgspec import Struct, structs

from drawbar.cli.kin import Family, families
from drawbar.cli.timeline import Event, Track, timeline
from drawbar.cli.whole_story import Row, Told, cases_of_message, tell, with_versions
from drawbar.flow.company import Company
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.listing import DELIVERIES, MESSAGES, leaf
from drawbar.records.desk.message import MessageKept
from drawbar.records.desk.search import Hit, find, streams_found
from drawbar.records.desk.story import story
from drawbar.records.desk.stream import touched_by
from drawbar.records.sheet import Rows

_OF_DELIVERY = structs.replace(
    MESSAGES, columns=("message_id", "delivery_id"), filters=("message_ref",)
)
_DELIVERY = structs.replace(DELIVERIES, filters=("delivery_id",))


class Story(Struct, frozen=True, kw_only=True):
    """The story of one shipment; of an order, bill or invoice where there is no shipment yet."""

    about: StreamKey
    timeline: tuple[Event, ...]
    told: Told


class Trace(Struct, frozen=True, kw_only=True):
    """What a reference leads to. ``messages`` are those found by it that are in no story."""

    reference: str
    found: tuple[Hit, ...]
    stories: tuple[Story, ...]
    messages: tuple[MessageKept, ...] = ()
    cases: tuple[Row, ...] = ()


def traced(cursor: Rows, ref: str, company: Company) -> Trace:
    """Return every story that ``ref`` leads to; none where nobody is called so."""
    hits = find(cursor, ref, company)
    keys = set(streams_found(hits))
    messages = [hit.ref for hit in hits if hit.kind == "message"]
    for message_ref in messages:
        keys |= _touched(cursor, message_ref)
    stories = tuple(_story(cursor, family) for family in families(cursor, keys))
    seen = {one.message_ref for told in stories for one in told.told.messages}
    alone = with_versions(cursor, [one for one in messages if one not in seen])
    return Trace(
        reference=ref,
        found=tuple(hits),
        stories=stories,
        messages=tuple(alone),
        cases=tuple(row for one in alone for row in cases_of_message(cursor, one.message_ref)),
    )


def only(found: Trace, track: str) -> Trace:
    """Return the trace with only the events of one track."""
    wanted = Track(track)
    stories = (
        structs.replace(one, timeline=tuple(e for e in one.timeline if wanted in e.tracks))
        for one in found.stories
    )
    return structs.replace(found, stories=tuple(stories))


def without_bodies(found: Trace) -> Trace:
    """Return the trace with messages whose bytes are left out."""
    stories = (
        structs.replace(one, told=structs.replace(one.told, messages=_emptied(one.told.messages)))
        for one in found.stories
    )
    return structs.replace(found, stories=tuple(stories), messages=_emptied(found.messages))


def _emptied(messages: tuple[MessageKept, ...]) -> tuple[MessageKept, ...]:
    return tuple(structs.replace(one, body=b"") for one in messages)


def _story(cursor: Rows, family: Family) -> Story:
    told = tell(cursor, family)
    steps = story(cursor, family.keys)
    return Story(about=family.about, timeline=timeline(cursor, steps, told), told=told)


def _touched(cursor: Rows, message_ref: str) -> set[StreamKey]:
    """Return the streams that a message told of, or that it was sent for."""
    skipped = {StreamKind.CUSTOMER, StreamKind.NUMBER_SERIES}
    keys = {key for key in touched_by(cursor, message_ref) if key.kind not in skipped}
    for row in leaf(cursor, _OF_DELIVERY, wanted={"message_ref": message_ref}).rows:
        if row["delivery_id"] is not None:
            wanted = {"delivery_id": str(row["delivery_id"])}
            keys |= {
                StreamKey(StreamKind(one["stream_kind"]), one["stream_ref"])
                for one in leaf(cursor, _DELIVERY, wanted=wanted).rows
            }
    return keys
