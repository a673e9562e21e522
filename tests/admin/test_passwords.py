"""How are passwords kept? Tests spend little on each; a deployment may not."""

from pathlib import Path

from admin.passwords import Effort, Passwords
from app import config_from
from tests.admin.visitor import PASSWORD
from tests.conftest import CHEAP


def test_a_deployment_keeps_passwords_at_the_least_effort_that_owasp_names(tmp_path: Path) -> None:
    deployed = Passwords(config_from({"DUTYLINE_STATE_DIR": str(tmp_path)}).effort)
    assert deployed.hash_of(PASSWORD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_hash_made_with_another_effort_is_right_and_outdated() -> None:
    kept = Passwords(CHEAP).hash_of(PASSWORD)
    today = Passwords(Effort(passes=2, kibibytes=8))
    assert (today.right(kept, PASSWORD), today.right(kept, "another one")) == (True, False)
    assert today.outdated(kept)
    assert not Passwords(CHEAP).outdated(kept)


def test_nobody_without_a_password_has_the_right_one() -> None:
    assert not Passwords(CHEAP).right("", "nobody has this password")
