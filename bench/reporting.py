"""How long does a report of a year take, where there are two years of 2,700 calls a day (ten million events) on 150 lines?"""

from contextlib import closing
from datetime import timedelta
from http.client import HTTPConnection
from statistics import median
from time import perf_counter

import psycopg

from bench.serving import Contestant
from routing.clock import SystemClock
from store.database import Database
from store.keys import Role, create

DAYS, ROWS = 730, 4_500
"""Rows of a day, as many as a day of so many calls was counted into (docs/adr/0016)."""
LIMIT, ROUNDS = 2.0, 5

COUNTED = """
INSERT INTO report_count (day, line, hour, who, measure, value, count)
SELECT day, 'devon-' || lpad((row % 146)::text, 3, '0'), CASE WHEN row < 3000 THEN row / 146 ELSE 0 END,
       CASE WHEN row < 3000 THEN '' ELSE 'Locality ' || row % 300 || ' Team' END,
       (CASE WHEN row < 3000 THEN ARRAY['person', 'open', 'to-ringing', 'to-person', 'depth', 'caller-gone']
             ELSE ARRAY['called', 'took', 'connected', 'no-answer', 'busy', 'not-accepted'] END)[1 + row / 7 % 6],
       CASE WHEN row / 7 % 6 IN (1, 2, 3) THEN row % 90 ELSE 0 END, 1 + row % 5
FROM generate_series(current_date - {days}, current_date - 1, interval '1 day') AS day, generate_series(0, {rows} - 1) AS row
ON CONFLICT DO NOTHING;
INSERT INTO report_day (day, events, counted_at)
SELECT day, 1000000, now() FROM generate_series(current_date - {days}, current_date - 1, interval '1 day') AS day
ON CONFLICT DO NOTHING;
ANALYZE report_count;
"""


def counted(url: str) -> int:
    """Fill the counts of two years, as if each day had been counted; how many rows those are."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as raw:
        for statement in COUNTED.format(days=DAYS, rows=ROWS).split(";\n"):
            if statement.strip():
                raw.execute(statement.encode())
        found = raw.execute("SELECT count(*) FROM report_count").fetchone()
        return int(found[0]) if found else 0


def reports(worker: Contestant, url: str) -> dict[str, float]:
    """The seconds of a year's report beside the year before, by each way of telling calls apart; medians."""
    database, now = Database(url), SystemClock().now()
    with database.write_in_order() as connection:
        _, key = create(connection, "bench", Role.ADMIN, "bench", now)
    database.close()
    first, last = (str((now - timedelta(days=back)).date()) for back in (365, 1))
    return {by: median(_took(worker, key, first, last, by) for _ in range(ROUNDS)) for by in ("line", "team", "hour")}


def _took(worker: Contestant, key: str, first: str, last: str, by: str) -> float:
    with closing(HTTPConnection("127.0.0.1", worker.port, timeout=60)) as line:
        began = perf_counter()
        path = f"/api/v1/reports?from={first}&until={last}&by={by}"
        line.request("GET", path, headers={"Authorization": f"Bearer {key}"})
        reply = line.getresponse()
        said = reply.read()
        if reply.status != 200:
            raise RuntimeError(f"a report was answered with {reply.status}: {said[:500]!r}")
        return perf_counter() - began
