"""The build brings the pages' scripts and font into the package, editable or as a wheel."""

import os
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))
import vendor  # stands beside this file and has no package


class AssetsHook(BuildHookInterface[Any]):
    """Runs before anything is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch what is missing; without network the package is built without it."""
        try:
            vendor.bring()
        except vendor.UnableToFetch as error:
            if os.environ.get("DRAWBAR_REQUIRE") == "all":
                raise
            self.app.display_warning(vendor.WITHOUT.format(why=error))
