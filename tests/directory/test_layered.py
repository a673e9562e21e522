"""Does a large group under its changes read like the ``dict`` that it stands for? It is made so large that nothing is copied."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from directory.layered import DEEP, LARGE, Layered, changed, differing

BELOW: Mapping[int, str] = {key: f"entry {key}" for key in range(LARGE)}
CHANGES = st.dictionaries(st.integers(LARGE - 5, LARGE + 5), st.none() | st.text(max_size=2), max_size=6)


def as_dict(group: Mapping[int, str], changes: Mapping[int, str | None]) -> dict[int, str]:
    """What a ``dict`` would become."""
    removed = {key for key, value in changes.items() if value is None}
    kept = {key: value for key, value in group.items() if key not in removed}
    return kept | {key: value for key, value in changes.items() if value is not None}


@given(st.lists(CHANGES, min_size=1, max_size=4))
def test_it_reads_like_the_dict_that_it_stands_for(several: list[Mapping[int, str | None]]) -> None:
    group, plain = BELOW, dict(BELOW)
    for changes in several:
        before, group, plain = group, changed(group, changes), as_dict(plain, changes)
        assert (dict(group), len(group), group.get(LARGE)) == (plain, len(plain), plain.get(LARGE))
        assert all((key in group) == (key in plain) for key in range(LARGE - 5, LARGE + 6))
        assert [key for key in group if key in before] == [key for key in before if key in group]
        assert set(differing(before, group)) == {
            key for key in before.keys() | group.keys() if before.get(key) is not group.get(key)
        }
    assert len(BELOW) == LARGE


def test_a_change_of_a_large_group_copies_nothing_until_there_are_many() -> None:
    group = BELOW
    for key in range(DEEP):
        group = changed(group, {key: "another"})
        assert isinstance(group, Layered)
    whole = changed(group, {DEEP: "another"})
    assert isinstance(whole, dict)
    assert set(differing(group, whole)) == {DEEP}


def test_a_group_that_does_not_change_is_the_same_group() -> None:
    assert changed(BELOW, {}) is BELOW
    assert changed({1: "one"}, {2: "two", 1: None}) == {2: "two"}
