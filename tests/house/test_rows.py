"""Does `make test` leave no test out, and do other seeds draw other rows?"""

from dataclasses import dataclass

from tests.rows import few


@dataclass(frozen=True)
class Case:
    nodeid: str


ALONE = Case("a.py::test_alone")
MANY = [Case(f"a.py::test_many[{database}-{row}]") for database in ("sqlite", "postgresql") for row in range(10)]
ALL = [MANY[0], ALONE, *MANY[1:]]


def test_one_row_of_each_test_is_drawn_in_its_place_and_the_others_are_left_out() -> None:
    drawn, left_out = few(ALL, "1")
    assert ALONE in drawn
    assert len(drawn) == 2
    assert sorted([*drawn, *left_out], key=ALL.index) == ALL


def test_the_same_seed_draws_the_same_and_many_seeds_draw_every_row() -> None:
    assert few(ALL, "1") == few(ALL, "1")
    assert {case for seed in range(300) for case in few(ALL, str(seed))[0]} == {*ALL}
