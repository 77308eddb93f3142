"""One box for every reference: whose story a name leads to, however somebody spells it."""

from drawbar.records.desk.search import HITS_MAX, OWN, Hit, find, streams_found

__all__ = ["HITS_MAX", "OWN", "Hit", "find", "streams_found"]
