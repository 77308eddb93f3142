"""What every route may ask for: who is calling, where to read, what the operator decided."""

from litestar.di import NamedDependency

from drawbar.engine import Engine
from drawbar.records.desk.reads import Reads
from drawbar.web.auth.caller import Caller
from drawbar.web.settings import WebSettings

GIVEN = ("caller", "engine", "inbound", "reads", "settings")
"""The names that a route gives such a parameter."""

GivenCaller = NamedDependency[Caller]
GivenEngine = NamedDependency[Engine]
GivenReads = NamedDependency[Reads]
GivenSettings = NamedDependency[WebSettings]
