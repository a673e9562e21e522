"""Which defects does the suite have to find? Each is one place of the code, written wrong as somebody might write it: ``defects.toml``."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import HOME


@dataclass(frozen=True, slots=True)
class Defect:
    """``good`` stands once in the file ``at``; ``bad`` takes its place; ``tests``, parts of the suite, must object."""

    what: str
    at: str
    good: str
    bad: str
    tests: tuple[str, ...]

    def put_into(self, tree: Path) -> None:
        """Write it wrong in a copy. Raises where the code no longer says ``good`` exactly once."""
        file = tree / self.at
        text = file.read_text(encoding="utf-8")
        if text.count(self.good) != 1:
            raise LookupError(f"{self.what}: {self.at} does not say “{self.good}” once")
        file.write_text(text.replace(self.good, self.bad), encoding="utf-8")


def _read() -> tuple[Defect, ...]:
    whole = tomllib.loads((HOME / "tests/reliability/defects.toml").read_text(encoding="utf-8"))
    return tuple(Defect(**{**one, "tests": tuple(one["tests"])}) for one in whole["defect"])


DEFECTS = _read()
