"""A place out of a row: its address, and the time zone that its clocks show."""

from drawbar.cli.audit.row import Row
from drawbar.cli.audit.setting import folded
from drawbar.cli.audit.unread import Refused, shown
from drawbar.connectors.us_zone import us_zone
from drawbar.freight.instant import ZONES
from drawbar.freight.place import Place

ZONE_WORDS = {
    "et": "America/New_York",
    "est": "America/New_York",
    "edt": "America/New_York",
    "ct": "America/Chicago",
    "cst": "America/Chicago",
    "cdt": "America/Chicago",
    "mt": "America/Denver",
    "mst": "America/Denver",
    "mdt": "America/Denver",
    "pt": "America/Los_Angeles",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "utc": "UTC",
    "gmt": "UTC",
    "z": "UTC",
}
"""What people write for a zone -> the zone whose clocks they mean, summer time as it falls."""

_COUNTRIES = {"usa": "US", "unitedstates": "US", "unitedstatesofamerica": "US", "canada": "CA",
              "can": "CA", "mexico": "MX", "mex": "MX", "germany": "DE", "france": "FR",
              "unitedkingdom": "GB", "uk": "GB"}  # fmt: skip
_STATES = frozenset(
    [
        "AL",
        "AK",
        "AZ",
        "AR",
        "CA",
        "CO",
        "CT",
        "DE",
        "DC",
        "FL",
        "GA",
        "HI",
        "ID",
        "IL",
        "IN",
        "IA",
        "KS",
        "KY",
        "LA",
        "ME",
        "MD",
        "MA",
        "MI",
        "MN",
        "MS",
        "MO",
        "MT",
        "NE",
        "NV",
        "NH",
        "NJ",
        "NM",
        "NY",
        "NC",
        "ND",
        "OH",
        "OK",
        "OR",
        "PA",
        "RI",
        "SC",
        "SD",
        "TN",
        "TX",
        "UT",
        "VT",
        "VA",
        "WA",
        "WV",
        "WI",
        "WY",
        "PR",
    ]
)


def place_of(row: Row, end: str = "") -> Place:
    """Return the place of one ``end`` of a shipment, or of a stop. Raise ``Refused``."""
    lead = f"{end} " if end else ""
    city, state, code = (row.text(f"{lead}{one}") for one in ("city", "state", "zip"))
    country = _country(row.text(f"{lead}country"), state)
    name = row.text(f"{lead}name") or ", ".join(one for one in (city, state) if one) or code
    if not name:
        raise row.refused(
            f"{lead}city",
            f"nothing says where the {end or 'stop'} is",
            f"Add columns such as {lead}city, {lead}state and {lead}zip.",
        )
    marks = row.text(f"{lead}marks")
    return Place(
        name=name,
        street=row.text(f"{lead}street"),
        city=city,
        region=state.upper() if len(state) <= 3 else state,
        postal_code=code,
        country=country,
        zone=_zone(row, lead, state if country in {"US", ""} else "", code),
        marks=tuple(one.strip().casefold() for one in marks.split(";") if one.strip()),
    )


def zone_word(said: str) -> str:
    """Return the IANA zone that a word names, empty where none does."""
    return said if said in ZONES else ZONE_WORDS.get(said.casefold(), "")


def _country(said: str, state: str) -> str:
    if said:
        return _COUNTRIES.get(folded(said), said.upper() if len(said) == 2 else said)
    return "US" if state.upper() in _STATES else ""


def _zone(row: Row, lead: str, state: str, code: str) -> str:
    said = row.text(f"{lead}zone")
    if said:
        found = zone_word(said)
        if not found:
            text = f"no time zone is called {shown(said)}"
            raise row.refused(f"{lead}zone", text, "Write one such as America/Chicago.")
        return found
    found = us_zone(state, code) or row.sheet.habits.zone
    if not found:
        where = f"{state} {code}".strip() or "without a state"
        raise Refused(
            f"the time zone of {shown(where)} does not follow from its address",
            field=row.sheet.heading(f"{lead}zone"),
            remedy=f"Add a column {lead}zone, or say zone: America/Chicago in columns.yaml.",
        )
    return found
