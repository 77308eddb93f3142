"""What makes a fact from the API the same fact when it is sent again: what it says."""

import hashlib

import msgspec
from msgspec import Struct

from drawbar.freight.identity import key_for


def fact_key(verb: str, *identity: str, body: Struct) -> str:
    """Return a key from the business identity and a digest of all that is said.

    Spaces and the order of fields do not matter; a field at its default counts as absent, so that
    a new field does not make old facts new.
    """
    content = msgspec.json.encode(_said(body), order="sorted")
    digest = hashlib.blake2b(content, digest_size=16).hexdigest()
    return key_for("api", verb, *identity, digest)


def _said(value: object) -> object:
    """Return ``value`` as plain data without fields that are at their default."""
    if isinstance(value, Struct):
        return {
            field.name: _said(getattr(value, field.name))
            for field in msgspec.structs.fields(value)
            if getattr(value, field.name) != field.default
        }
    if isinstance(value, list | tuple):
        return [_said(each) for each in value]
    return value
