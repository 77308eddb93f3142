"""EDIFACT: what partners outside North America write and read, byte for byte.

Same vocabulary, findings and habits as for X12: see ``drawbar.edi``.
"""

from drawbar.edi.edifact.reader import read, stream
from drawbar.edi.edifact.wrap import EDIFACT, Envelope, Message, Station, wrap
from drawbar.edi.edifact.writer import write

__all__ = ["EDIFACT", "Envelope", "Message", "Station", "read", "stream", "wrap", "write"]
