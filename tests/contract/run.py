"""How is the whole OpenAPI document put to the test? schemathesis knocks at a real server: every check, every phase."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import schemathesis
from flask import Flask
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from werkzeug.serving import WSGIRequestHandler, make_server

DOMAIN = [422, 412]
"""What a request that keeps to the document may still meet: values that only the directory can judge, another version."""

CHECKS = {
    "positive_data_acceptance": {"expected-statuses": ["2xx", "3xx", 401, 403, 404, 409, 413, 429, *DOMAIN]},
    "negative_data_rejection": {"expected-statuses": ["4xx"]},
    "missing_required_header": {"expected-statuses": [401, 403, 404, 422, 428]},
}
ANY_TEXT_IS_A_FILE = {"include-path": "/api/v1/imports", "checks": {"negative_data_rejection": {"enabled": False}}}


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


def findings(url: str, key: str, examples: int, seed: int) -> tuple[list[str], int]:
    """What does not hold, each once, and how many checks were made."""
    headers = {"Authorization": f"Bearer {key}"}
    config = SchemathesisConfig.from_dict(
        {"seed": seed, "headers": headers, "generation": {"max-examples": examples}, "workers": 1,
         "checks": CHECKS, "operations": [ANY_TEXT_IS_A_FILE]}
    )  # fmt: skip
    schema = schemathesis.openapi.from_url(f"{url}/api/v1/openapi.json", config=config, headers=headers)
    found: dict[str, None] = {}
    count = 0
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            count += sum(map(len, event.recorder.checks.values()))
            found.update(dict.fromkeys(_failures(event)))
        elif isinstance(event, events.NonFatalError | events.FatalError):
            found[f"{type(event).__name__}: {getattr(event, 'info', event)}"] = None
    return list(found), count


def _failures(event: events.ScenarioFinished) -> Iterator[str]:
    for case, checks in event.recorder.checks.items():
        for check in checks:
            if check.failure_info:
                label = event.recorder.cases[case].value.operation.label
                failure = check.failure_info.failure
                yield f"{check.name}: {label}: {failure.title}: {failure.message}\n{check.failure_info.code_sample[:600]}"
