"""How do several workers of a machine count together?"""

from pathlib import Path
from threading import Thread

import pytest

from ivr.answering import Answering
from store.tally import BOUNDS, MOST_MARKS, NAME, NONE, Tally

STEP, LEG = Answering.STEP, Answering.LEG


def test_every_worker_adds_to_one_file_and_tells_all_of_it(tmp_path: Path) -> None:
    one, other = Tally(tmp_path / "measured"), Tally(tmp_path / "measured")
    one.note(STEP, 0.002)
    other.note(STEP, 0.3)
    other.note(LEG, 9.0)
    one.keep()
    found = other.keep()
    assert found == one.keep()
    assert (sum(found[STEP].counts), found[STEP].seconds) == (2, 0.302)
    assert [at for at, count in enumerate(found[STEP].counts) if count] == [1, BOUNDS.index(0.5)]
    assert found[LEG].counts[-1] == 1


def test_what_took_exactly_a_bound_is_within_it(tmp_path: Path) -> None:
    tally = Tally(tmp_path)
    tally.note(STEP, BOUNDS[3])
    assert tally.keep()[STEP].counts[3] == 1


def test_counts_outlive_the_worker_and_a_mark_is_added_once(tmp_path: Path) -> None:
    gone = Tally(tmp_path)
    gone.note(STEP, 0.002)
    assert gone.keep() == gone.keep() == Tally(tmp_path).keep()


def test_many_threads_of_two_workers_lose_no_mark(tmp_path: Path) -> None:
    tallies = [Tally(tmp_path), Tally(tmp_path)]

    def answers(tally: Tally) -> None:
        for at in range(2_000):
            tally.note(STEP, 0.001)
            if at % 500 == 0:
                tally.keep()

    threads = [Thread(target=answers, args=(tally,)) for tally in tallies * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tallies[0].keep()
    assert sum(tallies[1].keep()[STEP].counts) == 12_000


def test_a_file_that_cannot_be_read_or_has_other_bounds_begins_anew(tmp_path: Path) -> None:
    for content in ("{", "[]", '{"bounds": [1], "of": {}}', '{"bounds": null}'):
        (tmp_path / NAME).write_text(content)
        assert Tally(tmp_path).keep() == NONE


def test_a_disk_that_refuses_costs_no_mark_and_a_bounded_memory(tmp_path: Path) -> None:
    (tmp_path / "measured").write_text("a file where the folder should be")
    tally = Tally(tmp_path / "measured")
    for _ in range(MOST_MARKS + 5):
        tally.note(STEP, 0.001)
    for _ in range(2):
        with pytest.raises(OSError, match="measured"):
            tally.keep()
    (tmp_path / "measured").unlink()
    assert sum(tally.keep()[STEP].counts) == MOST_MARKS
