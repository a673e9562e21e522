"""How is a call told in plain English?"""

from collections.abc import Iterable

from telephone.transcript import Line, Who

_NAMES: dict[Who, str] = {
    "line": "Line",
    "twilio": "Twilio",
    "whisper": "Callee",
    "caller": "Caller",
    "callee": "Callee",
    "phone": "Phone",
    "call": "Call",
}


def told(lines: Iterable[Line]) -> str:
    """A transcript as text, a line each: minutes and seconds, who, what.

    ``0:11  Phone   01392 388481 rings``
    """
    return "\n".join(f"  {_clock(line.at)}  {_sentence(line)}" for line in lines)


def _sentence(line: Line) -> str:
    if line.who == "call":
        return f"Call {line.text}"
    text = f"hears: {line.text}" if line.who == "whisper" else line.text
    return f"{_NAMES[line.who]:<6}  {text}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"
