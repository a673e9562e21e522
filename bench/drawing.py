"""How does it look? Bars of replies a second, as an SVG file that a page may show."""

from collections.abc import Mapping
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
