"""How does the site show what a git host draws of a `mermaid` block? A flowchart as a drawing, states as a table; no script is needed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from docutils import nodes
from sphinx.application import Sphinx

BLOCK = re.compile(r"^```mermaid\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NODE = re.compile(r"(\w+)[\[{](.+?)[\]}]")
EDGE = re.compile(r"^ +(\w+)(?:[\[{].+?[\]}])? -(?:- (.+?) -)?-> (\w+)", re.MULTILINE)
STATE = re.compile(r"^ +(\w+) --> (\w+): (.+)$", re.MULTILINE)
TIP = '<defs><marker id="tip" markerWidth="8" markerHeight="8" refX="4" refY="4" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>'
WIDTH, HEIGHT, BESIDE, BELOW, LETTERS, LEADING = 230, 58, 110, 66, 28, 17


@dataclass(frozen=True, slots=True)
class Box:
    """A step of a flowchart: its words, and its place by column and row."""

    words: str
    column: int
    row: int

    @property
    def middle(self) -> int:
        """The middle, from the left."""
        return self.column * (WIDTH + BESIDE) + WIDTH // 2 + 2

    @property
    def top(self) -> int:
        """The upper edge, from above."""
        return self.row * (HEIGHT + BELOW) + 2

    def svg(self) -> str:
        """The box with its words."""
        lines = wrap(self.words, LETTERS)
        first = self.top + HEIGHT // 2 - (len(lines) - 1) * LEADING // 2 + 5
        told = "".join(
            f'<text x="{self.middle}" y="{first + at * LEADING}">{escape(line)}</text>' for at, line in enumerate(lines)
        )
        return f'<rect x="{self.middle - WIDTH // 2}" y="{self.top}" width="{WIDTH}" height="{HEIGHT}" rx="6"/>{told}'


def boxes(chart: str) -> dict[str, Box]:
    """Each step just above the first one that it leads to; in a row those stand first whose way there is short."""
    words = {found[1]: found[2] for found in NODE.finditer(chart)}
    edges = [(found[1], found[3]) for found in EDGE.finditer(chart)]
    rows = _rows(words, edges)
    short = {name: min((rows[name] - rows[start] for start, end in edges if end == name), default=0) for name in words}
    ordered = sorted(words, key=lambda name: (rows[name], short[name]))
    first = {row: [rows[name] for name in ordered].index(row) for row in rows.values()}
    return {name: Box(words[name], at - first[rows[name]], rows[name]) for at, name in enumerate(ordered)}


def _rows(names: Iterable[str], edges: list[tuple[str, str]]) -> dict[str, int]:
    rows = dict.fromkeys(names, 0)
    for _ in rows:
        for start, end in edges:
            rows[end] = max(rows[end], rows[start] + 1)
    below = {name: [rows[end] - 1 for start, end in edges if start == name] for name in rows}
    return {name: min(below[name], default=row) for name, row in rows.items()}


def line(start: Box, end: Box, label: str) -> str:
    """A way from one box to another: aside at once, then down; its words stand nearer to where it begins."""
    upper, aside = start.top + HEIGHT, (start.column > end.column) - (start.column < end.column)
    half, turned = upper + BELOW // 2 + 12 * aside, upper + BELOW - 12
    x = start.middle + (end.middle - start.middle) * 35 // 100
    told = f'<text class="way" x="{x}" y="{half + 3}">{escape(label)}</text>' if label else ""
    return f'<path d="M{start.middle} {upper}C{start.middle} {half} {end.middle} {half} {end.middle} {turned}V{end.top - 6}"/>{told}'


def drawn(chart: str) -> str:
    """A flowchart as SVG, and as a list for whoever does not see it."""
    found = boxes(chart)
    ways = [(found[way[1]], found[way[3]], way[2] or "") for way in EDGE.finditer(chart)]
    wide = max(box.middle for box in found.values()) + WIDTH // 2 + 2
    high = max(box.top for box in found.values()) + HEIGHT + 2
    told = "".join(
        f"<li>{escape(start.words)} → {f'{escape(label)}: ' if label else ''}{escape(end.words)}</li>"
        for start, end, label in ways
    )
    return (
        '<div class="flow" tabindex="0" role="group" aria-label="Drawing">'
        f'<svg viewBox="0 0 {wide} {high}" width="{wide}" aria-hidden="true">{TIP}'
        f"{''.join(line(*way) for way in ways)}{''.join(box.svg() for box in found.values())}</svg></div>\n"
        f"<details><summary>The drawing as a list</summary><ul>{told}</ul></details>\n"
    )


def tabled(chart: str) -> str:
    """Which event leads from which state to which."""
    ways: dict[tuple[str, str], list[str]] = {}
    for found in STATE.finditer(chart):
        ways.setdefault((found[1], found[2]), []).append(f"`{found[3]}`")
    starts, ends = (list(dict.fromkeys(way[side] for way in ways)) for side in (0, 1))
    rows = [["from", *(f"to {end}" for end in ends)], ["---"] * (len(ends) + 1)]
    rows += [[f"**{start}**", *(", ".join(ways.get((start, end), "–")) for end in ends)] for start in starts]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def source_read(_app: Sphinx, _name: str, source: list[str]) -> None:
    """A page with its drawings."""
    source[0] = BLOCK.sub(lambda found: (drawn if found[1].startswith("flowchart") else tabled)(found[1]), source[0])


def captioned(_app: Sphinx, page: nodes.document) -> None:
    """Pictures that stand by themselves get their words below them, and each a place of its own."""
    for paragraph in list(page.findall(nodes.paragraph)):
        pictures = [part for part in paragraph.children if isinstance(part, nodes.image)]
        if pictures and all(isinstance(part, nodes.image) or not part.astext().strip() for part in paragraph.children):
            figures = [
                nodes.figure("", picture, nodes.legend("", nodes.paragraph("", picture["alt"]))) for picture in pictures
            ]
            paragraph.replace_self(figures)


def setup(app: Sphinx) -> dict[str, bool]:
    """Sphinx's door to this module."""
    app.connect("source-read", source_read)
    app.connect("doctree-read", captioned)
    return {"parallel_read_safe": True}
