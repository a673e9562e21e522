"""Which verbs, reasons, settings, metrics, requests and commands are there? The code is asked, so that no table can drift from it.

A page has `<!-- from the code: reasons -->` where its table belongs; a table that follows is for readers without the site.
"""

import json
import logging
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from admin.metric_names import METRICS
from admin.roles import MATRIX
from admin.who import EVERYBODY
from app import build, config_from
from ext import asked
from routing.clock import SystemClock

MARK = re.compile(r"<!-- from the code: (\w+) -->\n(?:\|.*\n)*")
Table = Iterable[tuple[str, ...]]


def table(*rows: tuple[str, ...]) -> str:
    """Rows as Markdown; the first one is the head."""
    head, *body = ("| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in row) + " |" for row in rows)
    return "\n".join((head, "|---" * len(rows[0]) + "|", *body, ""))


def codes(names: Iterable[str]) -> str:
    """Names as code, or a dash where there is none."""
    return ", ".join(f"`{name}`" for name in names) or "–"


def headed(text: str) -> str:
    """A name that leads to its heading on the same page."""
    anchor = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
    return f"[`{text}`](#{anchor})"


def told(page: str, name: str) -> str:
    """What stands below a heading. A name of the code without a heading ends the build."""
    found = re.search(rf"^#+ `{re.escape(name)}`\n\n(.+?)(?=^#|\Z)", page, re.MULTILINE | re.DOTALL)
    if not found:
        raise ExtensionError(f"The code has {name}, and its page has no heading for it.")
    return " ".join(found[1].split())


def default(text: str, setting: asked.Setting) -> str:
    """The default as its page tells it. One of the code that the page does not tell ends the build."""
    found = re.search(r"Default: (.+?)[.;](?: |$)", text)
    if setting.otherwise and not (found and setting.otherwise in found[1]):
        raise ExtensionError(f"{setting.name} is {setting.otherwise} where it is not given; its page says otherwise.")
    return found[1] if found else "–"


def verbs(_: str) -> str:
    """Every verb with its fields."""
    rows = [
        (headed(verb.name), verb.means, codes(verb.needed), codes(verb.optional)) for verb in asked.verbs()
    ]
    return table(("verb", "does", "must be given", "may be given"), *rows)


def reasons(_: str) -> str:
    """Every reason with its sentence."""
    rows = [(headed(reason.code), reason.words, reason.__doc__ or "") for reason in asked.reasons()]
    return "## At a glance\n\n" + table(("reason", "sentence", "when"), *rows)


def settings(page: str) -> str:
    """Every setting that is read."""
    found = [(one, told(page, one.name)) for one in asked.settings()]
    rows = [(headed(one.name), re.split(r"(?<=\.) ", text)[0], default(text, one)) for one, text in found]
    return "## At a glance\n\n" + table(("setting", "is", "default"), *rows)


def metrics(_: str) -> str:
    """Every metric, as its page has it."""
    rows = [
        (f"`{one.name}`", one.kind, codes(one.labels), asked.unit(one.name), one.meaning) for one in METRICS
    ]
    return table(("metric", "type", "labels", "unit", "means"), *rows)


def commands(_: str) -> str:
    """Every command with its arguments and options."""
    rows = [(headed(one.name), one.does, codes(one.arguments), codes(one.options)) for one in asked.commands()]
    return "## At a glance\n\n" + table(("command", "does", "arguments", "options"), *rows)


def api(_: str) -> str:
    """Every request of the OpenAPI document, and whose keys it takes."""
    document = openapi()
    rows = [
        (
            f"{headed(f'{method.upper()} {path}')}<br>{operation['summary']}",
            _roles(method.upper(), path),
            codes(_taken(operation, document)),
            codes(_given(operation)),
        )
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]
    words = 'Shapes have the names of <a href="openapi.json">the OpenAPI document</a>; a field with * must be given.'
    return f"## Every request\n\n{words}\n\n" + table(("request", "keys of", "takes", "gives"), *rows)


def _roles(method: str, path: str) -> str:
    roles = MATRIX[method, path.replace("{", "<").replace("}", ">")]
    return "every role" if roles == EVERYBODY else ", ".join(sorted(roles))


def _taken(operation: Mapping[str, Any], document: Mapping[str, Any]) -> list[str]:
    asked_for = [one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"]
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        shape = content.get("schema", {})
        if kind != "application/json":
            asked_for.append(kind)
        elif "$ref" in shape:
            shape = document["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
        needed = shape.get("required", ())
        asked_for += [f"{name}{'*' * (name in needed)}" for name in shape.get("properties", {}) if name != "why"]
    return asked_for


def _given(operation: Mapping[str, Any]) -> list[str]:
    kinds = [
        (status, kind, content.get("schema", {}))
        for status, reply in operation["responses"].items()
        if status < "300"
        for kind, content in reply.get("content", {"": {}}).items()
    ]
    return [f"{status} {shape.get('$ref', kind).rpartition('/')[2]}".strip() for status, kind, shape in kinds]


@cache
def openapi() -> dict[str, Any]:
    """The document that a running service gives at /api/v1/openapi.json. That no database is here is no news."""
    logging.getLogger("dutyline").setLevel(logging.CRITICAL)
    with TemporaryDirectory() as folder:
        application = build(config_from({"DUTYLINE_STATE_DIR": folder}), SystemClock())
        try:
            found: dict[str, Any] = application.flask.test_client().get("/api/v1/openapi.json").get_json()
        finally:
            application.close()
    return found


TABLES: Mapping[str, Callable[[str], str]] = {
    one.__name__: one for one in (verbs, reasons, settings, metrics, commands, api)
}


def source_read(app: Sphinx, name: str, source: list[str]) -> None:
    """A page with its table."""
    page = source[0]
    source[0] = MARK.sub(lambda mark: TABLES[mark[1]](page), page)


def build_finished(app: Sphinx, failed: Exception | None) -> None:
    """The OpenAPI document stands beside the pages."""
    if failed is None:
        Path(app.outdir, "openapi.json").write_text(json.dumps(openapi(), indent=1), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Sphinx's door to this module."""
    app.connect("source-read", source_read)
    app.connect("build-finished", build_finished)
    return {"parallel_read_safe": True}
