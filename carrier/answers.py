"""What does a request come to that Twilio did not answer with success? (Twilio: usage/twilios-response, api/errors)"""

from collections.abc import Mapping
from http import HTTPStatus

from carrier.port import Busy, Gone, Refused, Unknown

Resource = Mapping[str, object]
Failure = Gone | Refused | Busy | Unknown

NOT_THERE, NOT_IN_PROGRESS, TOO_MANY = 20404, 21220, 20429
NOT_A_DESTINATION = 21215
"""What Twilio itself says of a number that an account may not ring."""


NOT_A_NUMBER = "That is not a number that can be rung; it must be corrected in the directory."
NOT_OURS_TO_SHOW = (
    "The telephone company does not let us show this number when we ring; it must be one of our account's."
)
NOT_ALLOWED = "The telephone company does not let our account ring that number."
NOT_AN_ADDRESS = "The telephone company cannot use the web address that we gave; an administrator must correct it."

WORDS: Mapping[int, str] = {
    20003: "The telephone company does not accept our account and its token; an administrator must correct them.",
    20005: "Our account with the telephone company is not active; an administrator must see to it.",
    NOT_THERE: "The telephone company does not know our account; an administrator must correct it.",
    21201: NOT_A_NUMBER,
    21211: NOT_A_NUMBER,
    21217: NOT_A_NUMBER,
    21210: NOT_OURS_TO_SHOW,
    21212: NOT_OURS_TO_SHOW,
    21213: NOT_OURS_TO_SHOW,
    21214: "The telephone company cannot reach that number.",
    21215: NOT_ALLOWED,
    21216: NOT_ALLOWED,
    21205: NOT_AN_ADDRESS,
    21218: NOT_AN_ADDRESS,
}
"""Our own: Twilio's messages repeat the number that was rung."""


def failure(status: int, body: Resource | None) -> Failure:
    """The result of a status that is no success, or of a success whose body cannot be read.

    What does not carry one of Twilio's codes may come from anybody on the way, so it says nothing.
    """
    code = _code(body)
    if status == HTTPStatus.TOO_MANY_REQUESTS or code == TOO_MANY:
        return Busy()
    if not 400 <= status < 500 or code is None:
        return Unknown()
    return Gone() if code in (NOT_THERE, NOT_IN_PROGRESS) else refusal(code)


def refusal(code: int) -> Refused:
    """A refusal, with the words for its code."""
    return Refused(code, WORDS.get(code, f"The telephone company refuses this (its code is {code})."))


def _code(body: Resource | None) -> int | None:
    code = body.get("code") if body else None
    return code if isinstance(code, int) else None
