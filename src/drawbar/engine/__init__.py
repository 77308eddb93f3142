"""The loop: everything that happens is learned as facts, decided, and written in one transaction.

Read ``engine``, ``taking``, ``learning``, ``deciding``, ``writing``, in that order.
"""

from drawbar.engine.arrival import Learned
from drawbar.engine.clock import Clock, SetClock, SystemClock
from drawbar.engine.due import Due
from drawbar.engine.engine import Engine
from drawbar.engine.run import Run
from drawbar.engine.taking import Taken, TakenAs
from drawbar.messages.inbox import Intake
from drawbar.messages.reader import Reader

__all__ = [
    "Clock",
    "Due",
    "Engine",
    "Intake",
    "Learned",
    "Reader",
    "Run",
    "SetClock",
    "SystemClock",
    "Taken",
    "TakenAs",
]
