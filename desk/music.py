"""What is played to callers who wait? Soft tones of our own making, so that no recording and nobody else's server is needed."""

import io
import math
import struct
import wave
from functools import lru_cache
from http import HTTPStatus

from flask import Blueprint, Response, abort

RATE = 8000
LOUDNESS = 3000
"""Of 32767: about 20 decibels below a voice, so that words stand out."""

NOTE_SECONDS = 1.5
NOTES = (261.63, 329.63, 392.00, 329.63, 349.23, 440.00, 392.00, 293.66)
"""A slow round of C, F and G, in hertz."""

LONGEST = 30
A_YEAR = 31_536_000

blueprint = Blueprint("music", __name__)


@blueprint.get("/music/<int:seconds>.wav")
def music(seconds: int) -> Response:
    """So many seconds of it; the telephone company keeps what it has fetched."""
    if not 1 <= seconds <= LONGEST:
        abort(HTTPStatus.NOT_FOUND)
    headers = {"Cache-Control": f"public, max-age={A_YEAR}, immutable"}
    return Response(recording(seconds), content_type="audio/x-wav", headers=headers)


@lru_cache(maxsize=LONGEST)
def recording(seconds: int) -> bytes:
    """A WAV file, 16 bits at 8 kHz, as telephones have it."""
    samples = [_sample(at / RATE) for at in range(seconds * RATE)]
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", "not compressed"))
        out.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return file.getvalue()


def _sample(at: float) -> int:
    """Each note swells and dies away; an octave above it sounds more softly."""
    note, within = divmod(at, NOTE_SECONDS)
    turn = 2 * math.pi * NOTES[int(note) % len(NOTES)] * within
    swell = math.sin(math.pi * within / NOTE_SECONDS) ** 2
    return int(LOUDNESS * swell * (0.8 * math.sin(turn) + 0.2 * math.sin(2 * turn)))
