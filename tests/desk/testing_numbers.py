"""How do the tests of test calls speak? A team wants them, a call is placed, and what came of it is read where it is kept."""

from dataclasses import asdict, dataclass
from datetime import timedelta

from sqlalchemy import update

from desk.number_calls import place
from desk.number_following import follow
from directory.snapshot import Kind
from ivr.moment import World
from store import number_tests, tasks
from store.database import insert_new
from store.directory import body_of
from store.keys import Role
from store.number_outcomes import WEEKLY
from store.number_tests import Choice, NumberTest, Standing
from store.tables_number_tests import number_standing
from telephone import Leg, Persona
from tests.admin.desk_client import holder
from tests.desk.stage import CONSULTED, DEPUTY, TEAM, Stage
from tests.telling import at

WORDS = (
    "This is Dutyline's test of the duty number of Social Care Specialist and Safeguarding Team. Press 1 to confirm."
)


@dataclass
class NumbersUnderTest:
    """A stage on which a team's numbers are tested."""

    stage: Stage

    @property
    def world(self) -> World:
        return self.stage.application.publication.publish()

    def wants(self, *teams: str, moves: bool = False) -> None:
        """Teams that are tested, with or without moving."""
        with self.stage.application.database.write() as connection:
            for team in teams or (TEAM,):
                number_tests.choose(connection, Choice(team, tests=True, moves=moves))

    def places(self) -> bool:
        """The next one, if one is due."""
        now = self.stage.hand.now()
        return place(self.stage.application.database, self.world, now)

    def rings(self, persona: Persona, number: str = CONSULTED) -> str:
        """A test of this number alone, to its end; what came of it."""
        self.others_rest(number)
        self.stage.exchange.phone(number).will(persona)
        assert self.places()
        self.stage.until(lambda: self.is_over(number), 70)
        self.stage.exchange.advance(1)
        self.follows()
        return self.history(number)[0].outcome

    def others_rest(self, number: str) -> None:
        """Of the team's two numbers this one is due and the other is not."""
        now = self.stage.hand.now()
        with self.stage.application.database.write() as connection:
            for one in {CONSULTED, DEPUTY, *self.ladder()}:
                due = now if one == number else now + timedelta(days=400)
                insert_new(connection, number_standing, [asdict(Standing(one, due))])
                connection.execute(update(number_standing).where(number_standing.c.number == one).values(due_at=due))

    def follows(self) -> None:
        follow(self.stage.application.database, self.world, self.stage.hand.now(), WEEKLY)

    def later(self, **much: float) -> None:
        """Time passes in which nothing is looked at, and another emulator goes on."""
        self.stage.hand.began += timedelta(**much)
        self.stage.plugs_in()

    def is_set(self, when: str) -> None:
        self.stage.hand.began, self.stage.hand.seconds = at(when) - timedelta(minutes=1), 0.0
        self.stage.plugs_in()

    def is_over(self, number: str = CONSULTED) -> bool:
        found = self.history(number)
        return bool(found) and found[0].outcome not in ("", "answered")

    def history(self, number: str = CONSULTED) -> tuple[NumberTest, ...]:
        with self.stage.application.database.read() as connection:
            return number_tests.history(connection, [number], 20)

    def standing(self, number: str = CONSULTED) -> Standing:
        with self.stage.application.database.read() as connection:
            return number_tests.standings(connection)[number]

    def due_in(self, number: str = CONSULTED) -> timedelta:
        """How long the number rests after its last test."""
        known = self.standing(number)
        assert known.last_at
        return known.due_at - known.last_at

    def ladder(self, team: str = TEAM) -> list[str]:
        with self.stage.application.database.read() as connection:
            found = body_of(connection, Kind.TEAM, team)
        assert found
        return [duty["number"] for duty in found[1]["duty_numbers"]]

    def alerts(self) -> list[tasks.Task]:
        with self.stage.application.database.read() as connection:
            return list(tasks.open_tasks(connection, kind="number-unanswered"))

    def legs(self, number: str = CONSULTED) -> list[Leg]:
        return [leg for leg in self.stage.exchange.legs if leg.called == number]

    def has(self, *numbers: str) -> None:
        """The team has these numbers, in this order."""
        editor = holder(self.stage.application, Role.EDITOR)
        wanted = {"duty_numbers": [{"number": number, "accept": "key"} for number in numbers]}
        reply = editor.changes("PUT", f"/teams/{TEAM}/duty-numbers", wanted, seen_at=f"/teams/{TEAM}")
        assert reply.status_code == 200, reply.get_json()
