"""Where does each box, line and sign of a plan's drawing stand? Steps from left to right, choices from top to bottom.

A step stands in the column of as few steps from the beginning as it takes, at the height of its first way on; so no line crosses
another one or a box. Ways to a step that is drawn elsewhere end in a small box of their own that leads there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from admin.drawing.boxes import WIDTH, Row, filled
from admin.drawing.reached import reached
from admin.drawing.telling import Verb, title_of, told
from admin.drawing.texts import broken
from admin.drawing.tree import Branch, Limb, roots
from admin.drawing.ways import glance, ways
from ivr.moment import Moment, World
from ivr.plan import Plan

GAP, BETWEEN, MARGIN = 88, 12, 16
PORT = 21
"""How far below its upper edge a line enters and leaves a box."""

PARTS, HEADING = 34, 26
"""Room between two parts of the drawing, and for the words above one."""

PILL, INSIDE, SMALL = 30, 28, 13
"""The height of a small box, the room for its arrow, and its type."""

CAPTION = 2


@dataclass(frozen=True, slots=True)
class Box:
    """A step: where it stands, what it holds, whether it is reached, and the line that it hands over to."""

    slug: str
    verb: Verb
    title: str
    reached: bool
    x: int
    y: int
    height: int
    beside: str
    rows: tuple[Row, ...]
    line: str


@dataclass(frozen=True, slots=True)
class Pill:
    """A step that is drawn elsewhere."""

    slug: str
    title: str
    text: str
    live: bool
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from the right of a box to the left of another one, and its sign."""

    x: int
    y: int
    to_x: int
    to_y: int
    sign: str
    live: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """The words above a part."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A plan at a moment, laid out."""

    line: str
    name: str
    at: datetime
    width: int
    height: int
    headings: tuple[Heading, ...]
    boxes: tuple[Box, ...]
    pills: tuple[Pill, ...]
    edges: tuple[Edge, ...]


@dataclass(slots=True)
class _Sheet:
    """The drawing while it is laid out: ``free`` is from where on each column has room."""

    here: Moment
    known: frozenset[str]
    free: dict[int, int] = field(default_factory=dict)
    headings: list[Heading] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    pills: list[Pill] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)

    @property
    def bottom(self) -> int:
        """Where nothing stands yet in any column."""
        return max(self.free.values(), default=MARGIN)


def drawing_of(world: World, plan: Plan, at: datetime) -> Drawing:
    """The drawing of a plan at a moment."""
    here = glance(world, plan, at)
    sheet = _Sheet(here, reached(here))
    for root in roots(here):
        top = sheet.bottom + (PARTS if sheet.boxes else 0)
        sheet.headings.append(Heading(MARGIN, top + SMALL, root.words))
        sheet.free = {}
        _placed(root.branch, 0, top + HEADING, sheet)
    return Drawing(
        plan.line,
        plan.name,
        here.now,
        max(*(box.x for box in sheet.boxes), *(pill.x for pill in sheet.pills), MARGIN) + WIDTH + MARGIN,
        sheet.bottom - BETWEEN + MARGIN,
        tuple(sheet.headings),
        tuple(sorted(sheet.boxes, key=lambda box: (box.y, box.x))),
        tuple(sheet.pills),
        tuple(sheet.edges),
    )


def _placed(branch: Branch, column: int, y: int, sheet: _Sheet) -> int:
    """Draw a step and everything behind it; where its upper edge stands."""
    y = max(y, sheet.free.get(column, y))
    known = branch.slug in sheet.known
    tops = [(limb, _behind(limb, column + 1, y, sheet, known=known)) for limb in branch.limbs]
    top = tops[0][1] if tops else y
    box = _box(branch.slug, column, top, sheet)
    sheet.boxes.append(box)
    sheet.free[column] = top + box.height + BETWEEN
    sheet.edges += _edges(box, tops, column + 1)
    return top


def _behind(limb: Limb, column: int, y: int, sheet: _Sheet, *, known: bool) -> int:
    if limb.branch:
        return _placed(limb.branch, column, y, sheet)
    top = max(y, sheet.free.get(column, y))
    title = title_of(sheet.here.plan.nodes[limb.way.to], sheet.here)
    text = broken(title, WIDTH - INSIDE - CAPTION * SMALL, SMALL, 1)[0]
    sheet.pills.append(Pill(limb.way.to, title, text, known and limb.way.live, _x(column), top + PORT - PILL // 2))
    sheet.free[column] = top + PORT + PILL // 2 + BETWEEN
    return top


def _edges(box: Box, tops: list[tuple[Limb, int]], column: int) -> Iterator[Edge]:
    for limb, top in tops:
        live = box.reached and limb.way.live
        yield Edge(box.x + WIDTH, box.y + PORT, _x(column), top + PORT, limb.way.sign, live)


def _x(column: int) -> int:
    return MARGIN + column * (WIDTH + GAP)


def _box(slug: str, column: int, top: int, sheet: _Sheet) -> Box:
    here = sheet.here
    node = here.plan.nodes[slug]
    step, known = told(node, here), slug in sheet.known
    inside = filled(step, ways(node, here), reached=known, helps=slug == here.plan.otherwise)
    return Box(
        slug, step.verb, step.title, known, _x(column), top, inside.height, inside.beside, inside.rows, step.line
    )
