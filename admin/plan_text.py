"""How is one part of a plan's TOML changed, so that every comment and the layout of all the rest stay as they were?

Each edit is read again: what it holds must be what was meant, or it is refused (``EditError``) and nothing is lost.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import tomlkit
from tomlkit.items import AoT, Array, Item, Table

from admin.plan_lines import removed, renamed, written_behind
from ivr.tables import tables_from

Tables = dict[str, Any]
"""A plan's TOML as it was read."""

Place = tuple[str, ...]
"""Where a table stands: ``("nodes", "welcome")``, ``("hours", "office")``; the header is ``()``."""

HEADER: Place = ()
TARGETS = ("go", "open", "closed", "otherwise", "by_name", "call_back")
"""The fields of a step that name another one."""

HEADER_TARGETS = ("start", "otherwise", "safe")
NOT_KEPT = "The text is written in a way that this form cannot change; edit the TOML file and import it."
SPACE = re.compile(r"\s+")


class EditError(ValueError):
    """An edit that would have changed something else too."""


@dataclass(frozen=True, slots=True)
class Use:
    """Where a step is named: the step that names it (empty: the header), and the field."""

    node: str
    field: str


def tables_of(text: str) -> Tables | None:
    """What a text holds; nothing where it is not TOML."""
    found = tables_from(text)
    return None if isinstance(found, str) else found


def table_at(tables: Tables, place: Place) -> Tables:
    """One table; an empty one where there is none."""
    found: Any = tables
    for name in place:
        found = found.get(name, {}) if isinstance(found, dict) else {}
    return found if isinstance(found, dict) else {}


def nodes_of(tables: Tables) -> dict[str, Tables]:
    """The steps of a plan by name, as far as they are tables."""
    return {slug: node for slug, node in table_at(tables, ("nodes",)).items() if isinstance(node, dict)}


def alike(one: Any, other: Any) -> bool:
    """Whether two values differ in white space at most: a form breaks lines as it likes."""
    if isinstance(one, str) and isinstance(other, str):
        return SPACE.sub(" ", one).strip() == SPACE.sub(" ", other).strip()
    return bool(one == other)


def changed(text: str, place: Place, fields: Mapping[str, Any]) -> str:
    """The text with these fields in a table; ``None`` takes a field away, and what is alike stays as it is written."""
    document, wanted = tomlkit.parse(text), tomllib.loads(text)
    table, meant = _table(document, place), table_at(wanted, place)
    new = {name: value for name, value in fields.items() if not alike(meant.get(name), value)}
    for name, value in new.items():
        _put(table, name, value)
    meant.update(new)
    for name in [name for name, value in new.items() if value is None]:
        del meant[name]
    return _kept(tomlkit.dumps(document), wanted)


def _table(document: Any, place: Place) -> Any:
    found = document
    for name in place:
        if not isinstance(found, Mapping) or name not in found:
            raise EditError(NOT_KEPT)
        found = found[name]
    return found


def _put(table: Any, name: str, value: Any) -> None:
    if value is None:
        table.pop(name, None)
    elif name in table:
        table[name] = _item(table[name], value)
    else:
        _append(table, name, _item(None, value))


def _append(table: Any, name: str, item: Item) -> None:
    """A field behind the last one: the comment above the next table belongs to that."""
    body = table.value.body if isinstance(table, Table) else []
    tail = []
    while body and body[-1][0] is None:
        tail.append(body.pop())
    table[name] = item
    body.extend(reversed(tail))


def _item(before: Any, value: Any) -> Any:
    """The value as it is written: choices one in a row, as the bundled plans have them."""
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        return value
    if isinstance(before, (Array, AoT)) and len(before) == len(value):
        return _adapted(before, value)
    if isinstance(before, AoT):
        return tomlkit.item([dict(row) for row in value])
    rows = "".join(f"    {_row(row)},\n" for row in value)
    return tomlkit.parse(f"rows = [\n{rows}]\n")["rows"]


def _adapted(before: Any, rows: Sequence[Mapping[str, Any]]) -> Any:
    """As many rows as before: each is changed where it stands, between its comments."""
    for found, row in zip(before, rows, strict=True):
        for name, value in row.items():
            if found.get(name) != value:
                found[name] = value
        for name in [name for name in found if name not in row]:
            found.pop(name)
    return before


def _row(row: Mapping[str, Any]) -> str:
    return "{ " + ", ".join(f"{name} = {tomlkit.item(value).as_string()}" for name, value in row.items()) + " }"


def _kept(text: str, wanted: Tables) -> str:
    if tables_of(text) != wanted:
        raise EditError(NOT_KEPT)
    return text


def with_table(text: str, place: Place, fields: Mapping[str, Any], behind: Place = HEADER) -> str:
    """The text with one table more, behind another one or at the end."""
    wanted = tomllib.loads(text)
    table_of_all = wanted
    for name in place[:-1]:
        table_of_all = table_of_all.setdefault(name, {})
    if place[-1] in table_of_all:
        raise EditError(NOT_KEPT)
    table_of_all[place[-1]] = {name: value for name, value in fields.items() if value is not None}
    return _kept(written_behind(text, behind, _block(place, table_of_all[place[-1]])), wanted)


def _block(place: Place, fields: Mapping[str, Any]) -> str:
    """A table of its own, in TOML."""
    document = tomlkit.document()
    for name, value in fields.items():
        document.add(name, _item(None, value))
    header = ".".join(tomlkit.key(name).as_string() for name in place)
    return f"[{header}]\n{tomlkit.dumps(document)}"


def without_table(text: str, place: Place) -> str:
    """The text without a table and the comment above it; the comment above the next one stays."""
    wanted = tomllib.loads(text)
    table_at(wanted, place[:-1]).pop(place[-1], None)
    return _kept(removed(text, place), wanted)


def uses(tables: Tables, slug: str) -> list[Use]:
    """Everywhere that a step is named."""
    found = [Use("", field) for field in HEADER_TARGETS if tables.get(field) == slug]
    return found + [Use(name, field) for name, node in nodes_of(tables).items() for field in _naming(node, slug)]


def _naming(node: Tables, slug: str) -> Iterator[str]:
    yield from (f"options.{at}.go" for at, row in enumerate(rows_of(node)) if row.get("go") == slug)
    yield from (field for field in TARGETS if node.get(field) == slug)


def rows_of(node: Tables) -> list[Tables]:
    """The choices of a menu, as far as they are tables."""
    rows = node.get("options", [])
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def renamed_node(text: str, old: str, new: str) -> str:
    """The text with another name for a step, wherever it is named."""
    found = tomllib.loads(text)
    for name, node in {"": found, **nodes_of(found)}.items():
        fields = _renamed(node, old, new, HEADER_TARGETS if name == "" else TARGETS)
        text = changed(text, ("nodes", name) if name else HEADER, fields) if fields else text
    wanted = tomllib.loads(text)
    nodes = table_at(wanted, ("nodes",))
    nodes[new] = nodes.pop(old)
    return _kept(renamed(text, ("nodes", old), new), wanted)


def _renamed(node: Tables, old: str, new: str, targets: tuple[str, ...]) -> Tables:
    fields: Tables = {field: new for field in targets if node.get(field) == old}
    rows = deepcopy(rows_of(node))
    for row in rows:
        row["go"] = new if row.get("go") == old else row.get("go")
    return {**fields, "options": rows} if rows != rows_of(node) else fields
