"""What do the screenshots show instead of numbers that somebody answers? The bundled plans with Ofcom's numbers for drama."""

import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import HOME

FULL = re.compile(r"\b0(?!20 ?7946)\d[\d ]{7,11}\d\b")
FIRST = 400
"""Lines and people have lower ones."""


class Cast:
    """The same drama number for the same number, however it is spelt."""

    def __init__(self) -> None:
        self._played: dict[str, str] = {}

    def plays(self, number: str) -> str:
        """The number that stands for another one."""
        digits = re.sub(r"\D", "", number)
        return self._played.setdefault(digits, f"020 7946 0{FIRST + len(self._played)}")

    def text(self, text: str) -> str:
        """A text in which every full number is played."""
        return FULL.sub(lambda found: self.plays(found[0]), text)


def drama_plans(folder: Path) -> Path:
    """A copy of the bundled plans in this folder."""
    copied, cast = Path(shutil.copytree(HOME / "plans", folder / "plans")), Cast()
    for path in sorted(copied.glob("*/*")):
        path.write_text(cast.text(path.read_text(encoding="utf-8")), encoding="utf-8")
    for path in sorted(copied.glob("*/teams.csv")):
        _with_numbers(path, cast)
    return copied


def _with_numbers(path: Path, cast: Cast) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows, names = list(_rows(reader, cast)), list(reader.fieldnames or ())
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _rows(reader: "csv.DictReader[str]", cast: Cast) -> Iterator[dict[str, str]]:
    """Rows in which an extension is a number of its own."""
    for row in reader:
        number = row["number"]
        yield {**row, "number": cast.plays(number) if number and not number.startswith("020") else number}
