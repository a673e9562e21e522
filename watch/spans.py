"""How does a mark become a span of OpenTelemetry, and how does it reach the collector? (docs/operations.md, Traces)

A call is one trace, whoever answers it: its trace id is its CallSid without the first two letters. Only what is named here goes out,
and none of it is a number, a name, a key that was pressed or the query of an address.
"""

import hashlib
import logging
import os
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.metadata import version
from typing import Any, assert_never

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExportResult
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.sdk.trace.sampling import ALWAYS_ON
from opentelemetry.trace import (
    Link,
    NonRecordingSpan,
    SpanContext,
    SpanKind,
    Status,
    StatusCode,
    TraceFlags,
    set_span_in_context,
)

from carrier.port import Done, Gone, Refused
from ivr.answering import Answering
from ivr.in_hand import tellable
from ivr.position import Stage
from ivr.record import Record
from watch.traces import Asked, Mark, Moved, Webhook
from webhooks.links import leg_place_at
from webhooks.reading import OVER

SECONDS = 5.0
"""So long a collector may take, all attempts together."""

LIBRARY = logging.getLogger("opentelemetry")
WHOLE = re.compile(r"[A-Z]{2}([0-9a-f]{32})")
SAMPLED = TraceFlags(TraceFlags.SAMPLED)
Attributes = Mapping[str, Any]


def ids_of(call: str) -> SpanContext:
    """The trace of a call, and in it the span of the whole call. A SID that is not of Twilio's form is hashed."""
    found = WHOLE.fullmatch(call)
    digits = found[1] if found else ""
    if not digits.strip("0") or not digits[16:].strip("0"):
        digits = hashlib.sha256(call.encode("utf-8", "replace")).hexdigest()[:32]
    return SpanContext(int(digits, 16), int(digits[16:], 16), is_remote=True, trace_flags=SAMPLED)


class Ids(RandomIdGenerator):
    """Ids of spans are drawn; a span that nothing stands above has the trace that was set, and the id, where one was set."""

    def __init__(self) -> None:
        self.trace, self.span = 0, 0

    def generate_trace_id(self) -> int:
        """The call's."""
        return self.trace

    def generate_span_id(self) -> int:
        """The call's own once, else a drawn one."""
        set_before, self.span = self.span, 0
        return set_before or super().generate_span_id()


class Collector:
    """A collector that speaks OTLP over HTTP. One thread alone may use it."""

    def __init__(self, address: str) -> None:
        self._ids, self._made = Ids(), InMemorySpanExporter()
        about: dict[str, str | int] = {SERVICE_NAME: "dutyline", SERVICE_VERSION: version("dutyline")}
        about["process.pid"] = os.getpid()
        provider = TracerProvider(ALWAYS_ON, Resource.create(about), shutdown_on_exit=False, id_generator=self._ids)
        provider.add_span_processor(SimpleSpanProcessor(self._made))
        self._tracer = provider.get_tracer("dutyline")
        self._exporter = OTLPSpanExporter(endpoint=f"{address}/v1/traces", timeout=SECONDS)

    def export(self, marks: Sequence[Mark]) -> bool:
        """Whether the collector took them. The library says why not, once, until it takes them again."""
        for mark in marks:
            self._spans(mark)
        made = self._made.get_finished_spans()
        taken = not made or self._exporter.export(made) is SpanExportResult.SUCCESS
        self._made.clear()
        LIBRARY.setLevel(logging.NOTSET if taken else logging.CRITICAL)
        return taken

    def close(self) -> None:
        """Try nothing again."""
        self._exporter.shutdown()  # type: ignore[no-untyped-call]  # the library types all but this

    def _spans(self, mark: Mark) -> None:
        match mark:
            case Webhook():
                self._of_webhook(mark)
            case Moved():
                self._of_move(mark)
            case Asked():
                self._of_errand(mark)
            case _:
                assert_never(mark)

    def _of_webhook(self, mark: Webhook) -> None:
        call = mark.record.call if mark.record else mark.hand.call
        self._span(name_of(mark), call, mark, told_of(mark), SpanKind.SERVER, is_below=mark.record is not None)
        if mark.record and is_end(mark.record):
            self._of_call(mark.record)

    def _of_call(self, record: Record) -> None:
        """The whole call, once Twilio says that it is over, and how long it took."""
        ids, ends = ids_of(record.call), _nanoseconds(record.at)
        self._ids.trace, self._ids.span = ids.trace_id, ids.span_id
        about = {"dutyline.call": tellable(record.call), "dutyline.status": record.body["status"]}
        begins = ends - int(record.body["seconds"] or 0) * 10**9
        self._tracer.start_span("call", Context(), attributes=about, start_time=begins).end(ends)

    def _of_move(self, mark: Moved) -> None:
        """Once for each call of which there were records; some are of no call."""
        for call, records in mark.records.items():
            if tellable(call):
                about = {"dutyline.call": call, "dutyline.records": records}
                self._span("drain", call, mark, about, SpanKind.INTERNAL)

    def _of_errand(self, mark: Asked) -> None:
        leg = mark.result.sid if isinstance(mark.result, Done) else ""
        links = [Link(ids_of(leg))] if leg else []
        self._span(f"errand {mark.errand.kind}", mark.errand.call, mark, told_of_errand(mark), SpanKind.CLIENT, links)

    def _span(
        self, name: str, call: str, mark: Mark, about: Attributes, kind: SpanKind, links: Sequence[Link] = (),
        *, is_below: bool = True,
    ) -> None:  # fmt: skip
        """A span of a call: below the span of the whole call, or in the trace alone where nobody will tell of the whole."""
        ids, ends = ids_of(call), _nanoseconds(mark.at)
        self._ids.trace = ids.trace_id
        above = set_span_in_context(NonRecordingSpan(ids), Context()) if is_below else Context()
        span = self._tracer.start_span(name, above, kind, about, links, ends - int(mark.seconds * 1e9))
        if "error.type" in about:
            span.set_status(Status(StatusCode.ERROR))
        span.end(ends)


def name_of(mark: Webhook) -> str:
    """How the webhook was answered and, of steps and legs, what was waited for: few names, whatever happens."""
    leg = leg_place_at(mark.hand.path)
    if leg:
        return f"{mark.how} {leg.stage.name.lower()}"
    letter = str(mark.record.body.get("asked", ""))[-1:] if mark.record else ""
    return f"{mark.how} {Stage(letter).name.lower()}" if mark.how is Answering.STEP and letter else mark.how.value


def told_of(mark: Webhook) -> Attributes:
    """What goes out of a webhook."""
    body = mark.record.body if mark.record else {}
    about = {
        "dutyline.call": tellable(mark.record.call if mark.record else mark.hand.call),
        "dutyline.leg": tellable(mark.record.leg) if mark.record else "",
        "dutyline.line": body.get("line") or mark.hand.line,
        "dutyline.node": body.get("node"),
        "dutyline.how": mark.how.value,
        "dutyline.status": body.get("status"),
        "dutyline.reasons": [reason["code"] for reason in body.get("reasons", ())],
        "dutyline.ending": body.get("ending"),
        "dutyline.journal_seconds": mark.journal,
        "error.type": body.get("fault"),
    }
    return _known(about)


def told_of_errand(mark: Asked) -> Attributes:
    """What goes out of an errand: what was asked, and how that ended."""
    result, is_well = mark.result, isinstance(mark.result, Done | Gone)
    about = {
        "dutyline.call": tellable(mark.errand.call),
        "dutyline.leg": tellable(result.sid) if isinstance(result, Done) else "",
        "dutyline.attempt": mark.errand.attempts,
        "dutyline.result": type(result).__name__.lower(),
        "dutyline.code": result.code if isinstance(result, Refused) else None,
        "error.type": "" if is_well else type(result).__name__,
    }
    return _known(about)


def is_end(record: Record) -> bool:
    """Whether a record says that the caller's own call is over."""
    return record.kind == "status" and not record.leg and record.body.get("status") in OVER


def _known(about: Attributes) -> Attributes:
    return {name: value for name, value in about.items() if value}


def _nanoseconds(at: datetime) -> int:
    return int(at.timestamp() * 1e6) * 1000
