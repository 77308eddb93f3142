"""The door at which partners post messages and receipts: who it is, what it is, what we answer.

A message is kept before its receipt is given. The same message gets the same receipt again and is
kept once. Who posts is known by the signature alone; names in headers only say whose to look for.
"""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from msgspec import Struct

from drawbar.connectors.as2.asking import DEFAULT_ALGORITHM, Asking, asked
from drawbar.connectors.as2.entity import Headers, one, over_http
from drawbar.connectors.as2.journal import Journal, Noted, Owed, Taken, key_of
from drawbar.connectors.as2.mdn import Mdn, Stamp, Told, mdn, refusal_of
from drawbar.connectors.as2.name import NotAName, read_name
from drawbar.connectors.as2.profile import Profile
from drawbar.connectors.as2.read_mdn import NotAReceipt, is_receipt
from drawbar.connectors.as2.refused import Refused, Why
from drawbar.connectors.as2.sender import Means, Sender
from drawbar.connectors.as2.unpack import Unpacked, unpack

OWED_MAX = 1_000
_PORTS = {"http": 80, "https": 443}
_MESSAGE_ID = re.compile(r"[!-~](?:[ -~]{0,996}[!-~])?")


class Answer(Struct, frozen=True, kw_only=True):
    """What goes back over HTTP. ``taken`` is the key of a message new to us, else empty.

    ``text`` is for our people and never sent.
    """

    status: int
    headers: Headers = ()
    body: bytes = b""
    taken: str = ""
    text: str = ""


class Party(Struct, frozen=True, kw_only=True):
    """One partner at the door."""

    profile: Profile
    journal: Journal
    sender: Sender
    means: Means


class _Message(Struct, frozen=True, kw_only=True):
    headers: Headers
    body: bytes
    message_id: str
    asking: Asking


def answer_post(headers: Headers, body: bytes, parties: Iterable[Party]) -> Answer:
    """Return the answer to a post. Raise ``OSError`` where it cannot be kept: answer 503 then."""
    headers = over_http(headers, body).headers
    names = names_in(headers)
    if names is None:
        return _no(400, "no AS2 names")
    for party in parties:
        if names == (party.profile.their_name, party.profile.our_name):
            return _answered(headers, body, party)
    return _no(403, f"no partner is called {names[0]!r} who writes to {names[1]!r}")


def names_in(headers: Headers) -> tuple[str, str] | None:
    """Return who says to send and to whom, None without two names; nothing is proven by that."""
    try:
        return read_name(one(headers, "AS2-From") or ""), read_name(one(headers, "AS2-To") or "")
    except (NotAName, Refused):
        return None


def _answered(headers: Headers, body: bytes, party: Party) -> Answer:
    if len(body) > 2 * party.profile.takes.payload_bytes_max + 65_536:
        return _no(413, f"{len(body)} bytes are more than the profile takes")
    if is_receipt(headers, body):
        return _heard(headers, body, party)
    try:
        message_id, asking = (one(headers, "Message-ID") or "").strip(), asked(headers)
    except Refused as refused:
        return _no(400, refused.text)
    if not _MESSAGE_ID.fullmatch(message_id):
        return _no(400, "no usable Message-ID")
    if asking.post_to and not _is_known(asking.post_to, party.profile):
        return _no(403, f"receipts of this partner do not go to {asking.post_to[:200]!r}")
    if asking.post_to and party.journal.count_owed() >= OWED_MAX:
        return _no(503, f"{OWED_MAX} receipts are still to be posted to this partner")
    message = _Message(headers=headers, body=body, message_id=message_id, asking=asking)
    return _received(message, party)


def _heard(headers: Headers, body: bytes, party: Party) -> Answer:
    try:
        verdict = party.sender.hear(headers, body)
    except NotAReceipt as error:
        return _no(400, f"a receipt that does not count: {error}")
    return Answer(status=200, text=f"{type(verdict).__name__}: {verdict.received.message_id}")


def _received(message: _Message, party: Party) -> Answer:
    try:
        taken, is_new = _taken(message, party)
    except Refused as refused:
        return _refused(message, party, refused)
    post_to = message.asking.post_to
    if post_to and not is_new:
        party.journal.owe(message.message_id, Owed(post_to=post_to))
    text = f"{message.message_id}: {'taken' if is_new else 'the same again'}"
    key = key_of(message.message_id) if is_new else ""
    if post_to or not message.asking.wanted:
        return Answer(status=200, taken=key, text=text)
    receipt = taken.receipt
    return Answer(status=200, headers=receipt.headers, body=receipt.body, taken=key, text=text)


def _taken(message: _Message, party: Party) -> tuple[Taken, bool]:
    """Return the message as it is kept, and whether it is new. Raise ``Refused``."""
    algorithm = message.asking.algorithm or DEFAULT_ALGORITHM
    if message.asking.signed and not message.asking.algorithm:
        raise Refused(Why.MIC_ALGORITHMS, "the receipt should be over a digest not spoken here")
    now = party.means.clock()
    read = unpack(message.headers, message.body, party.profile, now=now, algorithm=algorithm)
    kept = party.journal.taken(message.message_id)
    is_new = kept is None
    if kept is None:
        fresh = _fresh(message, read, party)
        kept = party.journal.take(fresh, post_to=message.asking.post_to)
        is_new = kept == fresh
    if kept.payload != read.payload:
        raise Refused(Why.UNEXPECTED, "something else came under this Message-ID before")
    return kept, is_new


def _fresh(message: _Message, read: Unpacked, party: Party) -> Taken:
    told = Told(message_id=message.message_id, mic=read.mic)
    return Taken(
        message_id=message.message_id,
        payload=read.payload,
        content_type=read.content_type,
        file_name=read.file_name,
        taken_at=party.means.clock(),
        encrypted=read.encrypted,
        signed_by_digest=read.signed_by_digest,
        receipt=_receipt(told, message, party),
    )


def _refused(message: _Message, party: Party, refused: Refused) -> Answer:
    journal, now = party.journal, party.means.clock()
    text = f"{message.message_id}: {refused}"
    journal.refuse(Noted(message_id=message.message_id, text=str(refused), at=now))
    if not message.asking.wanted:
        return Answer(status=400, body=refused.why.value.encode("ascii"), text=text)
    receipt = _receipt(refusal_of(message.message_id, refused), message, party)
    if not message.asking.post_to:
        return Answer(status=200, headers=receipt.headers, body=receipt.body, text=text)
    owed = Owed(post_to=message.asking.post_to, receipt=receipt)
    journal.owe(f"refused {message.message_id}", owed)
    return Answer(status=200, text=text)


def _receipt(told: Told, message: _Message, party: Party) -> Mdn:
    drawn = party.means.draw(16).hex()
    stamp = Stamp(
        message_id=f"<{drawn}@receipt>", boundary=f"=_{drawn}", made_at=party.means.clock()
    )
    return mdn(told, party.profile, stamp, is_signed=message.asking.signed)


def _is_known(address: str, profile: Profile) -> bool:
    """Say whether an address is at one of the partner's places; headers alone prove nothing."""
    return _place(address) in {_place(one) for one in (profile.url, *profile.receipts_to)}


def _place(address: str) -> tuple[str, str, int]:
    try:
        cut = urlsplit(address)
        return cut.scheme, cut.hostname or address, cut.port or _PORTS.get(cut.scheme, 0)
    except ValueError:
        return "", address, 0


def _no(status: int, text: str) -> Answer:
    return Answer(status=status, text=text)
