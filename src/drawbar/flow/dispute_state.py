"""A dispute as we know it: its lines, its rounds, who has to answer, and until when."""

from msgspec import Struct

from drawbar.flow.contest import dispute
from drawbar.flow.decision import Known
from drawbar.freight.approval import LetGo
from drawbar.freight.charge import ChargeKind
from drawbar.freight.dispute import Ending, PartAmount, Voice
from drawbar.freight.instant import Instant
from drawbar.freight.money import Money, total
from drawbar.settlement.dispute_round import Part, ended_as, in_dispute


class Round(Struct, frozen=True, kw_only=True):
    """What one side said once: its figures, its words, and the document that backs them."""

    number: int
    voice: Voice
    amounts: tuple[PartAmount, ...]
    words: str
    document: str
    said_by: str
    said_at: Instant
    role: str = ""


class WaitingCredit(Struct, frozen=True, kw_only=True):
    """A credit bill of which ``left`` is about nothing that we contest or paid so far."""

    credit_ref: str
    invoice_number: str
    left: Money


class DisputeState(Struct, frozen=True, kw_only=True, tag=True):
    """The state of one dispute: all that is contested of one item of a shipment.

    ``received_at`` is when the first of its bills came; ``turn`` counts what somebody had to
    answer, ``silences`` how often nobody did. ``waits_for`` is None once nothing is open.
    ``results`` says how each line ended, with the versions of the rules; ``let_go`` who wrote off
    how much. ``credits`` wait for a line that they cover; ``returned`` is what credits gave back
    of lines that we had paid.
    """

    dispute_ref: str
    shipment_ref: str
    carrier_ref: str
    kind: ChargeKind
    stop: int
    currency: str
    opened_at: Instant
    received_at: Instant
    answer_days: int
    window_days: int | None = None
    parts: tuple[Part, ...] = ()
    rounds: tuple[Round, ...] = ()
    turn: int = 0
    waits_for: Voice | None = None
    answer_by: Instant | None = None
    silences: int = 0
    closed_at: Instant | None = None
    results: tuple[str, ...] = ()
    let_go: tuple[LetGo, ...] = ()
    credits: tuple[WaitingCredit, ...] = ()
    returned: Money | None = None

    @property
    def open(self) -> Money:
        """Return the money in dispute now, zero or more."""
        return in_dispute(self.parts, currency=self.currency)

    @property
    def open_parts(self) -> tuple[Part, ...]:
        """Return the lines that can still be answered."""
        return tuple(one for one in self.parts if one.is_open)

    @property
    def status(self) -> str:
        """Return open or closed. # stored."""
        return "closed" if self.closed_at else "open"

    @property
    def asked(self) -> Money:
        """Return what the carrier still asks of what is open."""
        return total((one.asked for one in self.open_parts), currency=self.currency)

    @property
    def contested(self) -> Money:
        """Return all that was ever contested, however it ended."""
        return total((one.contested for one in self.parts), currency=self.currency)

    def ended_as(self, ending: Ending) -> Money:
        """Return what of the contested money ended in one way."""
        return ended_as(self.parts, ending, currency=self.currency)


def dispute_of(dispute_ref: str, known: Known) -> DisputeState | None:
    """Return what is known of a dispute, None where there is none."""
    state = known.states.get(dispute(dispute_ref))
    return state if isinstance(state, DisputeState) else None
