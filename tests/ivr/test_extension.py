"""What becomes of a keyed extension: a worker's, a duty desk's, nobody's, none at all, somebody's who is away?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from directory.model import Absence, Person
from directory.numbers import Number
from directory.snapshot import written
from ivr.moment import World
from tests.telling import Switchboard, at

UNKNOWN = "That extension is not in the directory."


def with_person(world: World, person: Person) -> World:
    directory = world.directory
    return replace(world, directory=directory.changed(directory.version + 1, [written(person)]))


def away(world: World, slug: str, cover: str | None) -> Person:
    absence = Absence(at("Mon 00:00"), at("Fri 00:00"), cover)
    return replace(world.directory.people[slug], away=(absence,))


@pytest.mark.parametrize(
    ("extension", "team", "number"),
    [
        ("2301", "Children & Families North 1", "020 7946 0201"),
        ("0427", "Children & Families Exeter 4", "020 7946 0208"),
        ("7755", "Permanency & Transition Mid & East", "020 7946 0210"),
        ("2618", "Early Help", "020 7946 0213"),
    ],
)
def test_a_known_worker_is_read_back_by_team_and_rung(
    board: Switchboard, extension: str, team: str, number: str
) -> None:
    call = board.ring("devon").presses("1").hears("4 digit extension").presses(extension)
    call.hears(f"Extension {' '.join(extension)}. That is a worker in {team}. Calling the worker you asked for.")
    call.rings(number).picks_up().whispers(f"Press 1 to accept: a worker in {team}, Devon social care.")
    call.callee_presses("1").talks(30).callee_hangs_up().has_ended()


@pytest.mark.parametrize(
    ("line", "number"), [("call-derbyshire", "020 7946 0231"), ("cambridgeshire-ifd", "020 7946 0271")]
)
def test_an_authority_without_a_rule_for_extensions_still_finds_its_workers(
    board: Switchboard, line: str, number: str
) -> None:
    keyed = "2101" if line == "call-derbyshire" else "6101"
    board.ring(line).presses("2").presses("1").presses(keyed).hears("That is a worker in").rings(number)


def test_a_duty_extension_rings_the_desk_and_says_whose_it_is(board: Switchboard) -> None:
    call = board.ring("devon").presses("1").presses("8481").hears("Extension 8 4 8 1. Calling Initial Response North.")
    call.rings("01392 388481").picks_up().whispers("accept: Initial Response North, Devon social care.")


def test_an_extension_is_of_one_authority_only(board: Switchboard) -> None:
    board.ring("devon").presses("1").presses("2101").hears(UNKNOWN)


def test_one_step_beside_a_duty_extension_is_the_neighbours_desk_not_ours(board: Switchboard) -> None:
    board.ring("devon").presses("1").presses("4590").rings("01392 384590")
    board.ring("devon").presses("1").presses("4591").hears("Initial Response Exeter").rings("01392 384591")


def test_three_wrong_extensions_lead_to_the_areas(board: Switchboard) -> None:
    call = board.ring("devon").presses("1").presses("9999").hears(UNKNOWN).presses("0000").hears(UNKNOWN)
    call.presses("1111").hears(UNKNOWN).hears("Which area is the team in?").presses("1").hears("Initial Response North")


def test_a_right_extension_after_two_wrong_ones_is_rung(board: Switchboard) -> None:
    board.ring("devon").presses("1").presses("9999").presses("0000").presses("2301").rings("020 7946 0201")


def test_too_few_digits_are_no_extension(board: Switchboard) -> None:
    board.ring("devon").presses("1").presses("23").hears(UNKNOWN).hears("4 digit extension")


def test_silence_is_asked_again_and_leads_to_the_areas(board: Switchboard) -> None:
    call = board.ring("devon").presses("1").waits().hears("I did not hear an extension").waits().waits()
    call.hears("Which area is the team in?")


@pytest.mark.parametrize("keys", ["0", "0#"])
def test_nought_leads_to_the_lines_default_destination(board: Switchboard, keys: str) -> None:
    board.ring("devon").presses("1").presses(keys).hears("Calling MASH").rings("0345 155 1071")


def test_hash_goes_back_and_star_repeats(board: Switchboard) -> None:
    board.ring("devon").presses("1").presses("*").hears("4 digit extension").does_not_hear("not in the directory")
    board.ring("devon").presses("1").presses("#").hears("For a worker, by extension, press 1.")


def test_no_digits_of_an_extension_reach_a_url(board: Switchboard) -> None:
    call = board.ring("devon").presses("1").presses("2301").no_answer().no_answer().no_answer()
    assert not any("2301" in exchange.request.url for exchange in call.exchanges)
    assert any("s=w-3f9a2c" in exchange.request.url for exchange in call.exchanges)


def test_a_worker_without_a_manager_has_a_shorter_ladder(board: Switchboard) -> None:
    call = board.ring("devon").presses("1").presses("9036").rings("020 7946 0212").no_answer()
    call.hears("Calling DCS Support and Advice").rings("01392 385276")
    assert "No number is known for their manager." in board.reasons


def test_a_workers_second_number_is_rung_before_their_manager(board: Switchboard) -> None:
    call = board.ring("call-derbyshire").presses("2").presses("1").presses("2102").rings("020 7946 0232").no_answer()
    call.rings("020 7946 0233").no_answer().rings("020 7946 0234")


def test_the_colleague_who_covers_is_rung_for_whoever_is_away(world: World) -> None:
    board = Switchboard(with_person(world, away(world, "w-3f9a2c", "w-7c40e9")))
    call = board.ring("devon").presses("1").presses("2301").rings("020 7946 0202")
    call.hears("Calling the colleague who covers for the worker you asked for.").picks_up()
    call.whispers("accept: a worker in Children & Families North 1,")


def test_whoever_is_away_without_cover_is_passed_over(world: World) -> None:
    board = Switchboard(with_person(world, away(world, "w-3f9a2c", None)))
    board.ring("devon").presses("1").presses("2301").hears("Calling their manager.").rings("020 7946 0204")
    assert any("away until" in reason and "nobody covers" in reason for reason in board.reasons)


def test_cover_that_is_away_too_is_passed_over(world: World) -> None:
    both = with_person(with_person(world, away(world, "w-3f9a2c", "w-7c40e9")), away(world, "w-7c40e9", None))
    Switchboard(both).ring("devon").presses("1").presses("2301").rings("020 7946 0204")


def test_whoever_is_back_is_rung_from_that_minute(world: World) -> None:
    absence = Absence(at("Wed 10:00") - timedelta(days=1), at("Wed 10:00"))
    board = Switchboard(with_person(world, replace(world.directory.people["w-3f9a2c"], away=(absence,))))
    board.ring("devon", "Wed 09:58").presses("1").presses("2301").rings("020 7946 0204")
    board.ring("devon", "Wed 10:00").presses("1").presses("2301").rings("020 7946 0201")


def test_a_number_corrected_in_mid_call_is_rung_although_its_contact_was_tried(
    world: World, board: Switchboard
) -> None:
    call = board.ring("devon").presses("1").presses("2301").rings("020 7946 0201")
    assert board.staged is not None
    corrected = replace(world.directory.people["w-3f9a2c"], numbers=(Number("+442079460998"),))
    board.staged.memory.world = with_person(world, corrected)
    call.no_answer().rings("020 7946 0998").no_answer().rings("020 7946 0204").no_answer().rings("01392 388646")


def test_a_worker_removed_in_mid_call_does_not_strand_the_caller(world: World, board: Switchboard) -> None:
    call = board.ring("devon").presses("1").presses("2301").rings("020 7946 0201")
    assert board.staged is not None
    change = replace(written(world.directory.people["w-3f9a2c"]), entry=None)
    directory = world.directory.changed(world.directory.version + 1, [change])
    board.staged.memory.world = replace(world, directory=directory)
    call.no_answer().rings("0345 155 1071")
