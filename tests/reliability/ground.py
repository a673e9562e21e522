"""On what is toll fraud tried? A whole deployment with people at its desk, a caller on the line, and everything it dials overheard."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from app import build, prepare
from carrier.texting import Texting
from desk.meeting_presets import PRESETS
from store.keys import Role
from telephone import Leg
from tests.admin.desk_client import Holder, holder
from tests.admin.visitor import Visitor, signed_in
from tests.conftest import deployment
from tests.desk.stage import ACCOUNT, Gate, Hand, Stage
from tests.reliability.listening import Heard, HeardCarrier, HeardTexts, Listener

FORMS = {"derbyshire": "https://forms.example.org"}


@dataclass
class Ground:
    """The deployment; people are there once they are asked for."""

    stage: Stage
    folder: Path
    heard: Heard

    @cached_property
    def admin(self) -> Holder:
        """Somebody who may change everything."""
        return holder(self.stage.application, Role.ADMIN, "Ada Admin")

    @cached_property
    def handler(self) -> Holder:
        """Somebody at the desk."""
        return self.stage.signs_in()

    @cached_property
    def caller(self) -> Leg:
        """A caller to whom the handler speaks."""
        assert self.handler
        return self.stage.talking()

    @cached_property
    def browser(self) -> Visitor:
        """The administrator's browser."""
        return signed_in(self.stage.application, Role.ADMIN)

    @cached_property
    def token(self) -> str:
        """With which that browser's forms are sent."""
        return self.browser.token()

    @cached_property
    def meeting(self) -> str:
        """A strategy meeting that was arranged."""
        reply = self.handler.sends("POST", "/meetings", {"preset": next(iter(PRESETS))})
        assert reply.status_code == 201, reply.get_json()
        return str(reply.get_json()["id"])


@dataclass(frozen=True, slots=True)
class Door:
    """A way in. ``enter`` tries every text and yields what was let in, in words; one in ``share`` of the texts is tried."""

    name: str
    enter: Callable[[Ground, Sequence[str]], Iterator[str]]
    share: int = 1


@contextmanager
def ground() -> Iterator[Ground]:
    """A deployment of its own, gone afterwards."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        config = deployment(f"sqlite:///{folder / 'fraud.db'}", folder / "state")
        hand, heard = Hand(), Heard()
        prepare(config, hand)
        carrier = HeardCarrier(ACCOUNT, heard=heard)
        application = build(config, hand, carrier, Texting(HeardTexts(heard), FORMS))
        application.upkeep.end()
        inner = application.flask.wsgi_app
        application.flask.wsgi_app = Listener(inner, heard)  # type: ignore[method-assign]  # Flask's own way
        stage = Stage(application, carrier, hand, config, Gate(application))
        stage.plugs_in()
        try:
            yield Ground(stage, folder, heard)
        finally:
            application.close()
