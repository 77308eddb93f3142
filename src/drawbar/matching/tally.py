"""Whether weight and pieces in a bill's header are those of its lines: a weak point, never a stop.

Money that differs is ``control_total``'s; a charge rated by weight has its own reweigh.
"""

from collections.abc import Iterator

from drawbar.freight.attribute import Move


def tally_doubts(move: Move) -> tuple[str, ...]:
    """Return in words where header and lines differ; none where either is silent."""
    return tuple(_doubts(move))


def _doubts(move: Move) -> Iterator[str]:
    said, sums = move.header, move.lines
    if said.weight_lb is not None and sums.weight_lb not in (None, said.weight_lb):
        yield f"The header says {said.weight_lb:,f} lb, the lines come to {sums.weight_lb:,f} lb."
    if said.pieces is not None and sums.pieces not in (None, said.pieces):
        yield f"The header says {said.pieces} pieces, the lines come to {sums.pieces}."
