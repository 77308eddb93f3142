"""In which time zone an address in the United States lies, where the state or ZIP code settles it.

Nothing is guessed: where a state or a ZIP area lies in two zones, there is no answer.
"""

from collections.abc import Mapping

from msgspec import Struct

_EASTERN, _CENTRAL = "America/New_York", "America/Chicago"
_MOUNTAIN, _PACIFIC = "America/Denver", "America/Los_Angeles"


class _Split(Struct, frozen=True):
    """A state in two zones: its main one, and what differs by the first three digits of the ZIP.

    ``unsure`` are areas that a zone boundary cuts.
    """

    main: str
    other: Mapping[str, str] = {}
    unsure: tuple[str, ...] = ()


_WHOLE: Mapping[str, str] = {
    **dict.fromkeys(("CT", "DC", "DE", "GA", "MA", "MD", "ME", "NC", "NH", "NJ"), _EASTERN),
    **dict.fromkeys(("NY", "OH", "PA", "RI", "SC", "VA", "VT", "WV"), _EASTERN),
    **dict.fromkeys(("AL", "AR", "IA", "IL", "LA", "MN", "MO", "MS", "OK", "WI"), _CENTRAL),
    **dict.fromkeys(("CO", "MT", "NM", "UT", "WY"), _MOUNTAIN),
    **dict.fromkeys(("CA", "WA"), _PACIFIC),
    "HI": "Pacific/Honolulu",
    "PR": "America/Puerto_Rico",
}
"""Source: zone boundaries in 49 CFR part 71; names from the IANA database's zone1970.tab."""

_SPLIT: Mapping[str, _Split] = {
    "AK": _Split("America/Anchorage", unsure=("995",)),
    "AZ": _Split("America/Phoenix", unsure=("860", "865")),
    "FL": _Split(_EASTERN, {"325": _CENTRAL}, ("324",)),
    "ID": _Split("America/Boise", {"838": _PACIFIC}, ("835",)),
    "IN": _Split(
        "America/Indiana/Indianapolis",
        dict.fromkeys(("463", "464", "476", "477"), _CENTRAL),
        ("465", "469", "475", "479"),
    ),
    "KS": _Split(_CENTRAL, unsure=("677", "678")),
    "KY": _Split(
        _EASTERN,
        dict.fromkeys(("420", "421", "422", "423", "424"), _CENTRAL),
        ("401", "426", "427"),
    ),
    "MI": _Split("America/Detroit", unsure=("498", "499")),
    "ND": _Split(_CENTRAL, unsure=("585", "586", "588")),
    "NE": _Split(_CENTRAL, {"693": _MOUNTAIN}, ("690", "691", "692")),
    "NV": _Split(_PACIFIC, unsure=("898",)),
    "OR": _Split(_PACIFIC, unsure=("979",)),
    "SD": _Split(_CENTRAL, {"577": _MOUNTAIN}, ("575", "576")),
    "TN": _Split(_CENTRAL, dict.fromkeys(("374", "376", "377", "378", "379"), _EASTERN), ("373",)),
    "TX": _Split(_CENTRAL, {"799": _MOUNTAIN, "885": _MOUNTAIN}, ("798",)),
}
"""Source: as above, laid over the areas of the first three ZIP digits (USPS list L002)."""


def us_zone(region: str, postal_code: str = "") -> str | None:
    """Return the IANA zone of an address by its state and ZIP code; None where they leave a doubt.

    A state in two zones needs a ZIP code.
    """
    state = region.strip().upper()
    if state in _WHOLE:
        return _WHOLE[state]
    split = _SPLIT.get(state)
    area = postal_code.strip()[:3]
    if split is None or len(area) < 3 or area in split.unsure:
        return None
    return split.other.get(area, split.main)
