# SPDX-License-Identifier: EUPL-1.2
"""Let the wheel carry the handbook, which the pages show and the search finds; a checkout reads docs/handbuch itself.

A hook of the build, and no plain setting, because a setting would leave a copy beside an editable installation too.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from typing_extensions import override


class CarryHandbook(BuildHookInterface[Any]):
    """Adds the pages to a wheel that is built to be installed elsewhere."""

    @override
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the folder, where it is not an editable installation."""
        if version == "standard":
            build_data["force_include"][str(Path(self.root, "docs", "handbuch"))] = "asskomm/publishing/handbook"
