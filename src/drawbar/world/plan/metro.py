"""Where freight comes from and goes to: sixty metro areas of the United States.

Positions are city centres in hundredths of a degree; distances are whole road miles.
"""

from collections.abc import Mapping
from math import isqrt

from msgspec import Struct

EASTERN, CENTRAL = "America/New_York", "America/Chicago"
MOUNTAIN, PACIFIC = "America/Denver", "America/Los_Angeles"


class Metro(Struct, frozen=True):
    """A city as an address names it; ``lat`` and ``lon`` are hundredths of a degree."""

    city: str
    state: str
    zip: str
    zone: str
    lat: int
    lon: int

    @property
    def key(self) -> str:
        """Return the name by which a plan speaks of it, such as ``Dallas TX``."""
        return f"{self.city} {self.state}"


_ALL = (
    Metro("Atlanta", "GA", "30303", EASTERN, 3375, -8439),
    Metro("Savannah", "GA", "31401", EASTERN, 3208, -8109),
    Metro("Charlotte", "NC", "28202", EASTERN, 3523, -8084),
    Metro("Raleigh", "NC", "27601", EASTERN, 3578, -7864),
    Metro("Greensboro", "NC", "27401", EASTERN, 3607, -7979),
    Metro("Charleston", "SC", "29401", EASTERN, 3278, -7993),
    Metro("Greenville", "SC", "29601", EASTERN, 3485, -8240),
    Metro("Richmond", "VA", "23219", EASTERN, 3754, -7744),
    Metro("Norfolk", "VA", "23510", EASTERN, 3685, -7629),
    Metro("Baltimore", "MD", "21202", EASTERN, 3929, -7661),
    Metro("Philadelphia", "PA", "19103", EASTERN, 3995, -7517),
    Metro("Pittsburgh", "PA", "15222", EASTERN, 4044, -8000),
    Metro("Harrisburg", "PA", "17101", EASTERN, 4027, -7688),
    Metro("Newark", "NJ", "07102", EASTERN, 4074, -7417),
    Metro("Edison", "NJ", "08817", EASTERN, 4052, -7441),
    Metro("Albany", "NY", "12207", EASTERN, 4265, -7376),
    Metro("Buffalo", "NY", "14202", EASTERN, 4289, -7888),
    Metro("Boston", "MA", "02108", EASTERN, 4236, -7106),
    Metro("Hartford", "CT", "06103", EASTERN, 4177, -7267),
    Metro("Jacksonville", "FL", "32202", EASTERN, 3033, -8166),
    Metro("Orlando", "FL", "32801", EASTERN, 2854, -8138),
    Metro("Tampa", "FL", "33602", EASTERN, 2795, -8246),
    Metro("Miami", "FL", "33130", EASTERN, 2576, -8019),
    Metro("Columbus", "OH", "43215", EASTERN, 3996, -8300),
    Metro("Cleveland", "OH", "44114", EASTERN, 4150, -8169),
    Metro("Cincinnati", "OH", "45202", EASTERN, 3910, -8451),
    Metro("Detroit", "MI", "48226", "America/Detroit", 4233, -8305),
    Metro("Grand Rapids", "MI", "49503", "America/Detroit", 4296, -8566),
    Metro("Indianapolis", "IN", "46204", "America/Indiana/Indianapolis", 3977, -8616),
    Metro("Louisville", "KY", "40202", EASTERN, 3825, -8576),
    Metro("Knoxville", "TN", "37902", EASTERN, 3596, -8392),
    Metro("Nashville", "TN", "37203", CENTRAL, 3616, -8678),
    Metro("Memphis", "TN", "38103", CENTRAL, 3515, -9005),
    Metro("Birmingham", "AL", "35203", CENTRAL, 3352, -8681),
    Metro("Mobile", "AL", "36602", CENTRAL, 3069, -8804),
    Metro("New Orleans", "LA", "70112", CENTRAL, 2995, -9007),
    Metro("Little Rock", "AR", "72201", CENTRAL, 3475, -9229),
    Metro("Chicago", "IL", "60601", CENTRAL, 4188, -8763),
    Metro("Joliet", "IL", "60432", CENTRAL, 4153, -8808),
    Metro("Milwaukee", "WI", "53202", CENTRAL, 4304, -8791),
    Metro("Minneapolis", "MN", "55401", CENTRAL, 4498, -9327),
    Metro("Des Moines", "IA", "50309", CENTRAL, 4159, -9362),
    Metro("Omaha", "NE", "68102", CENTRAL, 4126, -9593),
    Metro("Kansas City", "MO", "64106", CENTRAL, 3910, -9458),
    Metro("St. Louis", "MO", "63101", CENTRAL, 3863, -9020),
    Metro("Wichita", "KS", "67202", CENTRAL, 3769, -9734),
    Metro("Oklahoma City", "OK", "73102", CENTRAL, 3547, -9752),
    Metro("Dallas", "TX", "75201", CENTRAL, 3278, -9680),
    Metro("Houston", "TX", "77002", CENTRAL, 2976, -9537),
    Metro("San Antonio", "TX", "78205", CENTRAL, 2942, -9849),
    Metro("Laredo", "TX", "78040", CENTRAL, 2751, -9951),
    Metro("El Paso", "TX", "79901", MOUNTAIN, 3176, -10649),
    Metro("Denver", "CO", "80202", MOUNTAIN, 3974, -10499),
    Metro("Albuquerque", "NM", "87102", MOUNTAIN, 3508, -10665),
    Metro("Salt Lake City", "UT", "84101", MOUNTAIN, 4076, -11189),
    Metro("Phoenix", "AZ", "85004", "America/Phoenix", 3345, -11207),
    Metro("Los Angeles", "CA", "90013", PACIFIC, 3405, -11824),
    Metro("Ontario", "CA", "91761", PACIFIC, 3406, -11765),
    Metro("Stockton", "CA", "95202", PACIFIC, 3796, -12129),
    Metro("Portland", "OR", "97204", PACIFIC, 4552, -12268),
    Metro("Seattle", "WA", "98101", PACIFIC, 4761, -12233),
)

METROS: Mapping[str, Metro] = {metro.key: metro for metro in _ALL}
"""By key, in the order of the table."""

_COSINE = (
    9063, 8988, 8910, 8829, 8746, 8660, 8572, 8480, 8387, 8290, 8192, 8090, 7986, 7880,
    7771, 7660, 7547, 7431, 7314, 7193, 7071, 6947, 6820, 6691, 6561, 6428,
)  # fmt: skip
"""Ten thousand times the cosine of 25, 26, … degrees: integers, so every machine agrees."""

_ROAD_PERCENT = 118
"""How much longer a road is than the line on the map. An assumption."""


def miles(origin: str, destination: str) -> int:
    """Return the road miles between two metros, by their keys; at least 40."""
    one, other = METROS[origin], METROS[destination]
    middle = (one.lat + other.lat) // 200
    north = (one.lat - other.lat) * 10_000
    east = (one.lon - other.lon) * _COSINE[middle - 25]
    hundredths = isqrt(north * north + east * east) // 10_000
    return max(hundredths * 69 * _ROAD_PERCENT // 10_000, 40)
