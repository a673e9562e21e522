"""Which keys find whom: accents, double names, titles; whoever is not listed is not found; changes count at once."""

from dataclasses import replace

import pytest

from directory.keypad import parts, spellings, spells
from directory.model import Authority, Entry, Listing, Person, Team
from directory.names import given
from directory.snapshot import Change, Kind, Snapshot, written

EVERYWHERE: tuple[Entry, ...] = (
    Authority("devon", "Devon"),
    Authority("derby", "Derby City"),
    Team("duty", "Duty", "devon"),
    Team("other", "Other", "derby"),
)


def keys(word: str) -> str:
    """The keys of a word of small letters, as they are printed on a telephone."""
    printed = {"2": "abc", "3": "def", "4": "ghi", "5": "jkl", "6": "mno", "7": "pqrs", "8": "tuv", "9": "wxyz"}
    return "".join(key for letter in word for key, letters in printed.items() if letter in letters)


def directory(*people: Person) -> Snapshot:
    return Snapshot().changed(1, [written(entry) for entry in (*EVERYWHERE, *people)])


def person(name: str, slug: str = "w-1", team: str = "duty") -> Person:
    return Person(slug, name, team)


def found(where: Snapshot, letters: str, authority: str = "devon") -> list[str]:
    return sorted(one.slug for one in where.people_spelt(authority, keys(letters)))


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Anna Smith-Jones", ["smi", "jon", "smithj", "smithjones", "anna", "smithjonesanna", "annasmi"]),
        ("Anna Smith Jones", ["smi", "jon", "smithj"]),
        ("Siân Ó’Brien", ["sian", "obrien", "obr"]),
        ("Maeve O'Madeup", ["omad", "mae"]),
        ("Łukasz Żółć", ["lukasz", "zolc"]),
        ("Bjørn Straße", ["bjorn", "strasse"]),
        ("Æthel Þorn", ["aethel", "thorn"]),
        ("Ngozi Adeyẹmí", ["adeyemi", "ngo"]),
        ("Hart, Dr Rowan", ["hart", "rowan", "hartrowan"]),
        ("Prof. Rowan Hart (they/them)", ["hart", "rowan"]),
        ("Wei Ng", ["ngw", "weing"]),
        ("𝐀𝐝𝐚 Ｑｕｉｌｌ", ["ada", "quill"]),
        ("Jean‑Luc de la Cruz", ["luc", "cruz", "delacruz"]),
    ],
)
def test_a_name_is_found_by_each_of_its_parts_and_by_the_whole(name: str, letters: list[str]) -> None:
    where = directory(person(name))
    assert [one for one in letters if not found(where, one)] == []
    assert not any(found(where, one + "zzz") for one in letters)


@pytest.mark.parametrize("name", ["", "Ж", "Иван Петров", "中村", "12345", "Jo", "(nobody)", "Dr"])
def test_a_name_of_too_few_letters_is_found_by_none_and_is_no_fault(name: str) -> None:
    where = directory(person(name))
    assert not any(where.openings)
    assert not found(where, "abc")
    assert len(spellings(name)) == len(parts(name))


def test_other_letters_of_the_same_keys_are_the_same() -> None:
    assert found(directory(person("Rowan Hart")), "hast") == ["w-1"]
    assert not spells(keys("har") + "1", person("Rowan Hart"))


def test_only_the_authority_that_was_rung_is_looked_through() -> None:
    where = directory(
        person("Rowan Hart"), person("Tamsin Hart", "w-2", "other"), person("Piers Hart", "w-3", "nowhere")
    )
    assert (found(where, "hart"), found(where, "hart", "derby")) == (["w-1"], ["w-2"])
    assert where.naming == {"devon", "derby"}


def test_whoever_is_not_listed_is_not_found_and_does_not_make_an_offer() -> None:
    hidden = replace(person("Rowan Hart"), listed=Listing.UNLISTED)
    where = directory(hidden)
    assert (found(where, "hart"), where.naming, dict(where.openings)) == ([], frozenset(), {})
    where = where.changed(2, [written(replace(hidden, listed=Listing.LISTED))])
    assert (found(where, "hart"), where.naming) == (["w-1"], frozenset(["devon"]))
    assert found(where.changed(3, [written(hidden)]), "hart") == []


def test_a_change_is_found_and_the_former_name_is_not() -> None:
    before = directory(person("Rowan Hart"), person("Tamsin Hart", "w-2"))
    after = before.changed(2, [written(person("Rowan Smith"))])
    assert (found(after, "hart"), found(after, "smith"), found(after, "rowan")) == (["w-2"], ["w-1"], ["w-1"])
    assert found(before, "hart") == ["w-1", "w-2"], "a snapshot is never altered"
    gone = after.changed(3, [Change(Kind.PERSON, "w-1", None), Change(Kind.PERSON, "w-2", None)])
    assert (dict(gone.openings), gone.naming) == ({}, frozenset())


def test_the_last_of_several_changes_of_one_person_counts() -> None:
    where = directory(person("Rowan Hart"), person("Rowan Smith"), person("Rowan Green"))
    assert (found(where, "hart"), found(where, "smith"), found(where, "green")) == ([], [], ["w-1"])
    assert found(where.changed(2, [written(person("Rowan Hart")), Change(Kind.PERSON, "w-1", None)]), "rowan") == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Rowan Hart", "Rowan"), ("Anne-Marie O'Madeup", "Anne-Marie"), ("Hart, Rowan", "Rowan"), ("Dr Rowan Hart", "Rowan"),
        ("Rowan J. Hart", "Rowan"), ("ROWAN HART", "ROWAN"), ("R Hart", "R"),
    ],
)  # fmt: skip
def test_the_given_name_may_be_said(name: str, said: str) -> None:
    assert given(name) == said


@pytest.mark.parametrize("name", ["Hart", "Mrs Hart", "HART Rowan", "Hart R", "HART J.", "Hart,", "", "J. J."])
def test_what_may_be_a_surname_is_never_taken_for_a_given_name(name: str) -> None:
    assert given(name) == ""
