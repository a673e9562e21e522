"""Does the documentation become a site in which every link, picture and table is right, and which asks nothing of anybody else's server?"""

import re
import runpy
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

from admin.metric_names import METRICS
from tests.house.pages import DOCS, headings, links, page, section
from tests.house.test_docs import OF_THE_API, REASONS, commands, documented, settings, verbs
from tests.house.tree import HOME

READERS = ("callers-managers", "handlers", "admins", "operators", "integrators", "developers")
LOADED = {"img": "src", "script": "src", "iframe": "src", "source": "src", "link": "href", "image": "href", "use": "href"}
OUTSIDE = re.compile(r"^(https?:)?//")
BY_STYLE = re.compile(r"url\(\s*['\"]?((?:https?:)?//[^)'\"]+)|@import\s+['\"]((?:https?:)?//[^'\"]+)")
PICTURE = re.compile(r"!\[([^\]]+)\]\((screens/[\w-]+\.(?:png|svg))\)")
NUMBER = re.compile(r"\b0[1-9][\d ]{7,11}\d\b")
DRAMA = "020 7946 0"


@dataclass
class Table:
    """A table: the words of its head, and what stands first in each row."""

    head: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


class Built(HTMLParser):
    """A page as it was built: its anchors, where it leads, what it loads, pictures without words, and its tables."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.leads: list[str] = []
        self.loads: list[str] = []
        self.silent: list[str] = []
        self.tables: list[Table] = []
        self._cell, self._column, self._text = "", -1, ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.anchors |= {told[name] for name in ("id", "name") if name in told}
        self.leads += [told["href"]] if tag == "a" and "href" in told else []
        self.loads += [told[LOADED[tag]]] if LOADED.get(tag, "") in told else []
        self.silent += [told["src"]] if tag == "img" and not told.get("alt") else []
        if tag == "table":
            self.tables.append(Table())
        elif tag in ("tr", "th", "td"):
            self._column = -1 if tag == "tr" else self._column + 1
            self._cell, self._text = tag, ""
        elif tag == "br":
            self.handle_endtag(self._cell)

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if self.tables and tag == self._cell == "th":
            self.tables[-1].head.append(self._text.strip())
        elif self.tables and tag == self._cell == "td" and self._column == 0:
            self.tables[-1].names.append(self._text.strip())
        self._cell = "" if tag == self._cell else self._cell


class Site:
    """The pages below a folder, by their place in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pages = {path.relative_to(folder).as_posix(): Built(path) for path in sorted(folder.rglob("*.html"))}

    def lost(self) -> Iterator[str]:
        """Every link, anchor and picture that leads nowhere."""
        for name, built in self.pages.items():
            for target in {*built.leads, *built.loads}:
                if not re.match(r"[a-z]+:|//", target) and not self._is_there(name, target):
                    yield f"{name}: {target}"

    def _is_there(self, name: str, target: str) -> bool:
        there, anchor = self.place(name, target)
        known = self.pages.get(there)
        return (self.folder / there).is_file() and (not anchor or known is None or anchor in known.anchors)

    def place(self, name: str, target: str) -> tuple[str, str]:
        """Where a link of a page leads: a place in the folder, and an anchor."""
        path, anchor = urldefrag(unquote(target).partition("?")[0] if "?" in target else unquote(target))
        there = (self.folder / name).parent / path if path else self.folder / name
        return there.resolve().relative_to(self.folder.resolve(), walk_up=True).as_posix() if False else _below(there, self.folder), anchor

    def outside(self) -> Iterator[str]:
        """Whatever is loaded from somebody else's server, by a page or by a style sheet."""
        yield from (f"{name}: {one}" for name, built in self.pages.items() for one in built.loads if OUTSIDE.match(one))
        for path in self.folder.rglob("*.css"):
            found = BY_STYLE.finditer(path.read_text(encoding="utf-8"))
            yield from (f"{path.name}: {one[1] or one[2]}" for one in found)

    def reached(self, first: str = "index.html") -> set[str]:
        """Every page that can be come to from the first one."""
        seen, ahead = set(), [first]
        while ahead:
            name = ahead.pop()
            if name in self.pages and name not in seen:
                seen.add(name)
                ahead += [self.place(name, target)[0] for target in self.pages[name].leads if ":" not in target]
        return seen


def _below(path: Path, folder: Path) -> str:
    there = path.resolve()
    return there.relative_to(folder.resolve()).as_posix() if there.is_relative_to(folder.resolve()) else str(there)
