"""Personal text at rest: opened only under our secret and for its purpose, and found again without being readable."""

from collections.abc import Callable

import pytest

from store.sealing import Sealer, SealError

SECRET, OTHER = "a secret of this deployment", "another deployment's secret"


def test_a_sealed_text_opens_again_and_shows_nothing_of_itself() -> None:
    sealer = Sealer(SECRET)
    sealed = sealer.seal("Zoë, bruise on left arm", "narrative")
    assert sealer.open(sealed, "narrative") == "Zoë, bruise on left arm"
    assert "bruise" not in sealed


def test_the_same_text_is_never_sealed_alike() -> None:
    assert Sealer(SECRET).seal("Ann", "name") != Sealer(SECRET).seal("Ann", "name")


@pytest.mark.parametrize("alter", [lambda token: token[:-4] + "AAAA", lambda token: token[:8], lambda _: "not sealed"])
def test_an_altered_text_does_not_open(alter: Callable[[str], str]) -> None:
    with pytest.raises(SealError, match="a sealed name cannot be opened"):
        Sealer(SECRET).open(alter(Sealer(SECRET).seal("Ann", "name")), "name")


def test_a_name_does_not_open_as_a_narrative() -> None:
    with pytest.raises(SealError):
        Sealer(SECRET).open(Sealer(SECRET).seal("Ann", "name"), "narrative")


def test_a_second_secret_opens_what_the_first_sealed() -> None:
    assert Sealer(OTHER, SECRET).open(Sealer(SECRET).seal("Ann", "name"), "name") == "Ann"
    with pytest.raises(SealError):
        Sealer(OTHER).open(Sealer(SECRET).seal("Ann", "name"), "name")


def test_names_match_whatever_their_accents_case_and_signs() -> None:
    sealer = Sealer(SECRET)
    assert sealer.match("child", "Zoë O’Neill-Smith", "2019-02-03") == sealer.match(
        "child", "zoe oneill smith", "20190203"
    )
    assert sealer.match("child", "Zoe", "2019-02-03") != sealer.match("child", "Zoe", "2019-02-04")
    assert sealer.match("child", "Zoe", "") != Sealer(OTHER).match("child", "Zoe", "")


def test_parts_do_not_run_into_each_other() -> None:
    assert Sealer(SECRET).match("child", "ab", "c") != Sealer(SECRET).match("child", "a", "bc")


def test_nothing_stays_nothing() -> None:
    assert Sealer(SECRET).open(Sealer(SECRET).seal("", "name"), "name") == ""
