"""Are thirty bad plans of as many kinds refused, each with a call that the telephone then goes through?"""

import shutil
from pathlib import Path

import pytest

from directory.border import Border
from directory.importing import read_csv
from ivr.moment import World
from ivr.plan import Plan
from ivr.proof.prove import prove
from ivr.reading import plan_from
from rehearsal.examples import shown, told_example
from routing.calendar import repeats
from routing.clock import LONDON
from store.bundle import BundleError, bundle
from tests.ivr.proof.bad_plans import NOW, REFUTED, Refuted
from tests.ivr.proof.unreadable_plans import PLANS, UNREADABLE, Unreadable, edited

AT_LEAST = 30


def test_there_are_thirty_kinds() -> None:
    kinds = [one.kind for one in (*UNREADABLE, *REFUTED)]
    assert len(set(kinds)) == len(kinds) >= AT_LEAST


@pytest.mark.parametrize("bad", UNREADABLE, ids=lambda bad: bad.kind)
def test_a_plan_that_cannot_be_meant_is_refused_with_its_place(bad: Unreadable) -> None:
    problems = plan_from(edited(bad.path, *bad.edits))
    assert not isinstance(problems, Plan)
    assert bad.told in "\n".join(map(str, problems))


@pytest.mark.parametrize("bad", REFUTED, ids=lambda bad: bad.kind)
def test_a_bad_plan_is_refuted_and_the_telephone_goes_through_the_call_that_shows_it(
    world: World, bad: Refuted
) -> None:
    there, line = bad.made(world)
    proof = prove(there, [line], NOW)
    found = next((one for one in proof.refuted if one.finding.code == bad.code), None)
    assert found, [one.finding.sentence for one in proof.refuted]
    assert found.example
    assert bad.notices(shown(there, found.example)), told_example(there, found.example)


def test_a_closure_that_never_ends_is_refused(world: World) -> None:
    rows = "effect,from,until,reason,authority\nclosed,2026-12-01T09:00,,the office moves,sheffield\n"
    read = read_csv(rows, world.directory, Border(LONDON, lambda: "w-new", {}, frozenset(), repeats))
    assert (read.changes, [problem.field for problem in read.problems]) == ((), ["row 2, until"])


@pytest.mark.parametrize(
    ("path", "before", "after", "told"),
    [
        ("sheffield/sheffield-cpet.toml", 'team = "sheffield-cpet"', 'team = "sheffield-cept"', "there is no team “sheffield-cept”"),
        ("derby/derby.toml", 'line = "call-derbyshire"', 'line = "cornwall"', "there is no line “cornwall” to hand over to"),
        ("derby/derby.toml", 'line = "derby"', 'line = "devon"', "line devon: two plans are for it"),
        ("devon/teams.csv", "345 155 1071", "+33 1 42 68 53 00", "is not in Great Britain"),
    ],
    ids=["unknown team", "unknown line", "a line twice", "number abroad in a file"],
)  # fmt: skip
def test_what_the_folders_contradict_is_refused(tmp_path: Path, path: str, before: str, after: str, told: str) -> None:
    folder = Path(shutil.copytree(PLANS, tmp_path / "plans"))
    text = (folder / path).read_text(encoding="utf-8")
    (folder / path).write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(BundleError, match=told):
        bundle((folder,))
