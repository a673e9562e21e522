"""How does a test send a file to the API?"""

import io
from typing import Any

from werkzeug.test import TestResponse

from tests.admin.desk_client import Holder

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DRY = "?dry_run=true"


def sends_file(
    caller: Holder, content: bytes | str, query: str = "", mime: str = "text/csv", **headers: str
) -> TestResponse:
    """The file as the body of a request."""
    data = content.encode() if isinstance(content, str) else content
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with_key = {"Authorization": f"Bearer {caller.key}", **named}
    return caller.client.post(f"/api/v1/imports{query}", data=data, content_type=mime, headers=with_key)


def sends_form(caller: Holder, content: bytes, query: str = "", **fields: str) -> TestResponse:
    """The file as a browser sends it."""
    form: dict[str, Any] = {"file": (io.BytesIO(content), "directory.csv"), **fields}
    headers = {"Authorization": f"Bearer {caller.key}"}
    return caller.client.post(f"/api/v1/imports{query}", data=form, content_type="multipart/form-data", headers=headers)


def exported(caller: Holder, name: str) -> bytes:
    """An export's bytes."""
    reply = caller.asks(f"/exports/{name}")
    assert reply.status_code == 200
    return reply.get_data()


def sent_twice(caller: Holder, content: bytes | str, query: str = "?") -> TestResponse:
    """The file, and once more with the confirmation that the first refusal asks for."""
    doubt = sends_file(caller, content, query)
    assert doubt.status_code == 409, doubt.get_data(as_text=True)
    return sends_file(caller, content, f"{query}&confirm={doubt.get_json()['confirmation']}")
