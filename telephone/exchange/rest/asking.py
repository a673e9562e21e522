"""What is asked of the REST API, and how does it answer?

Errors have the body `{"code", "message", "more_info", "status"}`. (Twilio: usage/twilios-response)
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from telephone.exchange.plant import Plant

JsonValue = str | int | bool | None | Mapping[str, "JsonValue"] | list["JsonValue"]
Json = dict[str, JsonValue]

DEFAULT_PAGE = 50
MOST_ON_A_PAGE = 1000


class Problem(Exception):  # noqa: N818 - Twilio's own word is error; this one is an answer
    """A request that is refused: HTTP status, Twilio's code, words."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message

    @property
    def body(self) -> Json:
        """What the client reads."""
        more = f"https://www.twilio.com/docs/errors/{self.code}"
        return {"code": self.code, "message": self.message, "more_info": more, "status": self.status}


def not_found(path: str) -> Problem:
    """20404: there is none, or no more. (Twilio: api/errors/20404)"""
    return Problem(404, 20404, f"The requested resource {path} was not found")


@dataclass(frozen=True, slots=True)
class Answer:
    """A response: its status, and its body, empty for 204."""

    status: int
    body: Json | None = None

    @property
    def text(self) -> str:
        """The body as it is sent."""
        return "" if self.body is None else json.dumps(self.body)


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. `path` is behind `/Accounts/{sid}`; parameters are those of the query and the form, repeats kept."""

    method: str
    path: str
    parameters: tuple[tuple[str, str], ...]
    parts: Mapping[str, str] = field(default_factory=dict)

    def value(self, name: str, default: str = "") -> str:
        """The last value of a parameter."""
        return dict(self.parameters).get(name, default)

    def values(self, name: str) -> list[str]:
        """Every value of a repeated parameter."""
        return [value for key, value in self.parameters if key == name]

    def has(self, name: str) -> bool:
        """Whether it was sent."""
        return any(key == name for key, _ in self.parameters)

    def is_true(self, name: str, default: str = "false") -> bool:
        """Whether it says true, in any case."""
        return self.value(name, default).lower() == "true"

    def seconds(self, name: str, default: int) -> float:
        """A number of seconds. Raises Problem."""
        written = self.value(name, str(default))
        if not written.isdigit():
            raise Problem(400, 20001, f"{name} is not a number of seconds")
        return float(written)


def flattened(data: Mapping[str, object] | None) -> tuple[tuple[str, str], ...]:
    """A form as a client library hands it over: lists are repeated keys, None is not sent."""
    pairs = ((name, each) for name, value in (data or {}).items() for each in _several(value))
    return tuple((name, _written(each)) for name, each in pairs if each is not None)


def queried(url: str) -> tuple[tuple[str, str], ...]:
    """The parameters in a URL."""
    return tuple(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def page(ask: Ask, key: str, rows: Iterable[Json], account: str) -> Answer:
    """One page of a list. (Twilio: usage/twilios-response, paging)"""
    found, size = list(rows), min(int(ask.value("PageSize", str(DEFAULT_PAGE))), MOST_ON_A_PAGE)
    number = int(ask.value("Page", "0"))
    start = number * size
    shown: list[JsonValue] = list(found[start : start + size])
    following = _page_uri(ask, account, number + 1, size) if start + size < len(found) else None
    return Answer(
        200,
        {
            key: shown,
            "page": number,
            "page_size": size,
            "start": start,
            "end": start + len(shown) - 1,
            "uri": _page_uri(ask, account, number, size),
            "first_page_uri": _page_uri(ask, account, 0, size),
            "next_page_uri": following,
            "previous_page_uri": _page_uri(ask, account, number - 1, size) if number else None,
        },
    )


def resource(account: str, *parts: str) -> str:
    """The path of a resource, as its `uri` gives it."""
    return "/".join(["", "2010-04-01", "Accounts", account, *parts]) + ".json"


def stamp(plant: Plant, at: float | None) -> str | None:
    """A virtual second as the API writes it (RFC 2822)."""
    return None if at is None else format_datetime(plant.moment(at))


def _page_uri(ask: Ask, account: str, number: int, size: int) -> str:
    kept = [(name, value) for name, value in ask.parameters if name not in {"Page", "PageSize", "PageToken"}]
    return f"/2010-04-01/Accounts/{account}{ask.path}?" + urlencode([*kept, ("PageSize", size), ("Page", number)])


def _several(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else (value,)


def _written(value: object) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
