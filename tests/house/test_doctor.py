"""Does the doctor's page tell every finding with its sentence and its remedy, and nothing else?"""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import cli.doctor
from cli.doctor.findings import Grade, Kind
from cli.doctor.told import HEADINGS
from tests.house.pages import folded, headings, page, section


def kinds() -> Iterator[Kind]:
    """Every finding that a module of the doctor's defines."""
    for module in pkgutil.iter_modules(cli.doctor.__path__, "cli.doctor."):
        yield from (one for one in vars(importlib.import_module(module.name)).values() if isinstance(one, Kind))


KINDS = {one.code: one for one in kinds()}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_every_finding_stands_in_its_part_with_sentence_and_remedy(kind: Kind) -> None:
    told = section(section(page("doctor.md"), HEADINGS[kind.grade]), kind.code)
    assert f"> {kind.words}" in told.splitlines()
    assert folded(kind.remedy) in folded(told)


def test_no_finding_is_told_that_is_never_made_and_none_twice() -> None:
    assert sorted(headings(page("doctor.md"), 3)) == sorted(KINDS)
    assert len({*kinds()}) == len(KINDS)


def test_every_grade_has_its_part() -> None:
    assert [HEADINGS[grade] for grade in Grade] == [
        name for name in headings(page("doctor.md"), 2) if name in HEADINGS.values()
    ]
