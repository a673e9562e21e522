"""Was a form sent by our own page? A token in every form that changes something; keys need none, since no browser adds them."""

from http import HTTPStatus

from flask import Flask, request
from flask_wtf.csrf import CSRFError, CSRFProtect

from admin.problems import API, ProblemError

TOO_OLD = "Nothing was changed: this page was open for too long, or came from another site. Go back, load it again, and repeat."
_TOKENS = CSRFProtect()


def register(flask: Flask) -> None:
    """Demand the token on every path but the API's, whatever blueprint it belongs to."""
    flask.config.update(
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session
        WTF_CSRF_SSL_STRICT=False,  # it wants a Referer, which our pages do not send
    )
    _TOKENS.init_app(flask)
    flask.before_request(_of_our_own_page)


def _of_our_own_page() -> None:
    if request.method not in ("GET", "HEAD", "OPTIONS") and not request.path.startswith(API):
        try:
            _TOKENS.protect()
        except CSRFError as fault:
            raise ProblemError(HTTPStatus.BAD_REQUEST, TOO_OLD) from fault
