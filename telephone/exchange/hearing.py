"""What does one person hear, and for how long is it silent?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from telephone.exchange.timeline import Timeline
from telephone.speech import Sound

Kind = Literal["speech", "music", "ringing", "voices", "act"]
"""speech and music: what a document plays. ringing: the ringing tone. voices: other people or a mailbox, connected.
act: not heard but done, by the person or to them; it is in the transcript only."""

MOMENT = 0.01
"""Seconds that nobody would hear: less than this is missing by rounding."""


@dataclass(slots=True)
class Heard:
    """Something heard from `at` until `until` (None: still), in virtual seconds. `text` as a transcript shows it."""

    at: float
    kind: Kind
    text: str
    until: float | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """A span in which nothing at all was heard; seconds."""

    at: float
    seconds: float


@dataclass(slots=True)
class Ears:
    """All that one end of a call heard."""

    timeline: Timeline
    heard: list[Heard] = field(default_factory=list)
    _voices: Heard | None = None

    def begins(self, kind: Kind, text: str) -> Heard:
        """A sound begins, and goes on until it is ended."""
        span = Heard(self.timeline.now, kind, text)
        self.heard.append(span)
        return span

    def ends(self, span: Heard) -> None:
        """The sound ends; what was cut short is told as far as it was heard."""
        if span.until is None:
            span.until = self.timeline.now

    @contextmanager
    def during(self, kind: Kind, text: str) -> Iterator[None]:
        """A sound for as long as the block runs."""
        span = self.begins(kind, text)
        try:
            yield
        finally:
            self.ends(span)

    @contextmanager
    def sound(self, kind: Kind, sound: Sound) -> Iterator[None]:
        """Something that a document plays; silence leaves no trace. Interrupted, its text is cut."""
        if not sound.text:
            yield
            return
        span = self.begins(kind, sound.text)
        try:
            yield
        finally:
            self.ends(span)
            heard = self.timeline.now - span.at
            if heard < sound.seconds - MOMENT:
                span.text = sound.cut(heard).text

    def notes(self, text: str) -> None:
        """Write something done into the transcript."""
        self.heard.append(Heard(self.timeline.now, "act", text, self.timeline.now))

    def voices(self, names: str) -> None:
        """Who is heard from now on; empty for nobody."""
        if self._voices and self._voices.text == names:
            return
        if self._voices:
            self.ends(self._voices)
        self._voices = self.begins("voices", names) if names else None

    def close(self) -> None:
        """The call is over."""
        for span in self.heard:
            self.ends(span)
        self._voices = None

    def longest_silence(self, since: float, until: float) -> Silence:
        """The longest span between two moments in which nothing was heard; 0 seconds where there was none."""
        longest, quiet_since = Silence(since, 0.0), since
        for begin, end in [*self._sounds(until), (until, until)]:
            quiet = round(min(begin, until) - quiet_since, 3)
            if quiet > longest.seconds:
                longest = Silence(quiet_since, quiet)
            quiet_since = max(quiet_since, end)
        return longest

    def _sounds(self, now: float) -> list[tuple[float, float]]:
        spans = ((span.at, now if span.until is None else span.until) for span in self.heard if span.kind != "act")
        return sorted(spans)
