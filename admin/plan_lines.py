"""In which lines of a TOML text does a table stand, with the comment above it?"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

HEADING = re.compile(r"\s*\[{1,2}[^\[\]]+\]{1,2}\s*(#.*)?$")


@dataclass(frozen=True, slots=True)
class Block:
    """A table: where it stands, its first line (a comment above the heading belongs to it), its heading, and the line after it."""

    place: tuple[str, ...]
    first: int
    heading: int
    end: int


def removed(text: str, place: tuple[str, ...]) -> str:
    """The text without a table and the tables in it."""
    lines = text.splitlines(keepends=True)
    gone = {at for block in _within(lines, place) for at in range(block.first, block.end)}
    return "".join(line for at, line in enumerate(lines) if at not in gone)


def written_behind(text: str, place: tuple[str, ...], block: str) -> str:
    """The text with a block of lines behind a table; at the end where there is no such table."""
    lines = text.splitlines(keepends=True)
    end = max((one.end for one in _within(lines, place)), default=len(lines)) if place else len(lines)
    before, after = "".join(lines[:end]).rstrip("\n"), "".join(lines[end:])
    return f"{before}\n\n{block}" + (f"\n{after}" if after else "")


def renamed(text: str, place: tuple[str, ...], name: str) -> str:
    """The text with another last name of a table, in its heading and in those of the tables in it."""
    lines = text.splitlines(keepends=True)
    old = re.compile(rf"(?<=[.\s])([\"']?){re.escape(place[-1])}\1(?=\s*[.\]])")
    for block in _within(lines, place):
        lines[block.heading] = old.sub(name, lines[block.heading], count=1)
    return "".join(lines)


def _within(lines: list[str], place: tuple[str, ...]) -> list[Block]:
    return [block for block in _blocks(lines) if block.place[: len(place)] == place]


def _blocks(lines: list[str]) -> Iterator[Block]:
    headings = [at for at, line in enumerate(lines) if HEADING.match(line) and _place(line)]
    firsts = [_first(lines, at) for at in headings]
    ends = [*firsts[1:], len(lines)]
    for at, first, end in zip(headings, firsts, ends, strict=False):
        yield Block(_place(lines[at]), first, at, end)


def _first(lines: list[str], heading: int) -> int:
    """The first line of the comment right above a heading."""
    while heading and lines[heading - 1].lstrip().startswith("#"):
        heading -= 1
    return heading


def _place(line: str) -> tuple[str, ...]:
    """What a heading names; nothing where the line is no heading."""
    try:
        found: object = tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return ()
    names: list[str] = []
    while isinstance(found, (dict, list)) and found:
        if isinstance(found, list):
            found = found[0]
            continue
        names.append(next(iter(found)))
        found = found[names[-1]]
    return tuple(names)
