"""The conductor owns the clock, tells each small system what to say, and waits for the firm.

The clock moves only when the firm has nothing left to do, so one seed always plays the same.
"""

from drawbar.world.conductor.cast import Cast, Desk
from drawbar.world.conductor.conductor import Conductor
from drawbar.world.conductor.firm import Firm, Paper
from drawbar.world.conductor.score_book import ScoreBook

__all__ = ["Cast", "Conductor", "Desk", "Firm", "Paper", "ScoreBook"]
