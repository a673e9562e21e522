"""Who is at a telephone, and what do they do with it?"""

from dataclasses import dataclass, field

from telephone.errors import OutOfTurn
from telephone.exchange.leg import Leg
from telephone.exchange.personas import Persona
from telephone.numbers import national
from telephone.outcomes import NoAnswer


@dataclass(slots=True, eq=False)
class Phone:
    """The telephone of one number (E.164). Acts are those of whoever is there, now."""

    number: str
    legs: list[Leg]
    _personas: list[Persona] = field(default_factory=list)

    def will(self, *personas: Persona) -> "Phone":
        """What becomes of the next calls to it, one after the other; the last goes for all that follow."""
        self._personas = list(personas)
        return self

    def next_persona(self) -> Persona:
        """Who is there for a new call; it rings unanswered where nobody said."""
        if not self._personas:
            return NoAnswer()
        return self._personas.pop(0) if len(self._personas) > 1 else self._personas[0]

    @property
    def calls(self) -> list[Leg]:
        """Every call that this telephone made or received, the oldest first."""
        return [leg for leg in self.legs if leg.person == self.number]

    @property
    def leg(self) -> Leg:
        """The call that it is in, else its last. Raises OutOfTurn where it never was in one."""
        calls = self.calls
        if not calls:
            raise OutOfTurn(f"{national(self.number)} has neither called nor been called")
        return next((leg for leg in reversed(calls) if not leg.is_over), calls[-1])

    @property
    def is_ringing(self) -> bool:
        """Whether it rings."""
        return any(leg.is_ringing for leg in self.calls)

    def answers(self) -> "Phone":
        """Somebody picks up. Raises OutOfTurn where it does not ring."""
        if not self.is_ringing:
            raise OutOfTurn(f"{national(self.number)} does not ring")
        next(leg for leg in self.calls if leg.is_ringing).picks_up()
        return self

    def declines(self) -> "Phone":
        """Somebody refuses the call."""
        self._live().declines()
        return self

    def presses(self, keys: str) -> "Phone":
        """Somebody presses keys, from now on, half a second each."""
        self._live().presses(keys)
        return self

    def hangs_up(self) -> "Phone":
        """Somebody puts it down."""
        self._live().hangs_up()
        return self

    def _live(self) -> Leg:
        if self.leg.is_over:
            raise OutOfTurn(f"{national(self.number)} is not in a call")
        return self.leg
