"""Which areas bring their own states, pictures and tasks? One file each, with the same names in it."""

from tests.browser.areas import acceptances, drafts, fail_over, past_calls, phone, plans, routes

AREAS = (acceptances, drafts, fail_over, past_calls, phone, plans, routes)
