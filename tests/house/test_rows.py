"""Does `make test` leave out none but long tests, and do other seeds draw others?"""

from dataclasses import dataclass

from tests.rows import few


@dataclass(frozen=True)
class Case:
    nodeid: str
    is_long: bool = False

    def get_closest_marker(self, name: str) -> str | None:
        return name if self.is_long and name == "long" else None


ALONE = Case("a.py::test_alone")
MANY = [Case(f"a.py::test_many[{database}-{row}]") for database in ("sqlite", "postgresql") for row in range(10)]
ALL = [MANY[0], ALONE, *MANY[1:]]
LONG = [Case(f"a.py::test_long_{number}[{row}]", is_long=True) for number in range(10) for row in range(2)]


def test_one_row_of_each_test_is_drawn_in_its_place_and_the_others_are_left_out() -> None:
    drawn, left_out = few(ALL, "1")
    assert ALONE in drawn
    assert len(drawn) == 2
    assert sorted([*drawn, *left_out], key=ALL.index) == ALL


def test_the_same_seed_draws_the_same_and_many_seeds_draw_every_row() -> None:
    assert few(ALL, "1") == few(ALL, "1")
    assert {case for seed in range(300) for case in few(ALL, str(seed))[0]} == {*ALL}


def test_of_the_long_tests_a_quarter_is_drawn_and_every_one_by_some_seed() -> None:
    assert len(few([ALONE, *LONG], "1")[0]) == 1 + 3
    assert few(LONG[:2], "1")[0], "a single long test always runs"
    assert {case for seed in range(300) for case in few(LONG, str(seed))[0]} == {*LONG}
