"""Is every position written so that it is read back the same, and short enough?"""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.engine import advance, start
from ivr.events import Arrived, Event, Keyed, LegEnd, Silent, Unreached
from ivr.moment import Call, Moment, World
from ivr.plan import Plan
from ivr.position import Position, Stage
from ivr.replies import Listen, Ring
from ivr.steps.dial_by_name import BETWEEN, LONGEST_ID, MOST_READ_OUT
from tests.telling import at
from webhooks.links import OVERRIDES, path_of, position_at
from webhooks.reading import number_of

LONGEST = 200
slugs = st.from_regex(r"[a-z][a-z0-9-]{0,23}", fullmatch=True)
tags = st.from_regex(r"[A-Za-z0-9_-]{4}", fullmatch=True)
subjects = (
    st.just("")
    | slugs
    | slugs.map("~{}".format)
    | slugs.map("~~{}".format)
    | st.lists(slugs, min_size=2, max_size=3).map(".".join)
)
positions = st.builds(
    Position,
    digest=st.from_regex(r"[0-9a-f]{12}", fullmatch=True), line=slugs, node=slugs, stage=st.sampled_from(Stage),
    hop=st.integers(0, 999), tries=st.integers(0, 999),
    back=st.lists(st.integers(0, 999), max_size=4).map(tuple), subject=subjects,
    tried=st.lists(tags, max_size=12).map(tuple), mark=st.none() | st.integers(0, 999),
)  # fmt: skip


def read(path: str) -> Position | None:
    """The position of a path and query."""
    before, _, query = path.partition("?")
    return position_at(before, query)


@settings(max_examples=250, deadline=None, database=None)
@given(positions)
def test_what_is_written_is_read_back(position: Position) -> None:
    assert read(path_of(position)) == position


@settings(max_examples=250, deadline=None, database=None)
@given(path=st.text(max_size=60), query=st.text(max_size=60))
def test_junk_is_no_position_and_no_fault(path: str, query: str) -> None:
    assert position_at(path, query) is None


@settings(max_examples=250, deadline=None, database=None)
@given(position=positions, cut=st.integers(0, 200), junk=st.text(max_size=12))
def test_a_damaged_link_is_another_position_or_none_but_never_a_fault(position: Position, cut: int, junk: str) -> None:
    written = path_of(position)
    found = read(written[:cut] + junk + written[cut:])
    assert found is None or read(path_of(found)) == found


@pytest.mark.parametrize(
    "query",
    [
        "x=-1", "x=1000", "x=a", "x=%00", "m=1.5", "m=-1", "b=1.", "b=1..2", "b=1.2.3.4.5", "s=a/b", "s=a b", "s=~~~a",
        "s=a.", "s=.a", "s=a..b", "s=a.b.c.d", "s=a.~b", "s=a." + "b" * 32,
        "s=" + "a" * 42, "t=abc", "t=abcde", "t=ab.d", "t=" + "abcd" * 13, "t=%2B442079460999", "x=²",
    ],
)  # fmt: skip
def test_a_query_of_another_grammar_is_no_position(query: str) -> None:
    path = path_of(Position("0" * 12, "devon", "mash", Stage.LEG))
    assert position_at(path, "x=1") is not None
    assert position_at(path, query) is None


@pytest.mark.parametrize("query", ["x=", "m=", "x=&m=", "b=&s=&t="])
def test_an_empty_value_is_no_value(query: str) -> None:
    place = Position("0" * 12, "devon", "mash", Stage.LEG)
    assert position_at(path_of(place), query) == place


@pytest.mark.parametrize(
    "path",
    [
        "/webhooks/voice/2/000000000000/devon/mash/d3", "/webhooks/voice/1/00000000000/devon/mash/d3",
        "/webhooks/voice/1/000000000000/devon/mash/z3", "/webhooks/voice/1/000000000000/devon/mash/d",
        "/webhooks/voice/1/000000000000/devon/mash/d1000", "/webhooks/voice/1/000000000000/devon/d3",
        "/webhooks/voice/1/000000000000/devon/mash/d3/", "/webhooks/voice/1/000000000000/DEVON/mash/d3",
        "/webhooks/voice/1/000000000000/devon/../d3", "/webhooks/voice/1/000000000000/devon/mash/d3\n",
    ],
)  # fmt: skip
def test_a_path_of_another_grammar_is_no_position(path: str) -> None:
    assert position_at(path, "") is None


def test_links_ask_twilio_to_retry_and_not_to_wait_long() -> None:
    assert OVERRIDES == "#ct=2000&rt=5000&rc=2&rp=ct,rt,5xx"


def test_the_longest_position_that_a_plan_can_lead_to_stays_short() -> None:
    longest = Position(
        "0" * 12, "l" * 24, "n" * 24, Stage.LEG, hop=60, tries=2, back=(99, 99, 99, 99), subject="~" + "t" * 39,
        tried=("abcd",) * 6,
    )  # fmt: skip
    assert len(path_of(longest)) <= LONGEST
    assert read(path_of(longest)) == longest


def test_three_people_who_may_be_meant_leave_the_longest_position_short() -> None:
    several = Position(
        "0" * 12, "l" * 24, "n" * 24, Stage.KEYS, hop=60, tries=2, back=(99, 99, 99, 99),
        subject=BETWEEN.join("p" * LONGEST_ID for _ in range(MOST_READ_OUT)),
    )  # fmt: skip
    assert len(path_of(several)) == LONGEST
    assert read(path_of(several)) == several


@pytest.mark.parametrize("when", ["Wed 10:00", "Sun 03:00"])
def test_every_position_that_the_bundled_plans_lead_to_is_short_and_read_back(world: World, when: str) -> None:
    found = [position for plan in world.plans.by_digest.values() for position in reachable(world, plan, when)]
    assert len(found) > 100
    for position in found:
        assert read(path_of(position)) == position
        assert len(path_of(position)) <= LONGEST


def reachable(world: World, plan: Plan, when: str) -> Iterator[Position]:
    """The positions that callers can be led to, one for each place and manner of waiting there."""
    waiting, seen = [start(plan)], set()
    call = Call("CA1", number_of("+442079460999"), world.directory.lines[plan.line].numbers[0])
    while waiting:
        position = waiting.pop()
        yield position
        here = world.plans.by_digest[position.digest]
        for event in possible(world, here, position):
            for after in onward(Moment(world, here, call, position, event, at(when))):
                manner = (
                    after.line,
                    after.node,
                    after.stage,
                    after.subject,
                    len(after.tried),
                    after.tries,
                    after.mark is None,
                )
                if manner not in seen:
                    seen.add(manner)
                    waiting.append(after)


def possible(world: World, plan: Plan, position: Position) -> list[Event]:
    """What can happen there."""
    match position.stage:
        case Stage.ENTER | Stage.WHISPER:
            return [Arrived()]
        case Stage.LEG:
            return [Unreached(LegEnd.NO_ANSWER)]
        case Stage.NUMBER:
            return [Silent(), Keyed("02079460888#")]
        case Stage.LETTERS:
            return [Silent(), *(Keyed(keys) for keys in ("0", "#", "*", "726", "737", "999"))]
    extensions = [person.extension for person in world.directory.people.values() if person.extension]
    long = extensions if type(plan.nodes[position.node]).__name__ == "Extension" else []
    return [Silent(), *(Keyed(keys) for keys in [*"012345#*", *long])]


def onward(moment: Moment) -> Iterator[Position]:
    """Where the replies of a step lead."""
    for reply in advance(moment).replies:
        if isinstance(reply, Listen | Ring) and isinstance(reply.then, Position):
            yield reply.then
        if isinstance(reply, Ring) and reply.whisper:
            yield reply.whisper
