"""Which class does a mailed-in request name? Its header says it (D:8); one that names none, or both, is taken as the sooner; pure."""

import re
from dataclasses import dataclass

from routing.deadlines import ReplyClass

CLASS = re.compile(r"\bCETR\s+(same|next)[\s-]+day\s+response\b", re.IGNORECASE)
BLANK_LINE = re.compile(r"\n[ \t]*\n")
FIELD = re.compile(r"[A-Za-z][A-Za-z-]*:")


@dataclass(frozen=True, slots=True)
class Mail:
    """The class of a mailed-in request, and whether its header names it."""

    reply: ReplyClass
    stated: bool


def mail_from(text: str) -> Mail:
    """What the header of a mail says. Only the header counts: what is quoted further down is somebody's talk."""
    named = {found.lower() for found in CLASS.findall(_header(text))}
    reply = ReplyClass.NEXT_DAY if named == {"next"} else ReplyClass.SAME_DAY
    return Mail(reply, len(named) == 1)


def _header(text: str) -> str:
    """The lines before the first empty one where they are a mail's; else the first line."""
    plain = text.replace("\r\n", "\n").strip()
    first = BLANK_LINE.split(plain, maxsplit=1)[0]
    return first if FIELD.match(first) else first.partition("\n")[0]
