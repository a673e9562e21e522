"""How wide is a text in a drawing, and where do its lines break? Arial's widths, which other sans-serif types hardly exceed."""

from collections.abc import Iterator

from ivr.speech import speakable

WIDTHS = {
    222: "ijl'’|", 278: " !,./:;[]\\ftI“”", 333: '-()r`"', 500: "ckvxyzsJ", 611: "FTZ<>=+~", 667: "ABEKPSVXY&", 722: "CDHNRUw",
    778: "GOQ", 833: "mM", 944: "W%", 1000: "@—…",
}  # fmt: skip
"""In thousandths of the type's size."""

OF = {letter: width for width, letters in WIDTHS.items() for letter in letters}
DIGIT, FOREIGN = 556, 1000
BOLD = 1.08
ELLIPSIS = "…"


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """The width in pixels of a text in a type of this size."""
    ems = sum(OF.get(letter, DIGIT if letter.isascii() else FOREIGN) for letter in text)
    return ems * size / 1000 * (BOLD if bold else 1)


def broken(text: str, width: float, size: float, most: int, *, bold: bool = False) -> tuple[str, ...]:
    """The text in at most so many lines of this width; what does not fit is left out, and dots stand for it."""
    lines = list(_lines(speakable(text).split(), width, size, bold=bold, most=most + 1))
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), width, size, bold=bold))


def _lines(words: list[str], width: float, size: float, *, bold: bool, most: int) -> Iterator[str]:
    line = ""
    for word in (part for whole in words for part in _parts(whole, width, size, bold=bold)):
        longer = f"{line} {word}" if line else word
        if line and width_of(longer, size, bold=bold) > width:
            yield line
            most -= 1
            longer = word
        if most == 0:
            return
        line = longer
    if line:
        yield line


def _parts(word: str, width: float, size: float, *, bold: bool) -> Iterator[str]:
    """A word, in pieces where it is wider than a line."""
    while width_of(word, size, bold=bold) > width:
        fits = max(1, int(len(word) * width / width_of(word, size, bold=bold)) - 1)
        yield word[:fits]
        word = word[fits:]
    yield word


def _cut(line: str, width: float, size: float, *, bold: bool) -> str:
    while line and width_of(f"{line}{ELLIPSIS}", size, bold=bold) > width:
        line = line[:-1].rstrip()
    return f"{line.rstrip('.,;:')}{ELLIPSIS}"
