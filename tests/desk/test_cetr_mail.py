"""Which class a mailed-in request names, by its header; what names none, or both, is answered the sooner."""

import pytest

from desk.cetr_mail import Mail, mail_from
from routing.deadlines import ReplyClass

SAME, NEXT = ReplyClass.SAME_DAY, ReplyClass.NEXT_DAY


@pytest.mark.parametrize(
    ("text", "reply", "stated"),
    [
        ("Subject: CETR same day response\n\nPlease tell us ...", SAME, True),
        ("From: ccg@example.org\r\nSubject: cetr NEXT-DAY  response\r\n\r\nPlease ...", NEXT, True),
        ("CETR next day response\nPlease tell us ...", NEXT, True),
        ("Subject: CETR next day response / CETR same day response\n\n...", SAME, False),
        ("Subject: a child\n\nEarlier I wrote: CETR next day response", SAME, False),
        ("Please tell us\nCETR next day response", SAME, False),
        ("CETRnext day response", SAME, False),
        ("", SAME, False),
    ],
)
def test_only_the_header_says_the_class(text: str, reply: ReplyClass, stated: bool) -> None:
    assert mail_from(text) == Mail(reply, stated)
