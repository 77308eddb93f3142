"""The names by which a partner's receipt speaks of what we sent it."""

from drawbar.freight.delivery import AckReceived
from drawbar.freight.reference import ReferenceKey, ReferenceKind


def control_key(system: str, control: str) -> ReferenceKey:
    """Return the name that a partner's receipt leads by: type and number of a group of ours."""
    return ReferenceKey(ReferenceKind.EDI_CONTROL, control, system.upper())


def keys_named(fact: AckReceived) -> tuple[ReferenceKey, ...]:
    """Return the names by which a receipt speaks of what we sent.

    Without its type a number stands for what went out before each type was counted by itself.
    """
    bare = control_key(fact.partner, fact.control)
    if not fact.group_type:
        return (bare,)
    counted = control_key(fact.system or fact.partner, f"{fact.group_type} {fact.control}")
    return (counted, bare)
