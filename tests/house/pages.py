"""How are the documentation's pages read? By their headings, their fenced blocks and their links."""

import re
from pathlib import Path
from typing import NamedTuple

from tests.house.tree import HOME

DOCS = HOME / "docs"
HEADING = re.compile(r"^(#{1,6}) (.+)$", re.MULTILINE)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]\n]*(?:\n[^\]\n]*)?\]\(([^)\s]+)\)")


class Block(NamedTuple):
    """A fenced block: its language and its text."""

    language: str
    text: str


def page(name: str) -> str:
    """A page of ``docs/``."""
    return (DOCS / name).read_text(encoding="utf-8")


def pages() -> tuple[Path, ...]:
    """Every page that a reader may open, the decisions included."""
    return (HOME / "README.md", HOME / "CHANGELOG.md", *sorted(DOCS.rglob("*.md")))


def headings(text: str, level: int) -> list[str]:
    """The headings of a level, without the marks of code."""
    return [found[2].strip("` ") for found in HEADING.finditer(_without_blocks(text)) if len(found[1]) == level]


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one of its level or above; empty where there is none."""
    found = re.search(rf"^(#+) `?{re.escape(heading)}`?$", text, re.MULTILINE)
    if found is None:
        return ""
    rest = text[found.end() :]
    following = re.search(rf"^#{{1,{len(found[1])}}} ", rest, re.MULTILINE)
    return rest[: following.start()] if following else rest


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of a language."""
    return [
        block.text
        for block in (Block(found[1], found[2]) for found in FENCE.finditer(text))
        if block.language == language
    ]


def links(text: str) -> list[str]:
    """Where the links lead that stay in the repository."""
    targets = [found[1] for found in LINK.finditer(_without_blocks(text))]
    return [target for target in targets if "://" not in target and not target.startswith("mailto:")]


def anchors(text: str) -> set[str]:
    """The anchors that a page's headings give."""
    found = [heading[2] for heading in HEADING.finditer(_without_blocks(text))]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


def folded(text: str) -> str:
    """A text in small letters on one line, so that wrapping makes no difference."""
    return " ".join(text.lower().split())


def _without_blocks(text: str) -> str:
    return FENCE.sub("", text)
