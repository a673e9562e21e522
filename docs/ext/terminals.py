"""What does a command look like at a shell? Its transcript in docs/commands.md, drawn as a picture: `python docs/ext/terminals.py`."""

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from textwrap import wrap

DOCS = Path(__file__).parents[1]
PART = re.compile(r"^#+ `dutyline ([^`]+)`\n(.*?)(?=^#|\Z)", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"\(screens/terminal-([a-z-]+)\.svg\)")
COLUMNS, LETTER, LINE, MARGIN, BAR = 110, 7.85, 19, 18, 30


def transcripts() -> Mapping[str, str]:
    """The first transcript of each command, by the command's words with hyphens."""
    parts = PART.findall((DOCS / "commands.md").read_text(encoding="utf-8"))
    shown = {name.replace(" ", "-"): BLOCK.search(text) for name, text in parts}
    return {name: found[1] for name, found in shown.items() if found}


def picture(transcript: str) -> str:
    """A transcript as SVG; what was typed is bold."""
    lines = [line for told in transcript.splitlines() for line in _broken(told)]
    wide, high = round(COLUMNS * LETTER) + 2 * MARGIN, len(lines) * LINE + BAR + MARGIN
    told = "".join(
        f'<text x="{MARGIN}" y="{BAR + at * LINE + 16}"{style} xml:space="preserve">{escape(line)}</text>\n'
        for at, (line, style) in enumerate(lines)
    )
    dots = "".join(f'<circle cx="{MARGIN + at * 18}" cy="16" r="5" fill="#7a8794"/>' for at in range(3))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}">'
        f'<rect width="{wide}" height="{high}" rx="8" fill="#14202b"/>{dots}\n'
        f'<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="13" fill="#e8edf2">\n{told}</g></svg>\n'
    )


def _broken(told: str) -> list[tuple[str, str]]:
    style = ' font-weight="bold"' if told.startswith("$ ") else ""
    inward = " " * (len(told) - len(told.lstrip()) + 2)
    lines = wrap(told, COLUMNS, subsequent_indent=inward, replace_whitespace=False, drop_whitespace=False) or [""]
    return [(line.rstrip(), style) for line in lines]


def wanted() -> set[str]:
    """The commands whose pictures the pages show."""
    return {name for page in DOCS.glob("*.md") for name in NAMED.findall(page.read_text(encoding="utf-8"))}


def path_of(name: str) -> Path:
    """Where the picture of a command lies."""
    return DOCS / "screens" / f"terminal-{name}.svg"


if __name__ == "__main__":
    for one in sorted(wanted()):
        path_of(one).write_text(picture(transcripts()[one]), encoding="utf-8")
