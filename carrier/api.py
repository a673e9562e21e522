"""How is something asked of Twilio's REST API? Over a connection of its own, before a deadline, and never twice by itself."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from socket import gaierror
from time import monotonic

from requests import ConnectTimeout, RequestException, Response, Session

from carrier.account import Account
from carrier.answers import Failure, Resource, failure
from carrier.port import Busy, Unknown

Form = Mapping[str, str | list[str]]
"""Parameters; a list is a repeated key."""

NEVER_SENT = (ConnectTimeout, ConnectionRefusedError, gaierror)


class UnansweredError(Exception):
    """The answer was no success; ``result`` says what is known of it."""

    def __init__(self, result: Failure) -> None:
        super().__init__(repr(result))
        self.result = result


class Api:
    """An account's resources, until a moment of the monotonic clock. Everything raises UnansweredError."""

    def __init__(self, account: Account, session: Session, until: float) -> None:
        self._account, self._session, self._until = account, session, until

    def post(self, path: str, form: Form) -> Resource:
        """Make or change a resource; as it is now."""
        return self._asked("POST", f"{self._account.root}/{path}.json", form)

    def one(self, path: str) -> Resource:
        """A resource as it is."""
        return self._asked("GET", f"{self._account.root}/{path}.json", {})

    def delete(self, path: str) -> None:
        """Take a resource away; the answer has no body."""
        reply = self._accepted("DELETE", f"{self._account.root}/{path}.json", {})
        if not 200 <= reply.status_code < 300:
            raise UnansweredError(failure(reply.status_code, body_of(reply)))

    def rows(self, path: str, key: str, filters: Form) -> Iterator[Resource]:
        """The resources of a list, in Twilio's order; pages are fetched as they are needed."""
        page = self._asked("GET", f"{self._account.root}/{path}.json", filters)
        yield from rows_of(page, key)
        while (following := str(page.get("next_page_uri") or "")).startswith("/"):
            page = self._asked("GET", self._account.url + following, {})
            yield from rows_of(page, key)

    def _asked(self, method: str, url: str, form: Form) -> Resource:
        reply = self._accepted(method, url, form)
        body = body_of(reply)
        if body is not None and 200 <= reply.status_code < 300:
            return body
        raise UnansweredError(failure(reply.status_code, body))

    def _accepted(self, method: str, url: str, form: Form) -> Response:
        """The answer to the first token that is taken. What is not authenticated is not done, so it may be asked again."""
        *others, last = self._account.tokens
        for token in others:
            reply = self._sent(method, url, form, token)
            if reply.status_code != HTTPStatus.UNAUTHORIZED:
                return reply
        return self._sent(method, url, form, last)

    def _sent(self, method: str, url: str, form: Form, token: str) -> Response:
        """No redirect is followed: it would make a GET of a POST."""
        query, data = (None, form) if method == "POST" else (form, None)
        left, auth = self._until - monotonic(), (self._account.sid, token)
        if left <= 0:
            raise UnansweredError(Unknown())
        try:
            return self._session.request(
                method, url, params=query, data=data, auth=auth, timeout=left, allow_redirects=False
            )
        except RequestException as fault:
            raise UnansweredError(Unknown() if _may_have_been_sent(fault) else Busy()) from fault


def _may_have_been_sent(fault: BaseException | None) -> bool:
    """Not where there never was a connection: that stands in one of the faults behind the fault."""
    while fault is not None and not isinstance(fault, NEVER_SENT):
        fault = fault.__cause__ or fault.__context__
    return fault is None


def body_of(reply: Response) -> Resource | None:
    """The JSON object of an answer; nothing where it is none."""
    try:
        found: object = reply.json()
    except RequestException:
        return None
    return found if isinstance(found, dict) else None


def rows_of(page: Resource, key: str) -> list[Resource]:
    """The resources on one page of a list."""
    found = page.get(key)
    if not isinstance(found, list):
        raise UnansweredError(Unknown())
    return [row for row in found if isinstance(row, dict)]
