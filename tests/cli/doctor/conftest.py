"""What do the doctor's tests share? A patient in whom all is well, and a short way to look at one part of him."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app import Config
from carrier.account import Account as Credentials
from carrier.inspecting import Inspector
from carrier.patience import Patience
from cli.doctor.findings import CannotLookError, Findings
from cli.doctor.patient import AtTwilio, Patient
from cli.doctor.web import Web
from ivr.moment import World
from routing.clock import FixedClock, SystemClock
from tests.cli.doctor.servers import PUBLIC, SID, TOKEN, Certificate, certificate
from tests.conftest import HOME
from tests.telling import at

Patients = Callable[..., Patient]
NOW = at("Wed 10:00")


@pytest.fixture(scope="session")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """A certificate that the doctor trusts, and that is good for a year."""
    now = SystemClock().now()
    path = tmp_path_factory.mktemp("certificates") / "server.pem"
    return certificate(path, begins=now - timedelta(days=1), ends=now + timedelta(days=365))


@pytest.fixture
def patients(world: World, tmp_path: Path, trusted: Certificate) -> Iterator[Patients]:
    """Makes patients: a deployment with an account, of which a test names what is otherwise."""
    ends: list[Callable[[], object]] = []
    state = tmp_path / "state"
    state.mkdir(mode=0o700, exist_ok=True)

    def made(twilio: str = "", tokens: tuple[str, ...] = (TOKEN,), **more: object) -> Patient:
        known = {name: more.pop(name) for name in ("environ", "now", "clock", "world") if name in more}
        usual: dict[str, object] = {
            "database_url": f"sqlite:///{tmp_path / 'elsewhere' / 'test.db'}", "state": state, "plans": HOME / "plans",
            "public_url": PUBLIC, "account": SID, "tokens": tokens, "secret": "a secret of the tests only, long enough",
            "local": False, "twilio_api_url": twilio,
        }  # fmt: skip
        config = Config(**(usual | more))  # type: ignore[arg-type]  # a test names a setting
        inspector, web = Inspector(Credentials(SID, tokens, twilio), 3), Web(trusted.trust(), Patience(3))
        ends.extend([inspector.close, web.close])
        at_twilio = AtTwilio(inspector, tokens) if twilio else None
        patient = Patient(config, {}, NOW, SystemClock(), world, web, at_twilio, lambda _: None)
        return replace(patient, **known)  # type: ignore[arg-type]

    yield made
    for end in ends:
        end()


def codes(findings: Findings) -> list[str]:
    """The codes of what was found; a part that could not be looked at ends with “cannot look”."""
    found: list[str] = []
    try:
        for one in findings:
            assert "{" not in one.sentence + one.remedy
            found.append(one.kind.code)
    except CannotLookError:
        found.append("cannot look")
    return found


STILL = FixedClock(NOW)
