"""Does the simulation of a surge keep to what is known of queues, and does the page on capacity tell what the program knows?"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from random import Random
from statistics import mean
from xml.etree import ElementTree

import pytest

from bench import known, paper
from bench.drawing import curves
from bench.front import BEHIND, PATIENCE, RETRIES, SLOW, Costs, Door, Move, Seen, Shape, moments, simulated
from bench.people import always, carried, has_to_wait, needed, served_soon, talking, waits
from bench.rehearsed import Kind, Rehearsed, rehearsed
from bench.sizing import DEAREST_CALL, DEAREST_PLACE, PLACES, Place, sized
from bench.surge import at_its_rate, mixed, sweep
from store.upkeep import DRAIN_SECONDS
from tests.conftest import WEDNESDAY, bundled_world
from tests.house.pages import page

REPLY = 0.01
NOTHING = Move(0.0, 0.0, 0.0)
FREE = Costs(REPLY, NOTHING, NOTHING, 0.0)
ALONE: tuple[Shape, ...] = ((0.0,),)
"""A call of one webhook: what arrives are points of Poisson's."""

USUAL = Costs(0.002, Move(0.002, 0.001, 0.003), Move(0.001, 0.0, 0.001), 0.002)
TALKING: tuple[Shape, ...] = ((0.0, 4.0, 9.0), (0.0, 2.0))


def erlang_c(servers: int, load: float) -> float:
    """As it stands in the textbooks, term by term."""
    terms = [1.0]
    for many in range(1, servers + 1):
        terms.append(terms[-1] * load / many)
    waiting = terms[-1] * servers / (servers - load)
    return waiting / (sum(terms[:-1]) + waiting)


def mean_seconds(seen: Seen) -> float:
    return mean(seconds for _, seconds in seen.replies)


@cache
def calls() -> dict[Kind, tuple[Rehearsed, ...]]:
    return {kind: rehearsed(bundled_world(), WEDNESDAY.now(), kind, known.TALK) for kind in Kind}


@pytest.mark.parametrize(("servers", "load"), [(1, 0.5), (2, 1.2), (10, 8.0), (60, 55.0)])
def test_the_formula_is_that_of_the_textbooks(servers: int, load: float) -> None:
    assert has_to_wait(servers, load) == pytest.approx(erlang_c(servers, load), rel=1e-9)


def test_the_formula_knows_a_value_that_others_printed() -> None:
    assert has_to_wait(10, 8.0) == pytest.approx(0.409, abs=0.001)


@pytest.mark.parametrize(("servers", "load"), [(1, 0.5), (3, 2.1), (10, 8.0)])
def test_as_many_callers_wait_for_a_person_as_erlang_says(servers: int, load: float) -> None:
    seen = waits(servers, load, talking(1.0), 8_000 / load, 7)
    waited = sum(seconds > 0 for seconds in seen.waited) / len(seen.waited)
    assert waited == pytest.approx(erlang_c(servers, load), abs=0.05)


def test_the_number_of_people_that_is_said_to_be_enough_is_and_one_fewer_is_not() -> None:
    rate, talk = 0.1, 360.0
    enough = needed(rate, talk)
    assert served_soon(enough, rate * talk, talk) >= 0.8 > served_soon(enough - 1, rate * talk, talk)
    assert carried(enough, talk) >= rate > carried(enough - 1, talk)


def test_who_loses_patience_is_gone_and_everybody_is_counted_once() -> None:
    seen = waits(2, 1.0, always(10.0), 400.0, 3, patience=15.0)
    assert seen.gone > 100
    assert max(seen.waited) <= 15.0
    assert 0 <= seen.left <= 30
    assert seen.came == len(seen.waited) + seen.gone + seen.left


@pytest.mark.parametrize(("cores", "load"), [(1, 0.6), (2, 1.5), (4, 3.2)])
def test_webhooks_wait_for_cores_as_long_as_erlang_says(cores: int, load: float) -> None:
    seen = [simulated(Door(1, cores, 1, FREE), load / REPLY, ALONE, 60.0 / cores, seed) for seed in (1, 2, 3, 4)]
    by_the_formula = REPLY + erlang_c(cores, load) * REPLY / (cores - load)
    assert mean(map(mean_seconds, seen)) == pytest.approx(by_the_formula, rel=0.1)


@pytest.mark.parametrize("rate", [20.0, 300.0, 1500.0])
def test_every_webhook_that_came_is_answered_or_given_up(rate: float) -> None:
    seen = simulated(Door(2, 1, 1, FREE), rate, ALONE, 4.0, 1)
    assert seen.came == len(moments_of(rate, 4.0, 1)) > 50
    assert len(seen.replies) + len(seen.given_up) == seen.came
    assert max(seconds for _, seconds in seen.replies) <= PATIENCE * (RETRIES + 1)


def moments_of(rate: float, span: float, seed: int) -> Sequence[float]:
    return moments(rate, ALONE, span, Random(seed))


def test_a_surge_that_is_far_too_large_is_asked_again_and_given_up() -> None:
    seen = simulated(Door(1, 1, 1, FREE), 500.0, ALONE, 12.0, 1)
    assert seen.again > 0
    assert seen.given_up
    late, later = seen.first_beyond(0.5), seen.first_beyond(PATIENCE)
    assert late is not None
    assert later is not None
    assert late < later <= min(seen.given_up)
    assert SLOW in seen.broken


def test_a_call_in_progress_when_it_begins_sends_what_is_left_of_it() -> None:
    found = moments(50.0, TALKING, 20.0, Random(2))
    assert found == sorted(found)
    assert len(found) == pytest.approx(50.0 * 20.0 * 2.5, rel=0.1)
    assert sum(moment < 5.0 for moment in found) == pytest.approx(len(found) / 4, rel=0.15)


def test_with_more_workers_no_single_webhook_is_answered_later() -> None:
    seen = [simulated(Door(1, workers, 1, FREE), 38.0, TALKING, 10.0, 4) for workers in (1, 2, 4, 8)]
    took = [dict(one.replies) for one in seen]
    assert all(one.came == len(one.replies) == seen[0].came for one in seen)
    for fewer, more in pairwise(took):
        assert [moment for moment, seconds in more.items() if seconds > fewer[moment] + 1e-9] == []
    assert mean_seconds(seen[0]) > 2 * mean_seconds(seen[-1])


def test_with_more_workers_fewer_webhooks_are_given_up() -> None:
    many = [len(simulated(Door(1, workers, 1, USUAL), 500.0, TALKING, 6.0, 4).given_up) for workers in (1, 2, 8)]
    assert many == sorted(many, reverse=True)
    assert many[0] > 0 == many[-1]


def test_a_backlog_grows_where_a_worker_moves_fewer_records_than_come_and_only_there() -> None:
    most = 1 / USUAL.record.whole
    within, above = (simulated(Door(1, 1, 1, USUAL), most * share, ALONE, 20.0, 1).broken for share in (0.7, 1.3))
    assert BEHIND not in within
    assert BEHIND in above


def test_a_slow_database_delays_no_reply() -> None:
    slow = replace(USUAL, record=replace(USUAL.record, taking=0.1))
    quick, behind = (simulated(Door(1, 2, 1, costs), 50.0, TALKING, 8.0, 1) for costs in (USUAL, slow))
    assert BEHIND in behind.broken
    assert behind.quantile(0.99) <= quick.quantile(0.99) * 1.5


def test_the_same_seed_gives_the_same_and_another_does_not() -> None:
    first, again, other = (simulated(Door(2, 2, 1, USUAL), 80.0, TALKING, 2.0, seed).replies for seed in (1, 1, 2))
    assert first == again != other


def test_a_rehearsed_call_makes_as_many_records_as_webhooks() -> None:
    assert {len(call.webhooks) - len(call.records) for kind in Kind for call in calls()[kind]} == {0}


def test_whoever_waits_ten_minutes_makes_the_most_webhooks() -> None:
    most = {kind: max(len(call.webhooks) for call in rung) for kind, rung in calls().items()}
    assert max(most, key=lambda kind: most[kind]) is Kind.WAITED
    assert most[Kind.UNANSWERED] >= most[Kind.ANSWERED] > 5


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_size_leaves_half_of_every_worker_without_its_spare_machines(place: Place) -> None:
    found = known.measured()
    shapes = [call.webhooks for call in mixed(calls())]
    size = sized(place, shapes, known.costs(found), found)
    costs, workers = size.door.costs, (size.door.machines - place.spare) * place.cores
    batches = workers * costs.batch.moving / DRAIN_SECONDS
    assert size.webhooks * (costs.reply + costs.record.moving) + batches <= known.HALF * workers
    assert size.connections >= size.workers * 15


def test_a_county_at_its_own_rate_breaks_nothing() -> None:
    shapes = [call.webhooks for call in mixed(calls())]
    seen = at_its_rate(PLACES[1], shapes, known.measured(), 3.0, 1).planned
    assert not seen.broken
    assert seen.quantile(1.0) < 0.5


def test_a_small_sweep_falls_behind_before_replies_are_slow_and_is_told_in_whole_tables() -> None:
    shapes = [call.webhooks for call in mixed(calls())]
    place = Place("one core", 0.02, 1, 0, 6)
    swept = sweep(place, shapes, known.measured(), 1.0, 1)
    behind, slow = swept.breaks(BEHIND), swept.breaks(SLOW)
    assert behind is not None
    assert slow is not None
    assert place.rate < behind < slow
    assert list(swept.seen) == sorted(swept.seen)
    for table in (
        paper.sizes([swept.size]),
        paper.planned([swept], 1),
        paper.breaks([swept], 1),
        paper.beyond(swept.seen[slow]),
    ):
        rows = [line.count("|") for line in table.splitlines() if line.startswith("|")]
        assert len(rows) > 2
        assert set(rows) == {rows[0]}


def test_the_page_lists_every_figure_that_the_program_knows() -> None:
    rows = [figure.row() for figure in known.figures(known.measured(), calls())]
    told = page("capacity.md").splitlines()
    assert [row for row in rows if row not in told] == []
    assert f"Measured on {known.machine()}." in told


def test_the_page_has_the_sizes_that_the_program_reckons() -> None:
    shapes, found = [call.webhooks for call in mixed(calls())], known.measured()
    sizes = [sized(place, shapes, known.costs(found), found) for place in PLACES]
    dearest = sized(DEAREST_PLACE, [DEAREST_CALL], known.costs(found), found)
    assert paper.sizes([*sizes, dearest]) in page("capacity.md")


def test_a_figure_without_a_value_is_missing_and_no_other() -> None:
    for figure in known.figures(known.measured(), calls()):
        assert (figure.value is None) is (figure.basis is known.Basis.MISSING)


def test_a_page_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="sizes"):
        paper.put("# A page\n", {"sizes": "x"})
    assert paper.put("a\n<!-- x -->\nold\n<!-- /x -->\nb\n", {"x": "new"}) == "a\n<!-- x -->\n\nnew\n\n<!-- /x -->\nb\n"


def test_curves_are_told_in_words_too() -> None:
    drawn = curves("A & B", "what", {"one": [(1.0, 2.0), (10.0, 400.0)]}, ("calls", "ms"), {"limit": 500.0})
    tree = ElementTree.fromstring(drawn)  # noqa: S314  # our own picture
    named = {child.tag.rpartition("}")[2]: child.text for child in tree}
    assert named["title"] == "A & B"
    assert named["desc"] == "what. one: 2 ms at 1 calls, 400 ms at 10."
    assert tree.attrib["aria-labelledby"] == "title desc"
    assert drawn.count("<circle") == 2
