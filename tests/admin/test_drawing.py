"""Does the drawing of a plan show what a caller meets, once each, where nothing lies on anything else?"""

import re
from itertools import combinations
from xml.etree import ElementTree

import pytest

from admin.drawing.boxes import WIDTH
from admin.drawing.drawing import PILL, Drawing, drawing_of
from admin.drawing.nested import Listed, Nested, listed
from admin.drawing.reached import reached
from admin.drawing.svg import svg_of
from admin.drawing.texts import broken, width_of
from admin.drawing.ways import glance
from directory.numbers import Number
from ivr.moment import Call, World
from ivr.plan import CallBack, DialByName, Extension, Menu, Plan, RingTeam
from ivr.reading import plan_from
from ivr.route import route
from ivr.walk import walk
from routing.ladder import Wanted
from tests.conftest import HOME
from tests.telling import at

DAY, NIGHT = "Wed 10:00", "Sat 10:00"
LINES = (
    "devon",
    "derby",
    "derby-consultation",
    "call-derbyshire",
    "derbyshire-consultation",
    "sheffield-cpet",
    "cambridgeshire-ifd",
)
ASKING = Menu | Extension | DialByName | CallBack
LINK = re.compile(r'href="#([^"]+)"')
HOSTILE = """</text></svg><script>alert(1)</script> "'>&amp; ]]> """


def of_line(world: World, line: str) -> Plan:
    plan = world.plans.of_line(line)
    assert plan
    return plan


def drawn(world: World, line: str, when: str = DAY) -> Drawing:
    return drawing_of(world, of_line(world, line), at(when))


def steps(nested: Nested) -> list[Listed]:
    def below(step: Listed) -> list[Listed]:
        return [step, *(deeper for way in step.ways if way.step for deeper in below(way.step))]

    return [step for part in nested.parts for step in below(part.step)]


def well_formed(svg: str) -> bool:
    """Every element closes, in its order; a reader that is strict finds nothing wrong."""
    return len(list(ElementTree.fromstring(svg).iter())) > 10  # noqa: S314  # our own drawing


def edited(line: str, *changes: tuple[str, str]) -> Plan:
    """A bundled plan with other words in it."""
    text = next((HOME / "plans").glob(f"*/{line}.toml")).read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    plan = plan_from(text)
    assert isinstance(plan, Plan)
    return plan


@pytest.mark.parametrize("line", LINES)
def test_every_step_is_drawn_once_and_told_once(world: World, line: str) -> None:
    plan = of_line(world, line)
    drawing, nested = drawing_of(world, plan, at(DAY)), listed(world, plan, at(DAY))
    assert sorted(box.slug for box in drawing.boxes) == sorted(plan.nodes)
    assert sorted(step.told.slug for step in steps(nested)) == sorted(plan.nodes)


@pytest.mark.parametrize("line", LINES)
def test_no_box_lies_on_another_and_no_line_runs_through_one(world: World, line: str) -> None:
    drawing = drawn(world, line)
    areas = [(box.x, box.y, box.x + WIDTH, box.y + box.height) for box in drawing.boxes]
    areas += [(pill.x, pill.y, pill.x + WIDTH, pill.y + PILL) for pill in drawing.pills]
    over = [(a, b) for a, b in combinations(areas, 2) if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]]
    through = [
        (edge, area) for edge in drawing.edges for area in areas if edge.x < area[2] and area[0] < edge.to_x
    ]  # a line stays in the room between two columns
    assert (over, through) == ([], [])
    assert max(x for _, _, x, _ in areas) <= drawing.width
    assert max(y for _, _, _, y in areas) <= drawing.height


def test_no_line_crosses_another(world: World) -> None:
    for line in LINES:
        downs: dict[tuple[int, int], list[int]] = {}
        for edge in drawn(world, line).edges:
            downs.setdefault((edge.x, edge.y), []).append(edge.to_y)
        spans = [(x, y, max(to)) for (x, y), to in downs.items()]
        assert [(a, b) for a, b in combinations(spans, 2) if a[0] == b[0] and a[1] <= b[2] and b[1] <= a[2]] == []


@pytest.mark.parametrize(
    ("line", "when"), [("devon", DAY), ("devon", NIGHT), ("sheffield-cpet", DAY), ("derby", NIGHT)]
)
def test_what_is_in_full_colour_is_what_the_engine_comes_to(world: World, line: str, when: str) -> None:
    plan, call = of_line(world, line), Call("CA1", Number("+442079460999"), None)
    walked = [
        visited.position
        for staffed in (frozenset[str](), frozenset((line,)))
        for visited in walk(world, line, at(when), call, staffed)
    ]
    visited = {position.node for position in walked if position.line == line}
    known = reached(glance(world, plan, at(when)))
    asking = {slug for slug in known if isinstance(plan.nodes[slug], ASKING)}
    assert visited - known == set()
    assert asking - visited == set()


def test_a_closed_line_is_pale_and_says_so_in_words(world: World) -> None:
    open_, closed = drawn(world, "devon", DAY), drawn(world, "devon", NIGHT)
    assert [box.slug for box in open_.boxes if not box.reached] == ["night"]
    pale = {box.slug: box.beside for box in closed.boxes if not box.reached}
    assert {"welcome", "areas", "ir-north"} <= set(pale)
    assert all("not now" in beside for beside in pale.values())
    assert {box.slug for box in closed.boxes if box.reached} == {"office", "night", "safe", "call-back", "mash"}
    told = {step.told.slug: step.reached for step in steps(listed(world, of_line(world, "devon"), at(NIGHT)))}
    assert {slug for slug, known in told.items() if known} == {box.slug for box in closed.boxes if box.reached}


@pytest.mark.parametrize("when", [DAY, NIGHT])
def test_a_step_that_rings_shows_whom_the_route_rings(world: World, when: str) -> None:
    plan = of_line(world, "devon")
    told = {step.told.slug: step.told for step in steps(listed(world, plan, at(when)))}
    for slug, node in plan.nodes.items():
        if isinstance(node, RingTeam):
            rungs = route(world, plan, Wanted(world.directory.teams[node.team]), at(when)).ladder.rungs
            assert [phone.who for phone in told[slug].rings] == [rung.who for rung in rungs]
    phones = [phone.number for one in told.values() for phone in one.rings]
    assert [number for number in phones if number.startswith("07")] == []
    assert "0345 600 0388" in phones


def test_a_step_that_would_ring_nobody_says_where_it_goes_on(world: World) -> None:
    nested = listed(world, of_line(world, "call-derbyshire"), at(DAY))
    told = {step.told.slug: step.told for step in steps(nested)}
    assert (told["call-handlers"].nobody, told["call-handlers"].rings) == (True, ())
    assert "Nobody: goes on to the safe" in svg_of(drawn(world, "call-derbyshire"))


def test_each_box_leads_to_its_step_and_each_way_that_is_told_elsewhere_to_its_box(world: World) -> None:
    drawing = drawn(world, "derby")
    svg = svg_of(drawing)
    nodes = {f"node-{slug}" for slug in of_line(world, "derby").nodes}
    links = LINK.findall(svg)
    assert {link for link in links if link.startswith("node-")} == nodes
    assert {link for link in links if link.startswith("box-")} <= set(re.findall(r'id="(box-[^"]+)"', svg))
    assert 'href="/admin/plans/call-derbyshire?at=2026-11-25T10%3A00%2B00%3A00"' in svg


def test_a_prompt_cannot_leave_the_drawing(world: World) -> None:
    written = HOSTILE.replace('"', '\\"')
    plan = edited("devon", ("Which area is the team in?", written), ('named = "Early Help"', f'named = "{written}"'))
    svg = svg_of(drawing_of(world, plan, at(DAY)))
    assert well_formed(svg)
    assert "<script" not in svg
    assert "&lt;/text&gt;" in svg


def test_odd_plans_are_drawn_too(world: World) -> None:
    never = edited("devon", ("Mon-Thu 09:00-17:00; Fri 09:00-16:00", "Sun 00:00-00:01"))
    nowhere = edited(
        "derby", ('line = "call-derbyshire"', 'line = "narnia"'), ('team = "derby-reception"', 'team = "gone"')
    )
    endless = edited("devon", ("Which area is the team in?", "x" * 1200), ('label = "North"', f'label = "{"9" * 300}"'))
    for plan in (never, nowhere, endless):
        for when in (DAY, NIGHT):
            assert well_formed(svg_of(drawing_of(world, plan, at(when))))
    handed = next(step for step in steps(listed(world, nowhere, at(DAY))) if step.told.slug == "derbyshire")
    assert ([way.slug for way in handed.ways], handed.told.line) == (["concern"], "")


def test_a_text_keeps_to_its_lines_and_to_their_width() -> None:
    text = "Please e-mail our child protection checks mailbox, with the header: C E T R. " * 5
    lines = broken(text, 200, 13, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert max(width_of(line, 13) for line in lines) <= 200
    assert broken("short", 200, 13, 3) == ("short",)
    assert broken("", 200, 13, 3) == ()
