"""Which verbs, reasons, settings, metrics, requests and commands are there? The code is asked, so that no table can drift from it.

A page has `<!-- from the code: reasons -->` where its table belongs; a table that follows is for readers without the site.
"""

import json
import logging
import re
from collections.abc import Iterable
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
GLANCE = "## At a glance\n\n"
REQUESTS = """## Every request

Shapes have the names of <a href="openapi.json">the OpenAPI document</a>; a field with * must be given.

"""


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table as Markdown."""
    lines = [" | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in row) for row in (head, *rows)]
    lines.insert(1, " | ".join("---" for _ in head))
    return "".join(f"| {line} |\n" for line in lines)


def codes(names: Iterable[str]) -> str:
    """Names as code, kinds of content as words, or a dash where there is none."""
    return ", ".join(name if "/" in name else f"`{name}`" for name in names) or "–"


def headed(name: str) -> str:
    """A name that leads to its heading on the same page."""
    anchor = re.sub(r"[^\w\- ]", "", name.lower()).replace(" ", "-")
    return f"[`{name}`](#{anchor})"


def told(page: str, name: str) -> str:
    """What stands below a heading. A name of the code without a heading ends the build."""
    found = re.search(rf"^#+ `{re.escape(name)}`\n\n(.+?)(?=^#|\Z)", page, re.MULTILINE | re.DOTALL)
    if not found:
        raise ExtensionError(f"The code has {name}, and its page has no heading for it.")
    return " ".join(found[1].split())


def default(text: str, name: str, otherwise: str) -> str:
    """The default as the page tells it. One of the code that the page does not tell ends the build."""
    found = re.search(r"Default: (.+?)[.;](?: |$)", text)
    if otherwise and not (found and otherwise in found[1]):
        raise ExtensionError(f"{name} is {otherwise} where it is not given; its page says otherwise.")
    return found[1] if found else "–"


def verbs(_: str) -> str:
    """Every verb with its fields."""
    return _deeds("verb", asked.verbs())


def reasons(_: str) -> str:
    """Every reason with its sentence."""
    rows = ((headed(one.code), one.words, one.__doc__ or "") for one in asked.reasons())
    return GLANCE + table(("reason", "sentence", "when"), rows)


def settings(page: str) -> str:
    """Every setting that is read, with the first sentence and the default of its page."""
    found = [(name, told(page, name), otherwise) for name, otherwise in asked.settings().items()]
    rows = (
        (headed(name), re.split(r"(?<=\.) ", text)[0], default(text, name, otherwise))
        for name, text, otherwise in found
    )
    return GLANCE + table(("setting", "is", "default"), rows)


def metrics(_: str) -> str:
    """Every metric; its unit is the end of its name."""
    ends = {one.name: one.name.rpartition("_")[2] for one in METRICS}
    units = {name: end if end in ("seconds", "bytes") else "–" for name, end in ends.items()}
    rows = ((f"`{one.name}`", one.kind, codes(one.labels), units[one.name], one.meaning) for one in METRICS)
    return table(("metric", "type", "labels", "unit", "means"), rows)


def commands(_: str) -> str:
    """Every command with its arguments and options."""
    return GLANCE + _deeds("command", asked.commands())


def _deeds(kind: str, deeds: Iterable[asked.Deed]) -> str:
    rows = ((headed(one.name), one.does, codes(one.must), codes(one.may)) for one in deeds)
    return table((kind, "does", "must be given", "may be given"), rows)


def api(_: str) -> str:
    """Every request of the OpenAPI document, and whose keys it takes."""
    every = ((method.upper(), path, one) for path, found in openapi()["paths"].items() for method, one in found.items())
    rows = (
        (
            f"{headed(f'{method} {path}')}<br>{one['summary']}",
            _roles(method, path),
            codes(_taken(one)),
            codes(_given(one)),
        )
        for method, path, one in every
    )
    return REQUESTS + table(("request", "keys of", "takes", "gives"), rows)


def _roles(method: str, path: str) -> str:
    roles = MATRIX[method, path.replace("{", "<").replace("}", ">")]
    return "every role" if roles == EVERYBODY else ", ".join(sorted(roles))


def _taken(request: dict[str, Any]) -> list[str]:
    found = [one["name"] for one in request.get("parameters", ()) if one["in"] == "query"]
    for kind, content in request.get("requestBody", {}).get("content", {}).items():
        name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
        shape = openapi()["components"]["schemas"].get(name, {})
        fields = [f"{one}{'*' * (one in shape.get('required', ()))}" for one in shape.get("properties", ())]
        found += (fields or [name]) if kind == "application/json" and name else [kind]
    return found


def _given(request: dict[str, Any]) -> list[str]:
    replies = [
        (status, reply.get("content", {"": {}})) for status, reply in request["responses"].items() if status < "300"
    ]
    found = [
        (status, one.get("schema", {}).get("$ref", kind)) for status, kinds in replies for kind, one in kinds.items()
    ]
    return [f"{status} {what.removeprefix('#/components/schemas/')}".strip() for status, what in found]


@cache
def openapi() -> dict[str, Any]:
    """The document that a running service gives at /api/v1/openapi.json."""
    with TemporaryDirectory() as folder:
        application = build(config_from({"DUTYLINE_STATE_DIR": folder}), SystemClock())
        found: dict[str, Any] = application.flask.test_client().get("/api/v1/openapi.json").get_json()
        application.close()
    return found


TABLES = {one.__name__: one for one in (verbs, reasons, settings, metrics, commands, api)}


def source_read(_app: Sphinx, _name: str, source: list[str]) -> None:
    """A page with its table."""
    page = source[0]
    source[0] = MARK.sub(lambda mark: TABLES[mark[1]](page), page)


def build_finished(app: Sphinx, failed: Exception | None) -> None:
    """The OpenAPI document stands beside the pages."""
    if failed is None:
        Path(app.outdir, "openapi.json").write_text(json.dumps(openapi(), indent=1), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Sphinx's door to this module. What the code that is asked would log is no news here, such as that there is no database."""
    for logger in ("dutyline", "alembic"):
        logging.getLogger(logger).setLevel(logging.CRITICAL)
    app.connect("source-read", source_read)
    app.connect("build-finished", build_finished)
    return {"parallel_read_safe": True}
