"""The records of SAP's flat IDocs: the control record, and what stands before the data of each.

Source: SAP, IDoc record types for ports of version 3, control record EDI_DC40 and data record
EDI_DD40: names, order and lengths of the fields.
"""

from drawbar.connectors.flat.field import Field

CONTROL_TAG = "EDI_DC40"
SEGMENT_LENGTH, DATA_AT = 30, 63
"""Letters of a segment's name, and how many stand before its data."""

_CONTROL = (
    *(("TABNAM", 10), ("MANDT", 3), ("DOCNUM", 16), ("DOCREL", 4), ("STATUS", 2), ("DIRECT", 1)),
    *(("OUTMOD", 1), ("EXPRSS", 1), ("TEST", 1), ("IDOCTYP", 30), ("CIMTYP", 30), ("MESTYP", 30)),
    *(("MESCOD", 3), ("MESFCT", 3), ("STD", 1), ("STDVRS", 6), ("STDMES", 6), ("SNDPOR", 10)),
    *(("SNDPRT", 2), ("SNDPFC", 2), ("SNDPRN", 10), ("SNDSAD", 21), ("SNDLAD", 70)),
    *(("RCVPOR", 10), ("RCVPRT", 2), ("RCVPFC", 2), ("RCVPRN", 10), ("RCVSAD", 21)),
    *(("RCVLAD", 70), ("CREDAT", 8), ("CRETIM", 6), ("REFINT", 14), ("REFGRP", 14)),
    *(("REFMES", 14), ("ARCKEY", 70), ("SERIAL", 20)),
)
_HEAD = (
    *(("SEGNAM", 30), ("MANDT", 3), ("DOCNUM", 16), ("SEGNUM", 6), ("PSGNUM", 6), ("HLEVEL", 2)),
)


def _laid(lengths: tuple[tuple[str, int], ...]) -> tuple[Field, ...]:
    fields, at = [], 1
    for name, length in lengths:
        fields.append(Field(name=name, at=at, length=length))
        at += length
    return tuple(fields)


CONTROL = _laid(_CONTROL)
"""The 524 letters of the control record."""

HEAD = _laid(_HEAD)
"""The 63 letters before the data of a segment."""
