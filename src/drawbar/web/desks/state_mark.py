"""How a state looks: a sign, a word and a colour, so that nobody needs the colour."""

from markupsafe import Markup

from drawbar.freight.verdict import Reason

_KINDS = {
    "good": "accepted recovered applied approved confirmed covered delivered paid payable released",
    "wait": (
        "acknowledged attempted back_ordered claimed edited filed found offered on_hold open "
        "parked partly_delivered partly_paid "
        "ready reserving tendered waiting waiting_events waiting_shipment"
    ),
    "bad": (
        "cancelled conflicting dead declined disputed duplicate expired refused rejected "
        "short_paid stopped uncovered unsure"
    ),
}
KIND_OF = {state: kind for kind, states in _KINDS.items() for state in states.split()}


def state_mark(state: str | None) -> Markup:
    """Return a state as a sign, a word and a colour; one that is neither good nor bad is quiet."""
    if not state:
        return Markup('<span class="quiet">—</span>')
    kind = KIND_OF.get(state, "done")
    return Markup('<span class="state {}">{}</span>').format(kind, words_of(state))


def words_of(name: str) -> str:
    """Return a stored name as words: "short_paid" is "short paid"."""
    return name.replace("_", " ")


_REASONS = {
    Reason.RATE: "another amount than agreed",
    Reason.FUEL_WEEK: "fuel price of another week",
    Reason.FUEL_BASE: "fuel on another base",
    Reason.MILES: "other miles",
    Reason.REWEIGH: "another weight",
    Reason.RECLASS: "another class",
    Reason.NO_EVENT: "no event shows it",
    Reason.NOT_AUTHORISED: "not authorised",
    Reason.LATE_ARRIVAL: "the carrier was late",
    Reason.RECEIPT: "no receipt",
    Reason.UNKNOWN_CODE: "a code without a meaning",
}


def cause_said(cause: str) -> str:
    """Return a stored cause as people read it, what it is first: "RATE:ABCD:linehaul"."""
    first, *more = cause.split(":")
    told = _REASONS.get(Reason(first)) if first in Reason.__members__ else None
    first = told or words_of(first.lower() if first in Reason.__members__ else first)
    return ", ".join((first[:1].upper() + first[1:], *(words_of(part) for part in more if part)))
