"""How long a truck takes: miles, breaks and the rest that the law asks of its driver.

Source of the rules: 49 CFR 395.3 (11 hours of driving, then 10 of rest; half an hour after 8).
The mean speed of 50 miles an hour is an assumption.
"""

MILES_AN_HOUR = 50


def transit_minutes(miles: int) -> int:
    """Return the minutes from dock to dock for one driver who keeps the hours of service."""
    driving = miles * 60 // MILES_AN_HOUR
    rests = max(driving - 1, 0) // (11 * 60)
    breaks = driving // (8 * 60)
    return driving + rests * 10 * 60 + breaks * 30
