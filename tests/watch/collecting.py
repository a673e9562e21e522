"""Who takes the traces? A collector that keeps what it was sent, as bytes and as spans, and one that never says a word."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue
from opentelemetry.proto.trace.v1.trace_pb2 import ResourceSpans

from tests.reliability.answered import soon

PATH = "/v1/traces"


@dataclass(frozen=True, slots=True)
class Span:
    """A span as it was sent; ``above`` is the id of the span that it stands below, empty where there is none."""

    name: str
    trace: str
    id: str
    above: str
    begins: int
    ends: int
    about: dict[str, Any]
    links: tuple[str, ...]
    is_fault: bool
    worker: int

    @property
    def seconds(self) -> float:
        """How long it took."""
        return (self.ends - self.begins) / 1e9


class Collector(ThreadingHTTPServer):
    """Keeps the bodies that it was sent; while ``refuses`` it answers 400."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.bodies: list[bytes] = []
        self.refuses, self.turned_away = False, 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def spans(self) -> list[Span]:
        """All that came, in the order in which it came."""
        sent = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        return [
            Span(
                one.name, one.trace_id.hex(), one.span_id.hex(), one.parent_span_id.hex(), one.start_time_unix_nano,
                one.end_time_unix_nano, {each.key: plain(each.value) for each in one.attributes},
                tuple(link.trace_id.hex() for link in one.links), one.status.code == one.status.STATUS_CODE_ERROR,
                worker_of(of),
            )
            for request in sent for of in request.resource_spans for scope in of.scope_spans for one in scope.spans
        ]  # fmt: skip

    def named(self, *names: str) -> list[Span]:
        """Spans of these names, once there is one of each."""
        assert soon(lambda: set(names) <= {span.name for span in self.spans}), [span.name for span in self.spans]
        return [span for span in self.spans if span.name in names]


class Door(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        taken = self.path == PATH and not self.server.refuses
        if taken:
            self.server.bodies.append(body)
        else:
            self.server.turned_away += 1
        self.send_response(200 if taken else 400)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the standard library's name
        """Nothing is logged."""


def worker_of(sent: ResourceSpans) -> int:
    """The process that sent them."""
    found = {each.key: plain(each.value) for each in sent.resource.attributes}
    return int(found["process.pid"])


def plain(value: AnyValue) -> Any:
    """A value of an attribute."""
    kind = value.WhichOneof("value")
    return (
        [plain(one) for one in value.array_value.values]
        if kind == "array_value"
        else getattr(value, kind or "string_value")
    )


@contextmanager
def collector() -> Iterator[Collector]:
    """A collector, while the block runs."""
    with Collector() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@contextmanager
def silent() -> Iterator[str]:
    """The address of somebody who takes every connection, and never says a word."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen(128)
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
