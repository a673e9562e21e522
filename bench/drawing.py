"""How does it look? Bars of replies a second, and curves of what grows with them, as SVG files that a page may show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from xml.sax.saxutils import escape

WIDTH, LEFT, HIGH, GAP = 760, 220, 24, 10
OURS, THEIRS, WORDS = "#1d70b8", "#b1b4b6", "#0b0c0c"


def bars(title: str, values: Mapping[str, float], unit: str) -> str:
    """One bar for each, the longest as wide as the picture."""
    high = 40 + len(values) * (HIGH + GAP)
    most = max(values.values())
    rows = "".join(_bar(place, name, value, most) for place, (name, value) in enumerate(values.items()))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}" role="img" font-family="sans-serif" font-size="15">'
        f"<title>{escape(title)}</title>"
        f'<rect width="{WIDTH}" height="{high}" fill="#ffffff"/>'
        f'<text x="0" y="18" font-weight="bold" fill="{WORDS}">{escape(f"{title} ({unit})")}</text>{rows}</svg>\n'
    )


def _bar(place: int, name: str, value: float, most: float) -> str:
    top, wide = 32 + place * (HIGH + GAP), max((WIDTH - LEFT - 80) * value / most, 1)
    colour = OURS if name.startswith("ours") else THEIRS
    return (
        f'<text x="0" y="{top + 17}" fill="{WORDS}">{escape(name)}</text>'
        f'<rect x="{LEFT}" y="{top}" width="{wide:.1f}" height="{HIGH}" fill="{colour}"/>'
        f'<text x="{LEFT + wide + 6:.1f}" y="{top + 17}" fill="{WORDS}">{value:,.0f}</text>'
    )


PLOT_WIDE, PLOT_HIGH, PLOT_LEFT, PLOT_TOP, PLOT_FOOT, PLOT_RIGHT = 760, 460, 70, 66, 62, 200
INKS = ("#1d70b8", "#d4351c", "#00703c", "#4c2c92")
DASHES = ("", "9 4", "3 3", "12 4 3 4")
MARK = 4
Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Axes:
    """Both logarithmic: from the power of ten below everything to the one above."""

    right: tuple[int, int]
    up: tuple[int, int]

    def x(self, value: float) -> float:
        """How far to the right a value stands."""
        return PLOT_LEFT + (PLOT_WIDE - PLOT_LEFT - PLOT_RIGHT) * _share(value, self.right)

    def y(self, value: float) -> float:
        """How far down a value stands."""
        return PLOT_HIGH - PLOT_FOOT - (PLOT_HIGH - PLOT_FOOT - PLOT_TOP) * _share(value, self.up)


def curves(
    title: str, told: str, lines: Mapping[str, Points], units: tuple[str, str], limits: Mapping[str, float]
) -> str:
    """One line for each name, on two logarithmic axes, told apart by colour, dashes and their names; ``limits`` lie across."""
    points = [point for line in lines.values() for point in line]
    axes = Axes(_decades([x for x, _ in points]), _decades([*(y for _, y in points), *limits.values()]))
    drawn = "".join(_line(axes, place, name, line) for place, (name, line) in enumerate(lines.items()))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {PLOT_WIDE} {PLOT_HIGH}" role="img" aria-labelledby="title desc" '
        f'font-family="sans-serif" font-size="14"><title id="title">{escape(title)}</title>'
        f'<desc id="desc">{escape(_in_words(told, lines, units))}</desc>'
        f'<rect width="{PLOT_WIDE}" height="{PLOT_HIGH}" fill="#ffffff"/>'
        f'<text x="0" y="18" font-size="16" font-weight="bold" fill="{WORDS}">{escape(title)}</text>'
        f'<text x="0" y="40" fill="{WORDS}">{escape(told)}</text>{_grid(axes, units)}'
        f"{''.join(_limit(axes, name, value) for name, value in limits.items())}{drawn}</svg>\n"
    )


def _in_words(told: str, lines: Mapping[str, Points], units: tuple[str, str]) -> str:
    """The same for who does not see it: where each line begins and ends."""
    ends = (
        f"{name}: {first[1]:,.3g} {units[1]} at {first[0]:,.3g} {units[0]}, {last[1]:,.3g} {units[1]} at {last[0]:,.3g}"
        for name, line in lines.items()
        for first, last in [(line[0], line[-1])]
    )
    return f"{told}. {'; '.join(ends)}."


def _grid(axes: Axes, units: tuple[str, str]) -> str:
    foot, right = PLOT_HIGH - PLOT_FOOT, PLOT_WIDE - PLOT_RIGHT
    across = "".join(
        f'<line x1="{PLOT_LEFT}" x2="{right}" y1="{axes.y(10.0**power):.1f}" y2="{axes.y(10.0**power):.1f}" stroke="{THEIRS}"/>'
        f'<text x="{PLOT_LEFT - 8}" y="{axes.y(10.0**power) + 5:.1f}" text-anchor="end" fill="{WORDS}">{_power(power)}</text>'
        for power in range(axes.up[0], axes.up[1] + 1)
    )
    upright = "".join(
        f'<line x1="{axes.x(10.0**power):.1f}" x2="{axes.x(10.0**power):.1f}" y1="{PLOT_TOP}" y2="{foot}" stroke="{THEIRS}"/>'
        f'<text x="{axes.x(10.0**power):.1f}" y="{foot + 20}" text-anchor="middle" fill="{WORDS}">{_power(power)}</text>'
        for power in range(axes.right[0], axes.right[1] + 1)
    )
    named = (
        f'<text x="{(PLOT_LEFT + right) / 2:.0f}" y="{foot + 44}" text-anchor="middle" fill="{WORDS}">{escape(units[0])}</text>'
        f'<text x="{PLOT_LEFT - 8}" y="{PLOT_TOP - 10}" text-anchor="end" fill="{WORDS}">{escape(units[1])}</text>'
    )
    return across + upright + named


def _power(power: int) -> str:
    return f"{10**power:,}" if power >= 0 else f"{10.0**power:g}"


def _limit(axes: Axes, name: str, value: float) -> str:
    at = axes.y(value)
    return (
        f'<line x1="{PLOT_LEFT}" x2="{PLOT_WIDE - PLOT_RIGHT}" y1="{at:.1f}" y2="{at:.1f}" stroke="{WORDS}" stroke-dasharray="2 3"/>'
        f'<text x="{PLOT_LEFT + 4}" y="{at - 5:.1f}" fill="{WORDS}">{escape(name)}</text>'
    )


def _line(axes: Axes, place: int, name: str, line: Points) -> str:
    ink, dash = INKS[place % len(INKS)], DASHES[place % len(DASHES)]
    path = " ".join(f"{axes.x(x):.1f},{axes.y(y):.1f}" for x, y in line)
    marks = "".join(f'<circle cx="{axes.x(x):.1f}" cy="{axes.y(y):.1f}" r="{MARK}" fill="{ink}"/>' for x, y in line)
    top, left = PLOT_TOP + 14 + place * 26, PLOT_WIDE - PLOT_RIGHT + 14
    return (
        f'<polyline points="{path}" fill="none" stroke="{ink}" stroke-width="2.5" stroke-dasharray="{dash}"/>{marks}'
        f'<line x1="{left}" x2="{left + 34}" y1="{top}" y2="{top}" stroke="{ink}" stroke-width="2.5" stroke-dasharray="{dash}"/>'
        f'<text x="{left + 42}" y="{top + 5}" fill="{WORDS}">{escape(name)}</text>'
    )


def _decades(values: Sequence[float]) -> tuple[int, int]:
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    return low, max(high, low + 1)


def _share(value: float, decades: tuple[int, int]) -> float:
    return (log10(value) - decades[0]) / (decades[1] - decades[0])
