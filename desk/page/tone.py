"""What sounds on the page for a new call? Two short notes of our own making."""

import io
import math
import struct
import wave
from functools import lru_cache

from flask import Response

from desk.page.pages import blueprint

RATE, LOUDNESS = 16_000, 9_000
NOTES = ((659.25, 0.16), (880.0, 0.30))
"""E and A, in hertz, and for how many seconds each."""


@blueprint.get("/tone.wav")
def tone() -> Response:
    """The sound, which the browser keeps."""
    return Response(recording(), content_type="audio/wav", headers={"Cache-Control": "private, max-age=86400"})


@lru_cache(maxsize=1)
def recording() -> bytes:
    """A WAV file, 16 bits at 16 kHz."""
    samples = [sample for note in NOTES for sample in _note(*note)]
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", "not compressed"))
        out.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return file.getvalue()


def _note(hertz: float, seconds: float) -> list[int]:
    """One note that swells at once and dies away, without a click at either end."""
    count = int(RATE * seconds)
    return [int(LOUDNESS * _swell(at / count) * math.sin(2 * math.pi * hertz * at / RATE)) for at in range(count)]


def _swell(part: float) -> float:
    return min(1.0, part * 20) * (1 - part) * math.sqrt(1 - part)
