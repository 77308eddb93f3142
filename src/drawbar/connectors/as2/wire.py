"""The wire of AS2: each file is one message, and is done when a receipt proves that it is there.

What the partner posts is kept by our door and taken here; a message that is kept there counts as
received, whatever happens to us before it is read.
"""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import assert_never

from drawbar.connectors.as2.agreed import As2
from drawbar.connectors.as2.door import Party
from drawbar.connectors.as2.journal import Journal, Noted, journal_in
from drawbar.connectors.as2.pinned import UnusableKey, profile_of
from drawbar.connectors.as2.post import Post, poster
from drawbar.connectors.as2.profile import doubt_about, doubts_about
from drawbar.connectors.as2.read_mdn import Delivered, TurnedDown, Unproven, Verdict
from drawbar.connectors.as2.sender import LATER, Means, OtherContent, Sender, Waiting
from drawbar.connectors.folder.claims import ItemOf
from drawbar.connectors.port import Item
from drawbar.connectors.wire.port import Barred, Cut

FIELD = "wire.as2"
SHUT_SECONDS = 60.0


class As2Wire:
    """A partner over AS2, with a journal under a folder of ours."""

    can_look_up = True

    def __init__(self, told: As2, *, own: Path, item_of: ItemOf) -> None:
        """Read no key and connect to nothing yet. The journal is kept under ``own``."""
        self._told, self._own, self._item_of = told, own, item_of
        self._settling: dict[str, tuple[Item, list[Callable[[], None]]]] = {}
        self._shut_until = 0.0

    @property
    def names(self) -> tuple[str, str]:
        """Return who sends and to whom, of what the partner posts; no key is read for that."""
        return self._told.their_name, self._told.our_name

    @cached_property
    def party(self) -> Party:
        """Return the partner as the door knows it. Raise ``Barred`` for unusable files."""
        return party_of(self._told, own=self._own)

    def take(self) -> tuple[tuple[Item, ...], bool]:
        """Return what our door kept and nobody read yet; post the receipts that are owed.

        Of what the door refused comes a note in its place: a person gets it as a case.
        """
        self._post_owed()
        journal, self._settling = self.party.journal, {}
        waiting = journal.waiting()
        for key, taken in waiting:
            self._note(self._item_of(taken.file_name, taken.payload), partial(journal.settle, key))
        for _, noted in journal.refused(now=self.party.means.clock()):
            self._note(self._item_of("refused.txt", _said_of(noted)), partial(journal.tell, noted))
        return tuple(item for item, _ in self._settling.values()), len(waiting) >= 100

    def settle(self, key: str) -> None:
        """Put away the messages of an item that is kept on our side."""
        _, steps = self._settling.pop(key, (None, []))
        for step in steps:
            step()

    def put(self, place: str, name: str, body: bytes, *, note: Callable[[], None]) -> None:
        """Send it; a name is one message for ever.

        Raise ``Cut`` while no receipt proves that it is there, ``Barred`` where it was refused.
        """
        del place
        self._check_certificate()
        try:
            said = self.party.sender.send(name, body, note=note)
        except OtherContent as error:
            raise Barred(str(error), FIELD) from error
        if isinstance(said, Waiting):
            raise Cut(f"the partner has it; its receipt is awaited until {said.until:%H:%M} UTC")
        _check(said)

    def is_done(self, place: str, name: str) -> bool:
        """Say whether a receipt proved that it is there; without one it may be sent again."""
        del place
        return isinstance(self.party.sender.verdict(name), Delivered)

    def standing(self, place: str, name: str) -> bytes | None:
        """Return nothing: the partner gives no file back."""
        del place, name
        return None

    def probe(self) -> bool:
        """Say that nothing is known to be wrong: AS2 has no safe question to ask.

        Raise ``Barred`` where keys or certificates are not good for today.
        """
        now = self.party.means.clock()
        doubts = doubts_about(self.party.profile, now=now, days_before=0)
        if doubts and not self.party.profile.takes.expired:
            raise Barred("; ".join(doubts), FIELD)
        return True

    def close(self) -> None:
        """Nothing is held open between two calls."""

    def _check_certificate(self) -> None:
        """Raise ``Barred`` where nothing should be sealed for the partner any more."""
        profile, now = self.party.profile, self.party.means.clock()
        doubt = doubt_about(profile.certificates[0], now=now)
        if doubt and profile.sends.encrypt and not profile.takes.expired:
            text = f"the partner's certificate {doubt}: ask for the new one and pin it"
            raise Barred(text, f"{FIELD}.certificates")

    def _post_owed(self) -> None:
        """Post owed receipts; a partner who is not there is left alone for a minute."""
        if time.monotonic() < self._shut_until:
            return
        went, owed = post_owed(self.party.journal, self.party.means.post)
        if went < owed:
            self._shut_until = time.monotonic() + SHUT_SECONDS

    def _note(self, item: Item, step: Callable[[], None]) -> None:
        """Note what to do when an item is kept; two messages of one content are one item."""
        self._settling.setdefault(item.key, (item, []))[1].append(step)


def party_of(told: As2, *, own: Path) -> Party:
    """Return a partner with its journal under ``own``. Raise ``Barred`` for unusable files."""
    try:
        profile = profile_of(told)
    except UnusableKey as error:
        raise Barred(str(error), FIELD) from error
    post = poster(
        connect_seconds=told.connect_seconds,
        answer_seconds=told.answer_seconds,
        trusted=told.tls_ca_file,
    )
    means, journal = Means(post=post, clock=_now, draw=os.urandom), journal_in(own / "as2")
    patience = timedelta(minutes=told.receipt_minutes)
    sender = Sender(profile, journal, means, patience=patience)
    return Party(profile=profile, journal=journal, sender=sender, means=means)


def post_owed(journal: Journal, post: Post) -> tuple[int, int]:
    """Post the receipts that are owed; return how many went, of how many. The others stay owed."""
    owed, went = journal.owed(), 0
    for key, address, receipt in owed:
        try:
            answer = post(address, receipt.headers, receipt.body)
        except Cut:
            break  # the partner is not there now: the next time
        if answer.status not in LATER and answer.status < 500:
            journal.paid(
                key
            )  # also what the partner's door does not want: it will not want it later
            went += 1
    return went, len(owed)


def _said_of(noted: Noted) -> bytes:
    text = (
        f"The message {noted.message_id} that was posted on {noted.at:%Y-%m-%d %H:%M} UTC was"
        f" refused: {noted.text}. Ask the partner to mend that and to send it again.\n"
    )
    return text.encode("utf-8", "replace")


def _check(verdict: Verdict) -> None:
    """Raise ``Barred`` unless a receipt proves that it is there."""
    match verdict:
        case Delivered():
            return
        case TurnedDown(text=text):
            raise Barred(f"the partner refused it: {text}", FIELD)
        case Unproven(text=text):
            raise Barred(f"nobody can prove that it arrived: {text}", FIELD)
        case _:
            assert_never(verdict)


def _now() -> datetime:
    return datetime.fromtimestamp(int(time.time()), UTC)
