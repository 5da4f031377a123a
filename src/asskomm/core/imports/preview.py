# SPDX-License-Identifier: EUPL-1.2
"""What a file would do, before it does it."""

from dataclasses import asdict, dataclass, field
from typing import Generic, TypeVar

D = TypeVar("D")


@dataclass(frozen=True)
class Rejection:
    """A cell that is not taken over, and why."""

    row: int
    column: str
    value: str
    reason: str
    nearest: str = ""


@dataclass
class Preview(Generic[D]):
    """Drafts that would be recorded, rejected rows, rows that are known already, and what was put right on the way."""

    accepted: list[D] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    duplicates: list[int] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """Give counts and rejected rows as the command line and the API print them."""
        return {
            "accepted": len(self.accepted),
            "rejected": [asdict(rejection) for rejection in self.rejected],
            "duplicates": len(self.duplicates),
            "duplicate_rows": self.duplicates,
            "repairs": self.repairs,
        }
