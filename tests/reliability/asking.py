"""How does somebody with a key speak to a running service? One request, one line."""

import json
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any

from tests.reliability.service import Service

SECONDS = 20


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody with a key."""

    served: Service
    key: str

    def sends(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The answer's document. Raises where it is no 2xx."""
        status, _, text = self._exchanged(method, path, body, headers)
        assert 200 <= status < 300, f"{method} {path}: {status} {text}"
        return json.loads(text) if text else None

    def reads(self, path: str) -> Any:
        """What stands there."""
        return self.sends("GET", path)

    def changes(self, method: str, path: str, body: Any, seen_at: str) -> Any:
        """A change of what stands there now."""
        _, tag, _ = self._exchanged("GET", seen_at, None, {})
        return self.sends(method, path, body, **{"If-Match": tag})

    def _exchanged(self, method: str, path: str, body: Any, headers: dict[str, str]) -> tuple[int, str, str]:
        connection = HTTPConnection("127.0.0.1", self.served.port, timeout=SECONDS)
        try:
            sent = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json", **headers}
            connection.request(method, f"/api/v1{path}", None if body is None else json.dumps(body), sent)
            reply = connection.getresponse()
            return reply.status, reply.headers.get("ETag", ""), reply.read().decode()
        finally:
            connection.close()
