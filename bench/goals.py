"""Is what was reached enough? Each goal with its figure, and whether it is met; the numbers are the project's own (docs/performance.md)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """One ratio and its limit; ``most`` where less is better."""

    name: str
    what: str
    found: float
    limit: float
    most: bool = False

    @property
    def is_met(self) -> bool:
        """Whether it is reached."""
        return self.found <= self.limit if self.most else self.found >= self.limit

    def row(self) -> str:
        """A row of the table."""
        sign = "≤" if self.most else "≥"
        return f"| {self.name} | {self.what} | {sign} {self.limit:g} | **{self.found:.2f}** | {'met' if self.is_met else 'not met'} |"


def goals(
    many: Mapping[str, float], at_150: Mapping[str, tuple[float, float]], inside: Mapping[str, float]
) -> list[Goal]:
    """``many``: replies a second by contestant; ``at_150``: p50 and p99 at 150 a second; ``inside``: microseconds by step."""
    engine = max(micros for name, micros in inside.items() if name.startswith("engine"))
    step = max(micros for name, micros in inside.items() if not name.startswith("engine"))
    bare, ours = at_150["bare"], at_150["ours, SQLite"]
    return [
        Goal("P1", "the dearest step in process, in bare Flask requests", step / inside["bare"], 1.0, most=True),
        Goal("P2", "ours on SQLite, of bare", many["ours, SQLite"] / many["bare"], 0.65),
        Goal("P2", "ours on PostgreSQL, of bare", many["ours, PostgreSQL"] / many["bare"], 0.65),
        Goal("P3", "ours, in the documentation's way", many["ours, SQLite"] / many["documented"], 2.0),
        Goal("P3", "ours, in naive designs, both on SQLite", many["ours, SQLite"] / many["naive, SQLite"], 8.0),
        Goal(
            "P3",
            "ours, in naive designs, both on PostgreSQL",
            many["ours, PostgreSQL"] / many["naive, PostgreSQL"],
            8.0,
        ),
        Goal("P5", "p50 at 150 a second, of bare", ours[0] / bare[0], 2.0, most=True),
        Goal("P5", "p99 at 150 a second, of bare", ours[1] / bare[1], 2.5, most=True),
        Goal("P6", "the engine on the dearest line, in microseconds", engine, 20.0, most=True),
        Goal(
            "P11",
            "two workers, in one, both cores shared with the database",
            many["ours, two workers"] / many["ours, PostgreSQL"],
            1.6,
        ),
    ]
