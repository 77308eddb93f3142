"""A message mended by hand or read again: new bytes are a new version, with its author and why.

What people decided over the API is never edited here: they decide anew, under their own name.
"""

import difflib
from collections.abc import Iterator
from typing import Any

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler

from drawbar.engine import Taken, TakenAs
from drawbar.engine.editing import Edit, NotEditable
from drawbar.records.desk.message import MessageKept
from drawbar.web.api.v1.messages import seen_message
from drawbar.web.api.v1.readers import READERS
from drawbar.web.api.v1.text import NamePath
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.action import Acting, Done, action
from drawbar.web.desks.form import unfilled
from drawbar.web.desks.rendering import render
from drawbar.web.given import GivenCaller, GivenReads
from drawbar.web.problem import Refusal, problem


@get("/messages/{message_ref:str}/edit", **page(Scope.MESSAGE_READ))
def edit_message(message_ref: NamePath, caller: GivenCaller, reads: GivenReads) -> Response[Any]:
    """Show a message as text to mend, and what an earlier edit changed."""
    with reads.connection() as connection, connection.cursor() as cursor:
        found = seen_message(cursor, message_ref, caller)
        before = seen_message(cursor, found.edited_from, caller) if found.edited_from else None
    return render(
        "message_edit.html",
        here="/messages",
        message=found,
        text=_text(found.body)[0],
        why_not=why_not_edited(found),
        difference=difference(before.body, found.body) if before else "",
    )


def message_routes() -> Iterator[HTTPRouteHandler]:
    """Return the page that mends a message, and its forms."""
    yield edit_message
    one = "/messages/{message_ref:str}"
    yield action(f"{one}/edit", Scope.MESSAGE_EDIT, edit, back="/messages")
    yield action(f"{one}/replay", Scope.MESSAGE_EDIT, replay, back="/messages")


def edit(acting: Acting) -> Done:
    """Keep new bytes for a message, and read them instead of the old ones."""
    found = _found(acting)
    why_not = why_not_edited(found)
    if why_not:
        raise Refusal(problem(409, "wrong-state", why_not))
    body = bytes_of(acting.form.fields.get("body", ""), like=found.body)
    if body == found.body:
        raise unfilled("Nothing was changed.")
    change = Edit(
        message_ref=found.message_ref,
        body=body,
        author=acting.caller.sender,
        reason=acting.form.reason(),
    )
    try:
        taken = acting.engine.edit(change)
    except NotEditable as error:
        raise Refusal(problem(409, "wrong-state", f"{error}.")) from error
    return Done(says=_came_of(taken), back=f"/messages/{taken.message_ref}")


def replay(acting: Acting) -> Done:
    """Read a message on file again; what was applied before is not applied twice."""
    found = _found(acting)
    acting.form.reason()
    done = acting.engine.replay([found.message_ref])
    ends = ((done.recovered, "recovered"), (done.failed, "failed again"), (done.waiting, "waiting"))
    said = next((end for count, end in ends if count), "not one that is read again")
    return Done(says=f"{found.message_ref}: {said}.", back=f"/messages/{found.message_ref}")


def why_not_edited(message: MessageKept) -> str:
    """Return why nobody may edit a message, empty where somebody may."""
    if message.direction != "in":
        return "What was sent stays as it was sent."
    if message.channel in READERS or message.channel == "desk":
        return "Somebody said this under their own name; they say it anew, nobody edits it."
    if b"\0" in message.body:
        return "It is no text."
    return ""


def bytes_of(text: str, *, like: bytes) -> bytes:
    """Return an edited text as bytes, in the letters and line ends of what it was.

    A browser sends every line end as two characters, whatever the message had.
    """
    _, letters = _text(like)
    plain = text.replace("\r\n", "\n")
    return (plain.replace("\n", "\r\n") if b"\r\n" in like else plain).encode(letters)


def difference(before: bytes, after: bytes) -> str:
    """Return what an edit changed, line by line."""
    old, new = (_text(body)[0].replace("~", "~\n").splitlines() for body in (before, after))
    return "\n".join(difflib.unified_diff(old, new, "before", "after", lineterm="", n=2))


def _text(body: bytes) -> tuple[str, str]:
    for letters in ("utf-8", "latin-1"):
        try:
            return body.decode(letters), letters
        except UnicodeDecodeError:
            continue
    raise AssertionError("every byte is a letter of latin-1")


def _found(acting: Acting) -> MessageKept:
    with acting.reads.connection() as connection, connection.cursor() as cursor:
        return seen_message(cursor, acting.path["message_ref"], acting.caller)


def _came_of(taken: Taken) -> str:
    count = taken.learned.total
    facts = f"{count} fact was read" if count == 1 else f"{count} facts were read"
    ends = {
        TakenAs.DEAD: f"it still cannot be read. {taken.error}",
        TakenAs.PARKED: "what it says waits for a name that nobody knows yet.",
    }
    problems = f" {len(taken.problems)} things in it are not understood." if taken.problems else ""
    end = ends.get(taken.outcome, f"{facts} from it.{problems}")
    return f"Kept as {taken.message_ref}: {end}"
