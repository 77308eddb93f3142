"""A request that the server adds something to before it is kept, such as what stood then.

Sent again under its own key, the first one stands; without a key each is a request of its own.
"""

from hashlib import sha256

from msgspec import Struct, json, structs

from drawbar.records.desk.acted import is_on_file, said_under
from drawbar.web.api.v1.inbound import Inbound, TakenV1

_BY_CONTENT = "sha256:"


def take_enriched(kept: Struct, inbound: Inbound, verb: str) -> TakenV1:
    """Keep ``kept`` in place of the request's body, and do it. Raise ``Refusal`` (409)."""
    body = json.encode(kept)
    if inbound.key.startswith(_BY_CONTENT):
        now = inbound.settings.clock.now().isoformat().encode()
        key = _BY_CONTENT + sha256(body + now).hexdigest()
        return structs.replace(inbound, body=body, key=key).take(verb)
    scope = (f"api:{verb}", inbound.caller.sender, inbound.key)
    with inbound.reads.connection() as connection, connection.cursor() as cursor:
        first = said_under(cursor, scope) if is_on_file(cursor, scope) else None
    return structs.replace(inbound, body=body if first is None else first).take(verb)
