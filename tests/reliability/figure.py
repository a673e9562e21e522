"""What does a figure say? Counts that must be nought, others that must be reached, and how it was made."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

Value = int | float | str | bool | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement. ``broken`` names each target that was missed, in words, without a caller's data."""

    values: Mapping[str, Value]
    broken: tuple[str, ...] = field(default=())

    @property
    def is_met(self) -> bool:
        """Whether every target was met."""
        return not self.broken

    def line(self, name: str, size: int, seed: int, seconds: float) -> str:
        """One line of JSON."""
        made = {"figure": name, "met": self.is_met, "size": size, "seed": seed, "seconds": round(seconds, 1)}
        return json.dumps({**made, **self.values, "broken": list(self.broken)})
