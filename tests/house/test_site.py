"""Does the documentation become a site in which every link, picture and table is right, and which asks nothing of anybody else's server?"""

import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urldefrag

import pytest

from admin.metric_names import METRICS
from tests.house.pages import DOCS, headings, links, page, section
from tests.house.test_docs import OF_THE_API, REASONS, commands, documented, settings, verbs
from tests.house.tree import HOME

pytestmark = pytest.mark.timeout(600)  # a busy machine takes minutes for what a quiet one builds in ten seconds
READERS = ("callers-managers", "handlers", "admins", "operators", "integrators", "developers")
LOADED = {
    "img": "src",
    "script": "src",
    "iframe": "src",
    "source": "src",
    "link": "href",
    "image": "href",
    "use": "href",
}
ELSEWHERE = re.compile(r"[a-z]+:|//")
STYLED = re.compile(r"(?:url\(|@import)\s*['\"]?((?:https?:)?//[^)'\"]+)")
PICTURE = re.compile(r"!\[[^\]]+\]\((screens/[\w-]+\.(?:png|svg))\)")
NUMBER = re.compile(r"\b0[1-9][\d ]{7,11}\d\b")
AS_MADE = re.search(r"-m sphinx ([-\w ]+) -d", (HOME / "Makefile").read_text(encoding="utf-8"))
TABLES = {
    "plans.html": ("verb", list(verbs())),
    "reasons.html": ("reason", [reason.code for reason in REASONS]),
    "settings.html": ("setting", list(settings())),
    "metrics.html": ("metric", [metric.name for metric in METRICS]),
    "commands.html": ("command", commands()),
    "api.html": ("request", [documented(route) for route in OF_THE_API]),
}


@dataclass
class Table:
    """A table: the words of its head, and what stands first in each row, up to a break."""

    head: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


class Built(HTMLParser):
    """A page as it was built: its anchors, where it leads, what it loads, its pictures without words, and its tables."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.leads: list[str] = []
        self.loads: list[str] = []
        self.silent: list[str] = []
        self.tables: list[Table] = []
        self._cell, self._column, self._text = "", -1, ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.anchors |= {told[name] for name in ("id", "name") if name in told}
        self.leads += [told["href"]] if tag == "a" and "href" in told else []
        self.loads += [told[LOADED[tag]]] if LOADED.get(tag, "") in told else []
        self.silent += [told["src"]] if tag == "img" and not told.get("alt") else []
        if tag == "table":
            self.tables.append(Table())
        elif tag == "tr":
            self._column = -1
        elif tag in ("th", "td"):
            self._cell, self._column, self._text = tag, self._column + 1, ""
        elif tag == "br":
            self.handle_endtag(self._cell)

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == self._cell == "th":
            self.tables[-1].head.append(self._text.strip())
        elif tag == self._cell == "td" and self._column == 0:
            self.tables[-1].names.append(self._text.strip())
        self._cell = "" if tag == self._cell else self._cell


class Site:
    """The pages below a folder, by their place in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        paths = sorted(folder.rglob("*.html"))
        self.pages = {path.relative_to(folder).as_posix(): Built(path.read_text(encoding="utf-8")) for path in paths}

    def place(self, name: str, target: str) -> tuple[str, str]:
        """Where a link of a page leads: a place in the folder, and an anchor."""
        path, anchor = urldefrag(unquote(target))
        path = path.partition("?")[0]
        return (normpath(join(dirname(name), path)) if path else name), anchor

    def lost(self) -> list[str]:
        """Every link, anchor and picture that leads nowhere, or out of the folder."""
        every = ((name, target) for name, built in self.pages.items() for target in {*built.leads, *built.loads})
        return [f"{name}: {target}" for name, target in every if not self._is_there(name, target)]

    def _is_there(self, name: str, target: str) -> bool:
        there, anchor = self.place(name, target)
        if ELSEWHERE.match(target):
            return True
        known = self.pages.get(there)
        inside = not there.startswith("..") and (self.folder / there).is_file()
        return inside and (not anchor or (known is not None and anchor in known.anchors))

    def outside(self) -> list[str]:
        """Whatever is loaded from somebody else's server, by a page or by a style sheet."""
        return [*self._outside()]

    def _outside(self) -> Iterator[str]:
        for name, built in self.pages.items():
            yield from (f"{name}: {one}" for one in built.loads if ELSEWHERE.match(one) and not one.startswith("data:"))
        for path in self.folder.rglob("*.css"):
            yield from (f"{path.name}: {one}" for one in STYLED.findall(path.read_text(encoding="utf-8")))

    def reached(self) -> set[str]:
        """Every page that can be come to from the first one."""
        seen: set[str] = set()
        ahead = ["index.html"]
        while ahead:
            name = ahead.pop()
            if name in self.pages and name not in seen:
                seen.add(name)
                ahead += [
                    self.place(name, target)[0] for target in self.pages[name].leads if not ELSEWHERE.match(target)
                ]
        return seen


def built(docs: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """What comes of building pages as `make site` does."""
    assert AS_MADE
    command = [
        sys.executable,
        "-m",
        "sphinx",
        *AS_MADE[1].split(),
        "-d",
        str(folder / "read"),
        str(docs),
        str(folder / "site"),
    ]
    return subprocess.run(command, capture_output=True, text=True, cwd=HOME, check=False)  # noqa: S603  # our own pages


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The whole documentation, built once."""
    folder = tmp_path_factory.mktemp("documentation")
    done = built(DOCS, folder)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    return Site(folder / "site")


def test_every_link_anchor_and_picture_of_the_site_is_there(site: Site) -> None:
    assert site.lost() == []


def test_nothing_is_loaded_from_elsewhere(site: Site) -> None:
    assert site.outside() == []


def test_every_picture_says_what_it_shows(site: Site) -> None:
    assert [f"{name}: {one}" for name, built in site.pages.items() for one in built.silent] == []


def test_every_page_is_reached_from_the_first(site: Site) -> None:
    pages = {path.relative_to(DOCS).with_suffix(".html").as_posix() for path in DOCS.rglob("*.md")}
    assert pages - site.reached() == set()


@pytest.mark.parametrize("name", TABLES)
def test_a_table_holds_everything_that_the_code_has_and_nothing_else(site: Site, name: str) -> None:
    head, expected = TABLES[name]
    found = [table.names for table in site.pages[name].tables if table.head[0] == head]
    assert [sorted(names) for names in found] == [sorted(expected)]


def test_the_openapi_document_lies_beside_the_pages(site: Site) -> None:
    document = (site.folder / "openapi.json").read_text(encoding="utf-8")
    assert [route[1] for route in OF_THE_API if f'"{documented(route).split()[1]}"' not in document] == []


@pytest.mark.parametrize("reader", READERS)
def test_every_task_of_a_reader_has_a_picture_and_a_page_that_tells_it(reader: str) -> None:
    text = page(f"for-{reader}.md")
    assert f"(for-{reader}.md)" in page("index.md")
    told = {task: section(text, task) for task in headings(text, 2)}
    shown = {task: PICTURE.findall(words) for task, words in told.items()}
    assert len(told) >= 9
    assert [task for task, pictures in shown.items() if not pictures] == []
    assert [one for pictures in shown.values() for one in pictures if not (DOCS / one).is_file()] == []
    assert [task for task, words in told.items() if not any(".md" in link for link in links(words))] == []


def test_the_pictures_of_commands_are_their_transcripts_and_show_nobodys_number() -> None:
    terminals = runpy.run_path(str(DOCS / "ext" / "terminals.py"))
    drawn = {
        terminals["path_of"](name): terminals["picture"](terminals["transcripts"]()[name])
        for name in terminals["wanted"]()
    }
    assert drawn == {path: path.read_text(encoding="utf-8") for path in (DOCS / "screens").glob("terminal-*.svg")}
    words = [one for text in drawn.values() for one in NUMBER.findall(" ".join(re.findall(r">([^<]+)</text>", text)))]
    assert [one for one in words if not one.startswith("020 7946 0")] == []


def test_a_page_with_faults_is_not_built(tmp_path: Path) -> None:
    shutil.copytree(DOCS / "ext", tmp_path / "docs" / "ext")
    shutil.copy(DOCS / "conf.py", tmp_path / "docs")
    faults = "# Faults\n\n[a page](nowhere.md)\n\n![a picture](none.png)\n\n<!-- from the code: verbs -->\n"
    (tmp_path / "docs" / "index.md").write_text(faults, encoding="utf-8")
    done = built(tmp_path / "docs", tmp_path)
    assert done.returncode != 0
    assert [word for word in ("nowhere.md", "none.png", "'goodbye'") if word not in done.stderr] == []


def test_faults_of_a_site_are_found(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<a href="there.html#lost">a</a><a href="gone.html">b</a><a href="../out.html">c</a><img src="none.png">'
        '<script src="https://example.org/a.js"></script><a href="https://example.org/">d</a>'
    )
    (tmp_path / "there.html").write_text('<p id="known"></p><a href="#known">a</a>')
    (tmp_path / "alone.html").write_text(
        "<table><tr><th>verb</th></tr><tr><td>ring<br>rings</td><td>x</td></tr></table>"
    )
    (tmp_path / "a.css").write_text('@import "https://example.org/a.css"; p { background: url(//example.org/b.png) }')
    site = Site(tmp_path)
    assert sorted(one.removeprefix("index.html: ") for one in site.lost()) == [
        "../out.html", "gone.html", "none.png", "there.html#lost",
    ]  # fmt: skip
    assert len(site.outside()) == 3
    assert site.pages["index.html"].silent == ["none.png"]
    assert site.reached() == {"index.html", "there.html"}
    assert site.pages["alone.html"].tables == [Table(["verb"], ["ring"])]
