"""How is the whole OpenAPI document put to the test? schemathesis knocks at a real server: every check, every phase."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from random import Random
from typing import Any

import requests
import schemathesis
from flask import Flask
from schemathesis import HookContext
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.contract.aiming import Aim, Made
from tests.contract.files import offered

DOMAIN = [422, 412]
"""What a request that keeps to the document may still meet: values that only the directory can judge, another version."""

ACCEPTED = ["2xx", "3xx", 401, 403, 404, 409, 413, 429, *DOMAIN]
CHECKS = {
    "positive_data_acceptance": {"expected-statuses": ACCEPTED},
    "negative_data_rejection": {"expected-statuses": ["4xx"]},
    "missing_required_header": {"expected-statuses": [401, 403, 404, 422, 428]},
}

NEEDED_TO_WRITE = {
    "include-path": "/api/v1/teams/{slug}/rota", "include-method": "PUT",
    "checks": {"positive_data_acceptance": {"expected-statuses": [*ACCEPTED, 428]}},
}  # fmt: skip
"""The one header that a dry run can do without: OpenAPI cannot say “needed unless”."""


PARTS, PATIENCE = 4, 30


class Quiet(WSGIRequestHandler):
    """A server that says nothing."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002  # werkzeug's own signature
        pass


@contextmanager
def served(flask: Flask) -> Iterator[str]:
    """The application on a port of its own."""
    server = make_server("127.0.0.1", 0, flask, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass(slots=True)
class Run:
    """What does not hold, each once; how many checks were made; how often each operation answered with which status."""

    found: dict[str, None] = field(default_factory=dict)
    checks: int = 0
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)

    def take(self, event: events.EngineEvent) -> None:
        """What happened."""
        if isinstance(event, events.ScenarioFinished):
            self.checks += sum(map(len, event.recorder.checks.values()))
            self.found.update(dict.fromkeys(_failures(event)))
            self.answers.update(_answers(event))
        elif isinstance(event, events.NonFatalError | events.FatalError):
            self.found[f"{type(event).__name__}: {getattr(event, 'info', event)}"] = None

    def never(self) -> list[str]:
        """The operations that never did what they are for."""
        done = {label for label, status in self.answers if status < HTTPStatus.BAD_REQUEST}
        return sorted({label for label, _ in self.answers} - done)


def knocked(url: str, aim: Aim, key: str, examples: int, seed: int, part: Random | None = None) -> Run:
    """Every operation of the document, asked in every phase; only of a quarter of its paths, drawn, where ``part`` is given."""
    offered()
    headers = {"Authorization": f"Bearer {key}"}
    config = SchemathesisConfig.from_dict(
        {
            "base-url": url,
            "seed": seed,
            "headers": headers,
            "generation": {"max-examples": examples},
            "workers": 1,
            "checks": CHECKS,
            "operations": [NEEDED_TO_WRITE],
        }
    )
    document = requests.get(f"{url}/api/v1/openapi.json", headers=headers, timeout=PATIENCE).json()
    if part:
        paths = document["paths"]
        document["paths"] = {path: paths[path] for path in part.sample(sorted(paths), len(paths) // PARTS)}
    schema = schemathesis.openapi.from_dict(document, config=config)
    run = Run()

    @schemathesis.hook
    def filter_body(_: HookContext, body: Any) -> bool:
        return not isinstance(body, dict) or _is_told_apart(body)

    @schemathesis.hook
    def before_call(_: HookContext, case: Made, __: dict[str, Any]) -> None:
        aim.corrects(case)

    try:
        for event in from_schema(schema).execute():
            run.take(event)
    finally:
        schemathesis.hooks.unregister(before_call)
        schemathesis.hooks.unregister(filter_body)
    return run


def _is_told_apart(body: dict[str, Any]) -> bool:
    """In a form every part is text: “false” is as good a reason as any, and nobody can tell that a boolean was meant."""
    return "file" not in body or isinstance(body.get("why", ""), str)


def _answers(event: events.ScenarioFinished) -> Iterator[tuple[str, int]]:
    for case, interaction in event.recorder.interactions.items():
        if interaction.response is not None:
            yield event.recorder.cases[case].value.operation.label, interaction.response.status_code


def _failures(event: events.ScenarioFinished) -> Iterator[str]:
    for case, checks in event.recorder.checks.items():
        for check in checks:
            if check.failure_info:
                label = event.recorder.cases[case].value.operation.label
                failure = check.failure_info.failure
                yield f"{check.name}: {label}: {failure.title}: {failure.message}\n{check.failure_info.code_sample[:1500]}"
