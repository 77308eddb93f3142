"""What integration looks at: everything that goes to other systems, and every message."""

from drawbar.freight.delivery import Lane
from drawbar.records.desk.listing import DELIVERIES, MESSAGES
from drawbar.web.desks.board import Board, Column
from drawbar.web.desks.cell import number, ref, stack, state, subject, text, time
from drawbar.web.desks.choice import days, same
from drawbar.web.desks.choice import words as words_choice

_DELIVERY_STATES = ("ready", "claimed", "confirmed", "rejected", "unsure", "dead", "skipped")
_OUTCOMES = ("applied", "parked", "dead", "conflicting", "edited", "sent", "shadow", "observed")

DELIVERY_BOARD = Board(
    title="Deliveries to other systems",
    path="/deliveries",
    topic="deliveries",
    listing=DELIVERIES,
    key=int,
    columns=(
        Column(label="What", cell=stack(text("kind"), text("system"), text("lane"))),
        Column(label="State", cell=state("state")),
        Column(label="About", cell=subject("stream_kind", "stream_ref"), wide=2),
        Column(label="Our key", cell=text("business_key"), wide=2),
        Column(label="Their number", cell=text("document")),
        Column(label="Attempts", cell=number("attempts"), align="number"),
        Column(label="Said", cell=text("error"), wide=2),
        Column(label="Since", cell=time("created_at")),
    ),
    choices=(
        words_choice("stream_ref", "business_key", "document", "error", "kind"),
        same("system", "system", "system"),
        same("lane", "lane", "lane", tuple(lane.value for lane in Lane)),
        same("status", "state", "state", _DELIVERY_STATES),
        *days("created_at", "since"),
    ),
    new="Nothing was to be sent yet.",
)
MESSAGE_BOARD = Board(
    title="Messages",
    path="/messages",
    topic="messages",
    listing=MESSAGES,
    key=int,
    columns=(
        Column(label="Message", cell=ref("message_ref", "/messages/")),
        Column(label="Way", cell=text("direction")),
        Column(label="State", cell=state("outcome")),
        Column(label="Channel", cell=text("channel"), wide=2),
        Column(label="Sender", cell=text("sender"), wide=2),
        Column(label="Facts", cell=number("facts"), align="number"),
        Column(label="Times", cell=number("times"), align="number"),
        Column(label="Learned", cell=time("learned_at")),
    ),
    choices=(
        words_choice("message_ref", "channel", "sender", "key"),
        same("direction", "way", "direction", ("in", "out")),
        same("status", "state", "outcome", _OUTCOMES),
        same("channel", "channel", "channel"),
        same("sender", "sender", "sender"),
        *days("learned_at", "learned"),
    ),
    new="Nothing came in or went out yet.",
)
