"""What stands in a step's box, and how high is it?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from admin.drawing.telling import Told
from admin.drawing.texts import broken, width_of
from admin.drawing.ways import Way

WIDTH, PADDING = 276, 12
INNER = WIDTH - 2 * PADDING
HEAD, INDENT = 18, 22
"""The first row of a box, and how far the rows begin behind a key or a number, at least."""

SMALL, TEXT, TITLE = 12, 13, 15
LEADING, SPACE = 4, 3
MOST_TITLE, MOST_SAID, MOST_FACT, MOST_LABEL, MOST_RINGS = 2, 3, 2, 2, 5
AWAY, ASSUMED = "not now", "assumed"
HELPS = "0 and silence lead here."


@dataclass(frozen=True, slots=True)
class Row:
    """One line of text in a box, from its upper left corner; ``mark`` is the key or number before it, ``end`` stands at the right."""

    x: int
    y: int
    text: str
    style: str
    mark: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a box holds, below the row with its verb; ``beside`` stands at the right of that."""

    rows: tuple[Row, ...]
    height: int
    beside: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A text that takes some lines."""

    text: str
    style: str
    most: int
    mark: str = ""
    end: str = ""

    @property
    def size(self) -> int:
        return TITLE if self.style == "title" else TEXT

    @property
    def indent(self) -> int:
        return max(INDENT, round(width_of(self.mark, TEXT, bold=True)) + 8) if self.mark else 0

    @property
    def width(self) -> float:
        beside = width_of(self.end, TEXT) + 8 if self.end else 0
        return INNER - self.indent - beside

    @property
    def lines(self) -> tuple[str, ...]:
        return broken(self.text, self.width, self.size, self.most, bold=self.style == "title") or ("",)


def filled(step: Told, ways: Iterable[Way], *, reached: bool, helps: bool) -> Filled:
    """What stands in a step's box."""
    rows: list[Row] = []
    y = PADDING + HEAD
    for part in _parts(step, ways, reached=reached, helps=helps):
        for place, line in enumerate(part.lines):
            y += part.size + LEADING
            mark, end = (part.mark, part.end) if place == 0 else ("", "")
            rows.append(Row(PADDING + part.indent, y, line, part.style, mark, end))
        y += SPACE
    words = (ASSUMED if step.assumed else "", "" if reached else AWAY)
    return Filled(tuple(rows), y + PADDING - SPACE, ", ".join(filter(None, words)))


def _parts(step: Told, ways: Iterable[Way], *, reached: bool, helps: bool) -> Iterator[_Part]:
    yield _Part(step.title, "title", MOST_TITLE)
    if step.says:
        yield _Part(f"“{step.says}”", "said", MOST_SAID)
    yield from (_Part(_label(way), "row", MOST_LABEL, way.sign) for way in ways if way.words.startswith("Press"))
    if reached:
        yield from _rings(step)
    yield from (_Part(fact, "fact", MOST_FACT) for fact in step.facts)
    if helps:
        yield _Part(HELPS, "fact", 1)


def _label(way: Way) -> str:
    return way.words.partition(": ")[2]


def _rings(step: Told) -> Iterator[_Part]:
    """A number alone where it is that of the team which the box is named for."""
    if step.nobody:
        yield _Part("Nobody: goes on to the safe message.", "row", MOST_FACT)
    shown = step.rings if len(step.rings) <= MOST_RINGS else step.rings[: MOST_RINGS - 1]
    for place, phone in enumerate(shown, 1):
        words, end = (phone.number, "") if phone.wanted else (phone.who, phone.number)
        yield _Part(words, "row", 1, f"{place}.", end)
    if len(step.rings) > len(shown):
        yield _Part(f"and {len(step.rings) - len(shown)} more", "row", 1)
