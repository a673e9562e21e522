"""Which areas bring their own states, pictures and tasks? One file each, with the same names in it."""

from tests.browser.areas import (
    acceptances,
    alarms,
    drafts,
    fail_over,
    number_tests,
    past_calls,
    phone,
    plans,
    report_mails,
    reports,
    routes,
    wallboard,
)

AREAS = (
    acceptances,
    alarms,
    drafts,
    fail_over,
    number_tests,
    past_calls,
    phone,
    plans,
    report_mails,
    reports,
    routes,
    wallboard,
)
