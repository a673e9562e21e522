"""How are the findings told? To people, the worst first, each with what to do; and to machines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import fill

from cli.doctor.findings import Found, Grade, Seen
from routing.reasons import clock_time

WIDTH = 110
HEADINGS = {
    Grade.FAILS: "Fails calls now",
    Grade.SOON: "Will fail calls soon, or as soon as something else fails",
    Grade.KNOW: "Worth knowing",
}
WELL, FAILS, UNSEEN = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Told:
    """All that was seen of a deployment at a moment."""

    address: str
    at: datetime
    seen: Sequence[Seen]

    @property
    def verdict(self) -> int:
        """How the command ends: what fails calls weighs more than what could not be looked at."""
        if self.of_grade(Grade.FAILS):
            return FAILS
        return UNSEEN if any(part.unseen for part in self.seen) else WELL

    def of_grade(self, grade: Grade) -> list[Found]:
        """The findings of a grade."""
        return [one for part in self.seen for one in part.found if one.kind.grade is grade]

    def text(self) -> str:
        """For people."""
        head = f"{self.address}, {clock_time(self.at)}" if self.address else clock_time(self.at)
        return "\n\n".join([head, *self._grades(), "\n".join(self._parts()), self._summary()])

    def _grades(self) -> Iterator[str]:
        for grade, heading in HEADINGS.items():
            found = self.of_grade(grade)
            kinds = dict.fromkeys(one.kind for one in found)
            if found:
                yield "\n".join(
                    [heading, *(line for kind in kinds for line in _lines([one for one in found if one.kind is kind]))]
                )

    def _parts(self) -> Iterator[str]:
        well = [part.part for part in self.seen if not (part.found or part.unseen or part.left_out)]
        yield from _filled(f"All well: {', '.join(well)}." if well else "")
        for why in dict.fromkeys(part.left_out for part in self.seen if part.left_out):
            names = [part.part for part in self.seen if part.left_out == why]
            yield from _filled(f"Left out, {why}: {', '.join(names)}.")
        for part in self.seen:
            rest = " in full" if part.found else ""
            yield from _filled(f"Could not be looked at{rest}: {part.part}; {part.unseen}" if part.unseen else "")

    def _summary(self) -> str:
        fails, soon, know = (len(self.of_grade(grade)) for grade in Grade)
        now = f"{fails} finding{'' if fails == 1 else 's'} fail{'s' if fails == 1 else ''} calls now"
        counts = [now if fails else "Nothing fails calls now", f"{soon} will soon", f"{know} worth knowing"]
        unseen = sum(1 for part in self.seen if part.unseen)
        return f"{', '.join(counts)}{f'; {unseen} of {len(self.seen)} parts could not be looked at' if unseen else ''}."

    def as_object(self) -> dict[str, object]:
        """For machines."""
        return {
            "verdict": ("well", "fails", "unseen")[self.verdict],
            "at": self.at.isoformat(),
            "address": self.address,
            "counts": {grade.value: len(self.of_grade(grade)) for grade in Grade},
            "findings": [_out(part.part, one) for part in self.seen for one in part.found],
            "parts": [
                {"part": one.part, "looked": not (one.unseen or one.left_out), "because": one.unseen or one.left_out}
                for one in self.seen
            ],
        }


def _lines(found: Sequence[Found]) -> Iterator[str]:
    """The findings of one kind: each in its sentence, and what is to be done once where it is the same for all."""
    remedies = dict.fromkeys(one.remedy for one in found)
    for one in found:
        yield from _filled(one.sentence, "  ")
        if len(remedies) > 1:
            yield from _filled(f"Remedy: {one.remedy}", "    ")
    if len(remedies) == 1:
        yield from _filled(f"Remedy: {next(iter(remedies))}", "    ")
    yield f"    {found[0].kind.code}"


def _filled(text: str, indent: str = "") -> Iterator[str]:
    """A text in lines; none of an empty one. Addresses stay whole, to be copied."""
    if text:
        rest = indent or "  "
        yield fill(
            text, WIDTH, initial_indent=indent, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
        )


def _out(part: str, one: Found) -> dict[str, object]:
    return {
        "code": one.kind.code,
        "grade": one.kind.grade.value,
        "part": part,
        "sentence": one.sentence,
        "remedy": one.remedy,
        "about": dict(one.about),
    }
