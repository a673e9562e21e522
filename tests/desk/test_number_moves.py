"""Where does a number stand that does not answer? Behind the next one that does, and back where it was; all orders of four."""

from itertools import permutations

from desk.number_moves import behind_next, put_back
from directory.model import DutyNumber
from directory.numbers import Number
from store.number_tests import Move
from tests.telling import at

NOW = at("Wed 10:00")
A, B, C, D = (f"+44207946031{digit}" for digit in range(4))


def ladder(*numbers: str) -> tuple[DutyNumber, ...]:
    return tuple(DutyNumber(Number(number)) for number in numbers)


def order(found: tuple[DutyNumber, ...] | None) -> list[str]:
    return [duty.number.e164 for duty in found or ()]


def test_it_comes_behind_the_next_that_answers() -> None:
    assert order(behind_next(ladder(A, B, C), A, {A}, NOW, spares_last=False)) == [B, A, C]
    assert order(behind_next(ladder(A, B, C), A, {A, B}, NOW, spares_last=False)) == [B, C, A]
    assert behind_next(ladder(A, B), B, {B}, NOW, spares_last=False) is None
    assert behind_next(ladder(A, B), A, {A, B}, NOW, spares_last=False) is None
    assert behind_next(ladder(A, B), A, {A}, NOW, spares_last=True) is None


def test_a_number_that_is_not_in_force_is_no_next() -> None:
    later = DutyNumber(Number(B), since=at("Thu 10:00"))
    assert order(behind_next((*ladder(A), later, *ladder(C)), A, {A}, NOW, spares_last=False)) == [B, C, A]


def test_every_move_can_be_undone_and_none_undoes_what_somebody_ordered_since() -> None:
    was = ladder(A, B, C, D)
    moved = behind_next(was, A, {A}, NOW, spares_last=False)
    assert moved
    move = Move("team", A, behind=B, before=B, at=NOW)
    assert put_back(moved, move) == was
    for other in permutations((A, B, C, D)):
        found = put_back(ladder(*other), move)
        is_as_left = other.index(A) > 0 and other[other.index(A) - 1] == B
        assert (found is not None) is is_as_left
