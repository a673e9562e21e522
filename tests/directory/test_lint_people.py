"""Which workers and managers are found, and is nobody named?"""

from directory.model import Absence, Person
from directory.numbers import Number
from tests.directory.linted import LANDLINE, codes, linted, sentences, team
from tests.telling import at

DUTY = team("duty", LANDLINE)
LATER = (at("2026-12-01T09:00"), at("2026-12-08T09:00"))


def worker(slug: str = "w-1", manager: str | None = None, cover: str | None = "none", extension: str = "") -> Person:
    away = () if cover == "none" else (Absence(*LATER, cover),)
    return Person(slug, "Rowan Sampleton", "duty", extension or None, manager=manager, away=away)


def test_a_worker_without_manager_or_absence_is_in_order() -> None:
    assert codes(DUTY, worker()) == []


def test_a_manager_who_is_not_in_the_directory_is_found() -> None:
    told = sentences(DUTY, worker(manager="w-gone"))
    assert told == {
        "unknown-manager": "A worker of Duty has a manager, w-gone, who is not in the directory; their ladder skips that step."
    }
    assert codes(DUTY, worker(manager="w-2"), worker("w-2")) == []


def test_a_cover_who_is_not_in_the_directory_is_found() -> None:
    assert codes(DUTY, worker(cover="w-gone")) == ["unknown-cover"]
    assert codes(DUTY, worker(cover="w-2"), worker("w-2")) == []


def test_somebody_away_without_cover_is_found_until_they_are_back() -> None:
    told = sentences(DUTY, worker(cover=None))
    assert "from Tue 1 Dec 2026 09:00 until Tue 8 Dec 2026 09:00 without cover" in told["away-without-cover"]
    past = Person("w-1", "Rowan Sampleton", "duty", away=(Absence(at("2026-01-01T09:00"), at("2026-01-08T09:00")),))
    assert codes(DUTY, past) == []


def test_an_extension_beside_a_teams_is_found_and_one_beside_a_colleagues_is_not() -> None:
    assert codes(DUTY, worker(extension="8482")) == ["extension-neighbours"]
    assert codes(DUTY, worker(extension="8481")) == ["extension-neighbours"]
    assert codes(DUTY, worker(extension="2301"), worker("w-2", extension="2302")) == []


def test_a_workers_number_outside_the_policy_is_found() -> None:
    premium = Person("w-1", "Rowan Sampleton", "duty", numbers=(Number("+449098790123"),))
    assert sentences(DUTY, premium)["outside-policy"].startswith("A number of a worker of Duty is never rung, since ")


def test_no_finding_names_a_worker_or_tells_their_extension_or_number() -> None:
    everything = Person(
        "w-1", "Rowan Sampleton", "duty", "8482", (Number("+447092123456"),), manager="w-gone", away=(Absence(*LATER),)
    )
    found = linted(DUTY, everything)
    assert len(found) == 4
    assert [one.sentence for one in found if any(word in one.sentence for word in ("Rowan", "8482", "7092"))] == []
