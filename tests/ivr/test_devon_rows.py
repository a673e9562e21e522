"""Is every row of Devon's printed directory reached by keypad, on its printed number, by its printed name? (D:34-69)"""

import pytest

from tests.telling import Switchboard

ROWS = [
    ("Initial Response North", "211", "+441392388481", "Initial Response North"),
    ("Children & Families North 1", "212", "+441392388646", "Children & Families North 1 to 4"),
    ("Children & Families North 2", "212", "+441392388646", "Children & Families North 1 to 4"),
    ("Children & Families North 3", "212", "+441392388646", "Children & Families North 1 to 4"),
    ("Children & Families North 4", "212", "+441392388646", "Children & Families North 1 to 4"),
    ("Permanency & Transition North", "213", "+447790770713", "Permanency & Transition North"),
    ("Initial Response South", "221", "+441392384050", "Initial Response South"),
    ("Children & Families South 1", "222", "+441392386961", "Children & Families South 1 and 2"),
    ("Children & Families South 2", "222", "+441392386961", "Children & Families South 1 and 2"),
    ("Children & Families South 3", "223", "+441392385198", "Children & Families South 3 and 4"),
    ("Children & Families South 4", "223", "+441392385198", "Children & Families South 3 and 4"),
    ("Permanency & Transition South", "224", "+441392384797", "Permanency & Transition South"),
    ("Initial Response Mid & East", "231", "+441392384179", "Initial Response Mid & East"),
    ("Children & Families Mid & East 1", "232", "+441392384121", "Children & Families Mid & East 1 to 4"),
    ("Children & Families Mid & East 2", "232", "+441392384121", "Children & Families Mid & East 1 to 4"),
    ("Children & Families Mid & East 3", "232", "+441392384121", "Children & Families Mid & East 1 to 4"),
    ("Children & Families Mid & East 4", "232", "+441392384121", "Children & Families Mid & East 1 to 4"),
    ("Permanency & Transition Mid & East", "233", "+441392384134", "Permanency & Transition Mid & East"),
    ("Initial Response Exeter", "241", "+441392384591", "Initial Response Exeter"),
    ("Children & Families Exeter 1", "242", "+441392384590", "Children & Families Exeter 1 and 3"),
    ("Children & Families Exeter 2", "243", "+447792226135", "Children & Families Exeter 2"),
    ("Children & Families Exeter 3", "242", "+441392384590", "Children & Families Exeter 1 and 3"),
    ("Children & Families Exeter 4", "244", "+447812106279", "Children & Families Exeter 4"),
    ("Children & Families Exeter 4", "244", "+447581156261", "Children & Families Exeter 4"),
    ("Permanency & Transition Exeter 1", "245", "+447581156261", "Permanency & Transition Exeter 1"),
    ("DCS North Devon", "251", "+441392384180", "DCS North Devon"),
    ("DCS South", "252", "+441392381270", "DCS South"),
    ("DCS Exeter", "253", "+441392386183", "DCS Exeter, DCS East and Mid Devon"),
    ("DCS East and Mid Devon", "253", "+441392386183", "DCS Exeter, DCS East and Mid Devon"),
    ("DCS Support and Advice", "254", "+441392385276", "DCS Support and Advice"),
]
SECOND = {"+447581156261": "+447812106279"}
"""The second printed number of Exeter 4 rings when the first does not answer (D:59-60)."""


def test_the_table_holds_the_thirty_printed_rows() -> None:
    assert len(ROWS) == 30
    assert len({number for _, _, number, _ in ROWS}) == 19


@pytest.mark.parametrize(("printed", "keys", "number", "group"), ROWS, ids=[f"{row[0]} {row[2]}" for row in ROWS])
def test_a_printed_team_is_reached_by_keypad(
    board: Switchboard, printed: str, keys: str, number: str, group: str
) -> None:
    call = board.ring("devon")
    for key in keys:
        call.presses(key)
    call.hears(f"Calling {group}.")
    if keys == "244" and number in SECOND:
        call.rings(SECOND[number]).no_answer().hears("Calling their other number.")
    call.rings(number).picks_up().whispers(f"Press 1 to accept: {group}, Devon social care.")
    assert _stands_for(group, printed)
    call.callee_presses("1").talks(60).callee_hangs_up().has_ended()


def _stands_for(group: str, printed: str) -> bool:
    """Whether ``Children & Families South 1 and 2``, or ``... North 1 to 4``, is how one of those teams is offered."""
    name, _, number = printed.rpartition(" ")
    first, to, last = group.removeprefix(name).strip().partition(" to ")
    if to:
        return group.startswith(name) and int(first) <= int(number) <= int(last)
    return printed in group or (group.startswith(name) and number in group.replace(",", "").split())


@pytest.mark.parametrize("extension", ["8481", "8646", "4050", "6961", "5198", "4797", "4179", "4121", "4134", "4591",
                                       "4590", "4180", "1270", "6183", "5276"])  # fmt: skip
def test_a_printed_extension_is_also_reached_by_keying_it(board: Switchboard, extension: str) -> None:
    call = board.ring("devon").presses("1").presses(extension).hears(f"Extension {' '.join(extension)}.")
    call.rings(f"01392 38{extension}").picks_up().whispers("Press 1 to accept:")
