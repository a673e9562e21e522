"""What becomes of the letters of a name: one worker's, several, too many, nobody's, too few, or a name that was just unlisted?"""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from directory.model import Listing, Person, Role
from directory.numbers import Number
from directory.snapshot import Change, written
from ivr.moment import World
from ivr.position import Stage
from ivr.replies import Listen
from ivr.steps.dial_by_name import LONGEST_ID
from ivr.walk import walk
from telephone import Call
from tests.ivr.test_walk import calling
from tests.telling import Switchboard, at
from webhooks.links import path_of, position_at

LINES = ("devon", "call-derbyshire", "derbyshire-consultation", "derby", "cambridgeshire-ifd", "sheffield-cpet")
ASKS = "at least three letters of the worker's surname or first name"
NOBODY = "Nobody is listed under those letters."
SEVERAL = "Several people are listed under those letters. Please key more letters"
PHONES = ("020 7946 0281", "020 7946 0282", "020 7946 0283", "020 7946 0284")
NORTH, EXETER, HELP = "devon-cf-north-1", "devon-cf-exeter-4", "devon-early-help"


def quill(place: int, name: str, team: str = NORTH) -> Person:
    """Somebody who is invented for these tests: QUI is 784."""
    return Person(f"w-{place}", name, team, None, (Number(f"+44207946028{place}"),))


QUILLS = (quill(1, "Ada Quill"), quill(2, "Bram Quill", EXETER), quill(3, "Cy Quillon", HELP), quill(4, "Dot Quill"))


def with_entries(world: World, *entries: Person | Role) -> World:
    return changed(world, map(written, entries))


def changed(world: World, changes: Iterable[Change]) -> World:
    directory = world.directory
    return replace(world, directory=directory.changed(directory.version + 1, changes))


def asked(board: Switchboard) -> Call:
    """Devon's caller, by the extension's prompt, at the letters."""
    return board.ring("devon").presses("1").hears("For the worker by name, press 9.").presses("9#").hears(ASKS)


def test_a_worker_is_found_by_the_first_letters_of_the_surname_and_rung(board: Switchboard) -> None:
    call = asked(board).presses("726#").hears("For Rowan, in Children & Families North 1, press 1.").presses("1")
    call.hears("A worker in Children & Families North 1. Calling the worker you asked for.").rings("020 7946 0201")
    call.picks_up().whispers("Press 1 to accept: a worker in Children & Families North 1, Devon social care.")
    call.callee_presses("1").talks(30).callee_hangs_up().has_ended()


def test_their_ladder_is_climbed_as_after_an_extension(board: Switchboard) -> None:
    call = asked(board).presses("76926#").presses("1").rings("020 7946 0201").no_answer()
    call.hears("Calling their manager.").rings("020 7946 0204").no_answer()
    call.hears("Calling Children & Families North 1.").rings("01392 388646")


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("Siân O'Quilly", "678#"), ("Siân O'Quilly", "7426#"), ("Zoë Quåint-Ubbé", "782#"), ("Zoë Quåint-Ubbé", "822#"),
        ("Zoë Quåint-Ubbé", "78246882#"), ("Quill, Dr Ada", "784#"), ("Ada Quill", "78455#"),
        ("Ada O Quill", "607845#"), ("Ada Quill", "784551232#"),
    ],
)  # fmt: skip
def test_accents_double_names_and_signs_are_folded(world: World, name: str, keys: str) -> None:
    board = Switchboard(with_entries(world, quill(1, name)))
    call = asked(board).presses(keys).hears(", in Children & Families North 1, press 1.").does_not_hear("press 2.")
    call.presses("1").rings(PHONES[0])


def test_no_surname_is_ever_said(world: World) -> None:
    board = Switchboard(with_entries(world, *QUILLS[:3]))
    call = asked(board).presses("784#").hears("For Ada,").presses("1").rings(PHONES[0]).no_answer()
    told = [line.text for line in call.transcript] + board.reasons
    assert not any("quill" in words.lower() or "q u i" in words.lower() for words in told)


def test_up_to_three_are_read_out_with_their_teams_in_the_order_of_given_names(world: World) -> None:
    board = Switchboard(with_entries(world, *QUILLS[:3]))
    call = (
        asked(board)
        .presses("784#")
        .hears(
            "For Ada, in Children & Families North 1, press 1. For Bram, in Children & Families Exeter 4, press 2. "
            "For Cy, in Early Help, press 3. To key other letters, press hash."
        )
    )
    call.presses("2").hears("A worker in Children & Families Exeter 4.").rings(PHONES[1])


def test_of_more_than_three_one_is_found_by_surname_and_given_name(world: World) -> None:
    board = Switchboard(with_entries(world, *QUILLS))
    call = asked(board).presses("784#").hears(SEVERAL).does_not_hear("For Ada").presses("78455368#")
    call.hears("For Dot,").does_not_hear("press 2.").presses("1").rings(PHONES[3])


def test_two_of_one_given_name_in_one_team_are_told_apart_by_their_role(world: World) -> None:
    twins = (quill(1, "Ada Quill"), quill(2, "Ada Quint"))
    role = Role("north-tm", "Team Manager", "devon", NORTH, "w-2")
    board = Switchboard(with_entries(world, *twins, role))
    call = asked(board).presses("784#").hears("For Ada, in Children & Families North 1, press 1.")
    call.hears("For Ada, Team Manager, in Children & Families North 1, press 2.").presses("2").rings(PHONES[1])


def test_two_who_would_sound_alike_need_more_letters(world: World) -> None:
    board = Switchboard(with_entries(world, quill(1, "Ada Quill"), quill(2, "Ada Quint")))
    asked(board).presses("784#").hears(SEVERAL).presses("78468#").hears("For Ada,").presses("1").rings(PHONES[1])


def test_whose_given_name_is_not_known_is_read_out_as_a_worker(world: World) -> None:
    board = Switchboard(with_entries(world, quill(1, "QUILL Ada")))
    asked(board).presses("784#").hears("For a worker, in Children & Families North 1, press 1.")


def test_three_times_nobody_leads_on(board: Switchboard) -> None:
    call = asked(board).presses("999#").hears(NOBODY).hears(ASKS).presses("998#").hears(NOBODY).presses("997#")
    call.hears(f"{NOBODY} Which area is the team in?")
    assert "Nobody is listed under these letters." in board.reasons


@pytest.mark.parametrize("keys", ["72#", "7#", "11111#", "70*2#"])
def test_fewer_than_three_letters_look_nobody_up(board: Switchboard, keys: str) -> None:
    asked(board).presses(keys).hears(f"Those are too few letters. Please key {ASKS}").presses("726#").hears(
        "For Rowan,"
    )


def test_silence_at_the_letters_and_at_the_choice_leads_on(board: Switchboard) -> None:
    asked(board).waits().hears("I did not hear any letters.").waits().waits().hears("Which area is the team in?")
    call = asked(board).presses("726#").waits().hears("I did not hear a key. For Rowan,").waits()
    call.waits().hears("Which area is the team in?")


def test_a_wrong_key_hears_the_choice_again(board: Switchboard) -> None:
    call = asked(board).presses("726#").presses("2").hears("not one of the choices. For Rowan,").presses("1")
    call.rings("020 7946 0201")


def test_the_helping_keys_help(board: Switchboard) -> None:
    asked(board).presses("0#").hears("Calling MASH")
    asked(board).presses("*#").hears(ASKS)
    asked(board).presses("#").hears("For a worker, by extension, press 1.")
    asked(board).presses("726#").presses("0").hears("Calling MASH")
    asked(board).presses("726#").presses("*").hears("For Rowan,").does_not_hear("not one of the choices")
    asked(board).presses("726#").presses("#").hears(ASKS).presses("8267#").hears("For Tamsin,")


def test_neither_letters_nor_names_reach_a_url(board: Switchboard) -> None:
    call = asked(board).presses("726753#").presses("1").no_answer().no_answer()
    urls = [exchange.request.url for exchange in call.exchanges]
    assert not any("726753" in url or "owan" in url or "ampleton" in url for url in urls)
    assert any("s=w-3f9a2c" in url for url in urls)


def test_whoever_was_unlisted_or_removed_meanwhile_is_not_rung(world: World) -> None:
    board = Switchboard(world)
    call = asked(board).presses("726#").hears("For Rowan,")
    assert board.staged is not None
    hidden = replace(world.directory.people["w-3f9a2c"], listed=Listing.UNLISTED)
    board.staged.memory.world = with_entries(world, hidden)
    call.presses("1").hears("That person is not listed any more.").hears(ASKS).presses("726#").hears(NOBODY)


def test_the_keys_of_the_others_stay_when_one_of_three_goes(world: World) -> None:
    there = with_entries(world, *QUILLS[:3])
    board = Switchboard(there)
    call = asked(board).presses("784#").hears("For Bram,")
    assert board.staged is not None
    board.staged.memory.world = changed(there, [replace(written(QUILLS[1]), entry=None)])
    call.presses("*").hears("For Ada, in Children & Families North 1, press 1. For Cy, in Early Help, press 3.")
    call.presses("3").rings(PHONES[2])


def test_ids_as_long_as_they_may_be_are_told_apart_by_their_ends(world: World) -> None:
    long = [replace(one, slug=f"{'0f3a' * 9}-{place:03}") for place, one in enumerate(QUILLS[:3])]
    board = Switchboard(with_entries(world, *long))
    assert {len(one.slug) for one in long} == {40}
    call = asked(board).presses("784#").hears("For Cy,").presses("3").hears("A worker in Early Help.").rings(PHONES[2])
    call.no_answer()
    assert (
        max(len(exchange.request.url.partition("invalid")[2].partition("#")[0]) for exchange in call.exchanges) <= 200
    )


def test_long_ids_with_the_same_end_ring_nobody_wrong(world: World) -> None:
    alike = [replace(QUILLS[place], slug=f"{place}{'x' * LONGEST_ID}") for place in range(2)]
    call = asked(Switchboard(with_entries(world, *alike))).presses("784#").hears("For Ada,").presses("1")
    call.hears("That person is not listed any more.")


@pytest.mark.parametrize(
    ("line", "keys", "offer"),
    [
        ("devon", ["1"], "For the worker by name, press 9."),
        ("call-derbyshire", ["2", "1"], "For the worker by name, press 9."),
        ("cambridgeshire-ifd", ["2", "1"], "For the worker by name, press 9."),
        ("derby", ["4"], "For a worker, by name, press 3."),
        ("derbyshire-consultation", [], "For a worker, by name, press 4."),
        ("sheffield-cpet", [], "For a worker, by name, press 4."),
    ],
)
def test_it_is_offered_exactly_where_somebody_is_listed(world: World, line: str, keys: list[str], offer: str) -> None:
    authority = next(
        plan for plan in map(world.plans.of_line, world.plans.current) if plan and plan.line == line
    ).authority
    team = next(team.slug for team in world.directory.teams.values() if team.authority == authority)
    pressed(Switchboard(with_entries(world, quill(1, "Ada Quill", team))).ring(line), keys).hears(offer)
    hidden = [replace(one, listed=Listing.UNLISTED) for one in world.directory.people.values()]
    pressed(Switchboard(with_entries(world, *hidden)).ring(line), keys).does_not_hear("by name")


def pressed(call: Call, keys: list[str]) -> Call:
    for key in keys:
        call = call.presses(key)
    return call


def test_by_night_no_name_is_offered_and_nobody_looked_up(board: Switchboard) -> None:
    board.ring("derby", "Sat 11:00").presses("4").does_not_hear("by name").presses("3").hears("not one of the choices")


def test_whoever_comes_there_although_nobody_is_listed_goes_on(world: World) -> None:
    board = Switchboard(world)
    call = asked(board)
    assert board.staged is not None
    hidden = [replace(one, listed=Listing.UNLISTED) for one in world.directory.people.values()]
    board.staged.memory.world = with_entries(world, *hidden)
    call.presses("726#").hears(NOBODY)


@pytest.mark.parametrize("line", LINES)
def test_the_walk_finds_people_by_name_and_every_position_fits(world: World, line: str) -> None:
    sheffield = quill(1, "Ada Quill", "sheffield-cpet")
    found = list(walk(with_entries(world, sheffield), line, at("Wed 11:00"), calling(world, line, None)))
    places = {visited.position for visited in found if visited.position.stage is Stage.LETTERS}
    chosen = [
        reply.then
        for visited in found
        for reply in visited.outcome.replies
        if isinstance(reply, Listen) and reply.then.stage is Stage.KEYS and reply.then.subject
    ]
    assert places, line
    assert chosen, line
    for position in chosen:
        path, _, query = path_of(position).partition("?")
        assert position_at(path, query) == position


def test_the_walk_tries_none_one_two_three_and_more(world: World) -> None:
    there = with_entries(world, *QUILLS, quill(5, "Eve Pinn"), quill(6, "Fay Pinn"), quill(7, "Gus Pinn", HELP))
    found = walk(there, "devon", at("Wed 11:00"), calling(world, "devon", None))
    said = {reason.sentence for visited in found for reason in visited.outcome.trace}
    assert {
        f"Listed under these letters: {count}. The caller hears given name and team of each." for count in (1, 2, 3)
    } <= said
    assert any("More are listed" in sentence for sentence in said)
    assert "Nobody is listed under these letters." in said
