"""Does a name, a number or a digit of anybody stand in a log, or in the metrics? Planted through every door, while things fail. (D8)"""

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest

from routing.clock import SystemClock
from store.database import Database
from store.keys import Role, create
from telephone.signature import signature
from tests.reliability.postgres import Cluster, cluster
from tests.reliability.service import Service, service

MANY = 60
KNOWN_TO_HOLD = ("journal", "published", "failover", "dutyline.db", "override", "secret", "token", "account", "kept")
"""What of a state folder holds numbers by its nature (docs/operations.md); logs are not among it."""


def name(at: int) -> str:
    """A name that nobody has."""
    return f"Zyxcanary{at:04}"


def number(at: int) -> str:
    """A number for drama."""
    return f"+4420794606{at:02}"


def digits(at: int) -> str:
    """What a caller keys."""
    return f"73{at:02}91"


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, Cluster]]:
    folder = tmp_path_factory.mktemp("canaries")
    with cluster(folder / "pg") as database, service(folder / "state", database.url, 2) as served:
        yield served, database


def asks(served: Service, method: str, path: str, body: str = "", **headers: str) -> int:
    """One request, whatever comes of it."""
    connection = HTTPConnection("127.0.0.1", served.port, timeout=20)
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    connection.request(method, path, body.encode(), named)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def calls(served: Service, at: int) -> None:
    """A call by a canary: sound, with odd fields, forged, and to an address that is not there."""
    for path in ("/webhooks/voice", "/webhooks/status", "/webhooks/voice/nowhere", "/webhooks/voice/fallback"):
        fields = {"CallSid": f"CA{at:032x}", "From": number(at), "To": "+442079460101", "Digits": digits(at), "CallerName": name(at),
                  "CallStatus": "in-progress", "ErrorCode": "11200", "ParentCallSid": "" if at % 2 else f"CA{at + 1:032x}"}  # fmt: skip
        signed = {"X_Twilio_Signature": signature(served.token, f"{served.address}{path}", fields.items())}
        kind = {"Content_Type": "application/x-www-form-urlencoded"}
        assert asks(served, "POST", path, urlencode(fields), **kind, **signed) in (200, 204)
        assert asks(served, "POST", path, urlencode({**fields, "To": number(at)}), **kind, **signed) == 403


def writes(served: Service, at: int, key: str) -> None:
    """A canary in the directory, in refused bodies, in questions, in files and in a sign-in."""
    bearer = {"Authorization": f"Bearer {key}", "Content_Type": "application/json"}
    person = {"name": name(at), "team": "devon-ir-north", "numbers": [number(at)]}
    assert asks(served, "POST", "/api/v1/people", json.dumps(person), **bearer) == 201
    assert (
        asks(
            served,
            "POST",
            "/api/v1/people",
            json.dumps({**person, "team": name(at), "numbers": [digits(at)]}),
            **bearer,
        )
        == 422
    )
    assert asks(served, "POST", "/api/v1/people", f'{{"name": "{name(at)}", ', **bearer) == 400
    assert asks(served, "GET", f"/api/v1/people?{urlencode({'q': name(at)})}", **bearer) == 200
    assert asks(served, "GET", f"/api/v1/people/{name(at)}", **bearer) == 404
    assert asks(served, "GET", f"/admin/search?{urlencode({'q': number(at)})}") in (302, 303)
    table = f"authority,team,name,numbers\ndevon,devon-ir-north,{name(at)},{number(at)}\n"
    assert asks(served, "POST", "/api/v1/imports?dry_run=true", table, **{**bearer, "Content_Type": "text/csv"}) in (
        200,
        422,
    )
    form = {"email": f"{name(at)}@example.org", "password": name(at)}
    assert (
        asks(served, "POST", "/admin/sign-in", urlencode(form), Content_Type="application/x-www-form-urlencoded") == 400
    )


def admin_key(database: Cluster) -> str:
    """A key of the deployment."""
    here = Database(database.url)
    with here.write_in_order() as connection:
        _, secret = create(connection, "canaries", Role.ADMIN, "tests", SystemClock().now())
    here.close()
    return secret


def logs(served: Service, database: Cluster) -> list[Path]:
    """Every file that the machine wrote and that should hold nobody."""
    state = (path for path in served.state.rglob("*") if path.is_file())
    logged = [path for path in state if not path.relative_to(served.state).parts[0].startswith(KNOWN_TO_HOLD)]
    return [served.log, database.folder / "log", *logged]


def told(files: list[Path]) -> list[str]:
    """Which canaries stand where."""
    canaries = [sign for at in range(MANY) for sign in (name(at), number(at)[1:], f"0{number(at)[3:]}", digits(at))]
    texts = {path: path.read_text(encoding="utf-8", errors="replace").replace(" ", "") for path in files}
    return [f"{path.name}: {canary}" for path, text in texts.items() for canary in canaries if canary in text]


def test_nobody_stands_in_a_log_of_ours_or_of_the_database_or_in_the_metrics(machines: tuple[Service, Cluster]) -> None:
    served, database = machines
    key = admin_key(database)
    for at in range(MANY):
        if at == MANY // 2:
            database.kill()
            calls(served, at)
            assert (
                asks(served, "GET", f"/api/v1/people?{urlencode({'q': name(at)})}", Authorization=f"Bearer {key}")
                == 503
            )
            database.start()
            served.answers()
        calls(served, at)
        writes(served, at, key)
    page = served.state.with_suffix(".metrics")
    page.write_text(served.asks("/metrics")[1], encoding="utf-8")
    files = [page, *logs(served, database)]
    assert served.log.stat().st_size > 0 < (database.folder / "log").stat().st_size
    assert told(files) == []


def test_a_name_that_stands_in_a_log_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text(f"a caller from {number(3)[:3]} 20 7946 0603 met a fault\n", encoding="utf-8")
    assert told([tmp_path / "a.log"]) == [f"a.log: {number(3)[1:]}"]
