"""The company folder under the name by which commands and tests have always read it."""

from drawbar.cli.company.folder import CompanyFolder, UnreadableCompany, load_company
from drawbar.cli.company.source import LOADER

__all__ = ["LOADER", "CompanyFolder", "UnreadableCompany", "load_company"]
