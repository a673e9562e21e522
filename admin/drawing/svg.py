"""How is a drawing written as SVG? Everything that somebody typed is escaped; colours and types are the style sheet's."""

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from markupsafe import Markup

from admin.drawing.boxes import AWAY, PADDING, WIDTH, Row
from admin.drawing.drawing import PILL, PORT, Box, Drawing, Edge, Heading, Pill
from admin.drawing.icons import ICONS
from admin.drawing.texts import width_of
from ivr.speech import speakable
from routing.clock import local
from routing.reasons import clock_time

PLANS = "/admin/plans"
TRUNK, CORNER, SIGN, ARROW = 16, 8, 12, 7
"""From a box to where its lines part, their rounding, the type of a sign, and the length of a point."""

SIGN_FROM, ONWARD = 13, 72
"""From the end of a line to its sign, and the room for the link to another line's drawing."""

SVG = Markup(
    '<svg class="app-flow" xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}"'
    ' role="group" aria-labelledby="flow-title" aria-describedby="flow-desc">'
)
NAMED = Markup(
    '<title id="flow-title">{}</title><desc id="flow-desc">Each box leads to its step in the lists below.</desc>'
)
TEXT = Markup('<text class="app-flow__{}" x="{:g}" y="{:g}" text-anchor="{}">{}</text>')
LINE = Markup('<path class="app-flow__edge app-flow__edge--{0}" d="{1}"/><path class="app-flow__point--{0}" d="{2}"/>')
KEY = Markup('<rect class="app-flow__key app-flow__key--{}" x="{}" y="{}" width="{}" height="20" rx="4"/>')
ICON = Markup('<path class="app-flow__icon" transform="translate({} {})" d="{}"/>')
SHAPE = Markup('<rect x="{}" y="{}" width="{}" height="{}" rx="{}"/>')
PILL_LINK = Markup('<a class="app-flow__pill app-flow__pill--{}" href="#box-{}" aria-label="{}">')
BOX_LINK = Markup('<g id="box-{0}" class="app-flow__box app-flow__box--{1}"><a href="#node-{0}" aria-label="{2}">')


def svg_of(drawing: Drawing) -> Markup:
    """The drawing. Each box is a link to its step in the list (``#node-...``)."""
    when = clock_time(drawing.at)
    parts = [
        SVG.format(drawing.width, drawing.height),
        NAMED.format(f"Drawing of {_clean(drawing.name)}, {when}"),
        *(_heading(heading) for heading in drawing.headings),
        *(_edge(edge) for edge in sorted(drawing.edges, key=lambda edge: edge.live)),
        *(_sign(edge) for edge in drawing.edges if edge.sign),
        *(_pill(pill) for pill in drawing.pills),
        *(_box(box, drawing) for box in drawing.boxes),
        Markup("</svg>"),
    ]
    return Markup("").join(parts)


def _clean(text: str) -> str:
    return speakable(text)


def _heading(heading: Heading) -> Markup:
    return _text(heading.x, heading.y, heading.text, "heading")


def _text(x: float, y: float, text: str, style: str, anchor: str = "start") -> Markup:
    return TEXT.format(style, x, y, anchor, _clean(text))


def _edge(edge: Edge) -> Markup:
    state = "live" if edge.live else "dead"
    x, y = edge.to_x, edge.to_y
    point = f"M{x - ARROW} {y - 4}L{x} {y}L{x - ARROW} {y + 4}z"
    return LINE.format(state, _path(edge), point)


def _path(edge: Edge) -> str:
    """Straight on, or down from where the lines part, with a round corner."""
    end = edge.to_x - ARROW + 1
    if edge.y == edge.to_y:
        return f"M{edge.x} {edge.y}H{end}"
    parts = edge.x + TRUNK
    return (
        f"M{edge.x} {edge.y}H{parts - CORNER}q{CORNER} 0 {CORNER} {CORNER}V{edge.to_y - CORNER}"
        f"q0 {CORNER} {CORNER} {CORNER}H{end}"
    )


def _sign(edge: Edge) -> Markup:
    width = max(20, round(width_of(edge.sign, SIGN, bold=True)) + 12)
    x = edge.to_x - SIGN_FROM - width
    state = "live" if edge.live else "dead"
    words = _text(x + width / 2, edge.to_y + 4, edge.sign, f"sign app-flow__sign--{state}", "middle")
    return KEY.format(state, x, edge.to_y - 10, width) + words


def _pill(pill: Pill) -> Markup:
    state = "live" if pill.live else "dead"
    words = f"Goes on at {_clean(pill.title)}"
    y = pill.y + PILL // 2
    return Markup("").join((
        PILL_LINK.format(state, pill.slug, words),
        SHAPE.format(pill.x, pill.y, WIDTH, PILL, PILL // 2),
        ICON.format(pill.x + 11, y - 8, ICONS["hand-over"]),
        _text(pill.x + 32, y + 5, pill.text, "row"),
        Markup("</a>"),
    ))  # fmt: skip


def _box(box: Box, drawing: Drawing) -> Markup:
    beside = "" if box.reached else f", {AWAY}"
    kind = box.verb.kind.value if box.reached else "away"
    return Markup("").join((
        BOX_LINK.format(box.slug, kind, f"{box.verb.words}: {_clean(box.title)}{beside}"),
        SHAPE.format(box.x, box.y, WIDTH, box.height, 6),
        *_head(box),
        *(_row(row, box) for row in box.rows),
        Markup("</a>"),
        _onward(box, drawing) if box.line else "",
        Markup("</g>"),
    ))  # fmt: skip


def _head(box: Box) -> Iterator[Markup]:
    x, y = box.x + PADDING, box.y + PORT
    yield ICON.format(x, y - 8, ICONS[box.verb.icon])
    yield _text(x + 22, y + 4, box.verb.words, "verb")
    if box.beside:
        right = box.x + WIDTH - PADDING - (ONWARD if box.line else 0)
        yield _text(right, y + 4, box.beside, "beside", "end")


def _row(row: Row, box: Box) -> Markup:
    x, y = box.x + row.x, box.y + row.y
    mark = _text(box.x + PADDING, y, row.mark, "mark") if row.mark else Markup("")
    end = _text(box.x + WIDTH - PADDING, y, row.end, "end", "end") if row.end else Markup("")
    return mark + _text(x, y, row.text, row.style) + end


def _onward(box: Box, drawing: Drawing) -> Markup:
    """A link of its own to the other line's drawing at the same moment."""
    at = urlencode({"at": local(drawing.at).isoformat(timespec="minutes")})
    link = Markup('<a class="app-flow__onward" href="{}" aria-label="{}">')
    words = "Its plan"
    begin = link.format(f"{PLANS}/{quote(box.line)}?{at}", f"The drawing of the line {box.line}")
    return begin + _text(box.x + WIDTH - PADDING, box.y + PORT + 4, words, "onward", "end") + Markup("</a>")
