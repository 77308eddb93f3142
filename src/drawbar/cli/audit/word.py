"""What words and codes mean before a folder's codes.yaml says more: charges and events."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from drawbar.cli.audit.setting import Codes, folded, merged
from drawbar.connectors.csv_folder import manifest as csv_words
from drawbar.connectors.x12_folder import code_map
from drawbar.freight.charge import ChargeKind
from drawbar.freight.milestone import MilestoneKind as K

_CHARGES: Mapping[str, ChargeKind] = {
    **dict.fromkeys(
        ("line haul", "freight", "freight charge", "base rate", "base", "haulage", "LH", "LHL",
         "transport", "linehaul charge", "freight charges", "discount"),
        ChargeKind.LINEHAUL,
    ),
    **dict.fromkeys(
        ("fuel", "FSC", "fuel charge", "fuel surch", "FS", "fuel adjustment"),
        ChargeKind.FUEL_SURCHARGE,
    ),
    **dict.fromkeys(
        ("waiting", "wait time", "demurrage", "detention charge", "detention pickup",
         "detention delivery", "detention loading", "detention unloading"),
        ChargeKind.DETENTION,
    ),
    **dict.fromkeys(("lumper fee", "unload", "unloading fee", "lumper charge"), ChargeKind.LUMPER),
    **dict.fromkeys(("extra stop", "stop charge", "stop off charge"), ChargeKind.STOP_OFF),
    **dict.fromkeys(("truck order not used", "truck ordered not used", "dry run"), ChargeKind.TONU),
    **dict.fromkeys(("lift gate", "liftgate delivery", "liftgate pickup"), ChargeKind.LIFTGATE),
    **dict.fromkeys(("residential delivery", "residential pickup"), ChargeKind.RESIDENTIAL),
    **dict.fromkeys(("re delivery", "second delivery"), ChargeKind.REDELIVERY),
    **dict.fromkeys(("vat", "sales tax", "hst"), ChargeKind.TAX),
    **dict.fromkeys(("misc", "miscellaneous", "other charge"), ChargeKind.OTHER),
}  # fmt: skip

_EVENTS: Mapping[str, K] = {
    **dict.fromkeys(("arrived at pickup", "arrived pick up", "at pickup", "checked in pickup"),
                    K.ARRIVED_PICKUP),
    **dict.fromkeys(("departed from pickup", "picked up", "pickup", "left pickup", "departed"),
                    K.DEPARTED_PICKUP),
    **dict.fromkeys(("arrived at delivery", "at delivery", "at consignee"), K.ARRIVED_DELIVERY),
    **dict.fromkeys(("unloaded", "delivery", "pod", "completed"), K.DELIVERED),
    **dict.fromkeys(("departed from delivery", "left delivery"), K.DEPARTED_DELIVERY),
    **dict.fromkeys(("attempt", "delivery attempted", "not delivered"), K.ATTEMPTED),
}  # fmt: skip


def charge_words(codes: Codes) -> Mapping[str, ChargeKind]:
    """Return what each word for a charge means, as ``folded`` compares them."""
    own = {one.value: one for one in ChargeKind}
    every = (code_map.CHARGES, csv_words.CHARGES, _CHARGES, own, codes.charges)
    return MappingProxyType(merged(*every))


def event_words(codes: Codes) -> Mapping[str, K]:
    """Return what each word for an event means."""
    own = {one.value: one for one in K}
    every = (code_map.MILESTONES, csv_words.MILESTONES, _EVENTS, own, codes.events)
    return MappingProxyType(merged(*every))


def carrier_words(codes: Codes, known: Mapping[str, str]) -> dict[str, str]:
    """Return our word for each carrier, by its code and by its name."""
    named = {name: ref for ref, name in known.items() if name}
    return merged({ref: ref for ref in known}, named, codes.carriers)


def charge_headed(said: str, charges: Mapping[str, ChargeKind]) -> ChargeKind | None:
    """Return what a charge is for by its code or word, with or without "amount" behind it."""
    word = folded(said)
    return charges.get(word) or charges.get(word.removesuffix("amount"))


def is_charge(heading: str) -> bool:
    """Return whether a heading is a word for a charge."""
    return charge_headed(heading, _usual()) is not None


@cache
def _usual() -> Mapping[str, ChargeKind]:
    return charge_words(Codes())
