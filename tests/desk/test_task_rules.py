"""Every row of the table from fields to tasks, by itself: when it asks, when it is met, when it is withdrawn. Pure."""

import pytest

from desk.task_kinds import KINDS
from desk.task_rules import RULES, Ask, asked

CAMBS, DERBYS, DEVON = "cambridgeshire", "derbyshire", "devon"
Values = dict[str, object]
WITHOUT_CONSENT: Values = {"caller": "school", "consent": "refused"}

BEGUN: list[tuple[str, str, Values]] = [
    ("decision", CAMBS, {}),
    ("decision", CAMBS, {"purpose": "contact"}),
    ("decision-endorsed", DERBYS, {}),
    ("endorsement", DERBYS, {"outcome": "signposting"}),
    ("family-notice", DERBYS, {"outcome": "signposting"}),
    ("police", DEVON, {"crime": "yes"}),
    ("form-101", CAMBS, {"caller": "police"}),
    ("dash", CAMBS, {"caller": "police", "domestic_abuse": "yes"}),
    ("referral-form", CAMBS, {"caller": "school"}),
    ("mash-enquiries", CAMBS, {"barnardo_scale": "3"}),
    ("mash-enquiries", CAMBS, {"caada_high": "yes"}),
    ("head-of-service", DERBYS, {"staff_family": "yes"}),
    ("second-record", CAMBS, {"parent_under_18": "yes"}),
    ("open-case-message", CAMBS, {"open_case": "yes"}),
    ("who-attends", DEVON, {"open_case": "no"}),
    ("authorisation", DERBYS, {"without_parents": "yes", "authorised_by": "a manager"}),
    ("written-request", CAMBS, {"written_request": "yes"}),
    ("consent-return", CAMBS, WITHOUT_CONSENT),
    ("consent-decision", CAMBS, WITHOUT_CONSENT),
    ("team-manager-now", CAMBS, {"protection_now": "yes"}),
    ("team-manager-now", CAMBS, {"rating": "amber"}),
    ("consent-again", CAMBS, {"rating": "red", "consent": "not-sought"}),
    ("outcome-notice", CAMBS, {"rating": "green", "caller": "gp"}),
    ("outcome-notice", DERBYS, {"outcome": "early-help", "caller": "police"}),
]
MET: list[tuple[str, str, Values]] = [
    ("decision-endorsed", DERBYS, {"outcome": "no-further-action"}),
    ("second-record", CAMBS, {"parent_under_18": "yes", "declined": "They said no."}),
    ("who-attends", DEVON, {"open_case": "no", "attends": "mash"}),
    ("authorisation", DERBYS, {"without_parents": "yes", "authorised_by": "a manager", "authorised_why": "risk"}),
    ("consent-return", CAMBS, {**WITHOUT_CONSENT, "referrer_returns": "yes"}),
    ("consent-decision", CAMBS, {"caller": "school", "consent": "given"}),
    ("consent-again", CAMBS, {"rating": "red", "consent": "given"}),
]
WITHDRAWN: list[tuple[str, str, Values]] = [
    ("decision", CAMBS, {"purpose": "check"}),
    ("decision", CAMBS, {"purpose": "consultation"}),
    ("endorsement", DERBYS, {"outcome": ""}),
    ("family-notice", DERBYS, {}),
    ("police", DEVON, {"crime": "unknown"}),
    ("form-101", CAMBS, {"caller": "school"}),
    ("dash", CAMBS, {"caller": "police", "domestic_abuse": "no"}),
    ("referral-form", CAMBS, {"caller": "public"}),
    ("referral-form", CAMBS, {"caller": "police"}),
    ("referral-form", CAMBS, {"caller": "cafcass", "purpose": "check"}),
    ("mash-enquiries", CAMBS, {"barnardo_scale": "2"}),
    ("head-of-service", DERBYS, {"staff_family": "no"}),
    ("second-record", CAMBS, {"parent_under_18": "no"}),
    ("open-case-message", CAMBS, {"open_case": "no"}),
    ("who-attends", DEVON, {"open_case": "yes"}),
    ("authorisation", DERBYS, {"without_parents": "no"}),
    ("written-request", CAMBS, {"written_request": "no"}),
    ("consent-return", CAMBS, {**WITHOUT_CONSENT, "protection_now": "yes"}),
    ("consent-return", CAMBS, {"caller": "family", "consent": "refused"}),
    ("consent-decision", CAMBS, {**WITHOUT_CONSENT, "rating": "amber"}),
    ("consent-decision", CAMBS, {"caller": "public", "consent": "not-asked"}),
    ("team-manager-now", CAMBS, {"rating": "green"}),
    ("consent-again", CAMBS, {"consent": "refused"}),
    ("outcome-notice", CAMBS, {"rating": "green", "caller": "family"}),
    ("outcome-notice", DERBYS, {"outcome": "early-help"}),
]


def asks(kind: str, authority: str, values: Values) -> Ask | None:
    return next((ask for rule, ask in asked(values, authority) if rule.kind == kind), None)


@pytest.mark.parametrize(("kind", "authority", "values"), BEGUN)
def test_a_task_is_asked_for(kind: str, authority: str, values: Values) -> None:
    assert asks(kind, authority, values) is Ask.BEGIN


@pytest.mark.parametrize(("kind", "authority", "values"), MET)
def test_a_task_is_met(kind: str, authority: str, values: Values) -> None:
    assert asks(kind, authority, values) is Ask.DONE


@pytest.mark.parametrize(("kind", "authority", "values"), WITHDRAWN)
def test_a_task_is_not_asked_for_any_more(kind: str, authority: str, values: Values) -> None:
    assert asks(kind, authority, values) is Ask.WITHDRAW


def test_every_row_is_tried_both_ways_and_has_its_kind() -> None:
    kinds = {rule.kind for rule in RULES}
    assert {kind for kind, _, _ in BEGUN} == kinds
    assert {kind for kind, _, _ in WITHDRAWN + MET} >= kinds - {"decision-endorsed"}
    assert kinds <= set(KINDS)


def test_an_authoritys_own_tasks_are_not_asked_for_elsewhere() -> None:
    assert asks("decision", DERBYS, {}) is None
    assert asks("decision-endorsed", CAMBS, {}) is None
    assert asks("open-case-message", DERBYS, {"open_case": "yes"}) is Ask.WITHDRAW
    assert asks("outcome-notice", DEVON, {"rating": "green", "caller": "gp"}) is None


def test_feedback_never_goes_to_family_or_public() -> None:
    for caller in ("family", "public", "young-person", ""):
        assert asks("outcome-notice", CAMBS, {"rating": "blue", "caller": caller}) is Ask.WITHDRAW


def test_every_kind_says_its_source_and_is_known_by_its_own_code() -> None:
    assert all(code == row.code and row.source and row.words for code, row in KINDS.items())
    assert all(len(code) <= 40 for code in KINDS)
