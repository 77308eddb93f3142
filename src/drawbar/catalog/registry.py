"""The catalog: every message that we promise to understand or to send, in one list."""

from drawbar.catalog.entry import Entry
from drawbar.catalog.fact_entries import fact_entries
from drawbar.catalog.message_entries import API_ENTRIES, PARTNER_ENTRIES


class UnknownEntry(LookupError):
    """The catalog has no message of this name. ``entries`` lists those that there are."""


def entries() -> tuple[Entry, ...]:
    """Return all entries: facts, then the API, then partners' messages."""
    return (*fact_entries(), *API_ENTRIES, *PARTNER_ENTRIES)


def entry(name: str) -> Entry:
    """Return the entry called ``name``. Raise ``UnknownEntry``."""
    found = next((one for one in entries() if one.name == name), None)
    if found is None:
        raise UnknownEntry(name)
    return found
