"""A stream as it stands, and the streams that a message or a name leads to."""

from drawbar.records.desk.stream import Stream, shipments_named, stream, touched_by
from drawbar.web.visibility import may_speak_for, streams_of

__all__ = ["Stream", "may_speak_for", "shipments_named", "stream", "streams_of", "touched_by"]
