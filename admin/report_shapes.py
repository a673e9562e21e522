"""How is a report asked for, and what does it tell?"""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from admin.body import Slug, Strict

BY = ("line", "team", "hour", "day")


class CallReportQuery(Strict):
    """Which days, both included, whose calls, and how they are told apart."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    since: Slug = Field(
        "", alias="from", description="A day, such as 2026-11-01; the first of its month where none is given."
    )
    until: Slug = Field("", description="A day, such as 2026-11-30; today where none is given.")
    authority: Slug = Field("", description="Only the lines of this authority.")
    line: Slug = Field("", description="Only this line.")
    by: Slug = Field("line", description="How they are told apart: line, team, hour or day.")


class DaysOut(BaseModel):
    """Some days, both included."""

    since: str = Field(serialization_alias="from", examples=["2026-11-01"])
    until: str = Field(examples=["2026-11-30"])


class Spread(BaseModel):
    """How values are spread; none: too few to tell."""

    median: int | None = Field(description="Half of the values are at most this; told of five values or more.")
    p90: int | None = Field(description="Nine of ten are at most this; told of ten or more.")
    p95: int | None = Field(description="Nineteen of twenty are at most this; told of twenty or more.")


class Figures(BaseModel):
    """Calls counted. Each number is rounded by itself, and none where it is fewer than five."""

    offered: int | None
    answered: int | None
    abandoned: int | None
    call_backs: int | None
    safe_messages: int | None
    answered_percent: int | None
    abandoned_percent: int | None
    out_of_hours: int | None
    out_of_hours_percent: int | None
    wrong_door: int | None
    wrong_door_percent: int | None
    seconds_to_ringing: Spread
    seconds_to_person: Spread
    phones: Spread = Field(description="How many phones of the ladder rang.")
    target_seconds: int | None = Field(
        description="The deployment's target of this line; none: there is no one target."
    )
    within_target: int | None = Field(description="Calls that reached a person within their line's target.")
    within_target_percent: int | None = Field(description="Of those offered on lines that have a target.")


class TeamFigures(BaseModel):
    """How those who were rung answered. Each number is rounded by itself, and none where it is fewer than five."""

    calls: int | None = Field(description="Calls in which at least one of their phones rang.")
    answered: int | None = Field(description="Calls that one of them took.")
    answered_percent: int | None
    phones: int | None = Field(description="How often a phone of theirs was rung.")
    not_reached: int | None = Field(description="How often that led to nobody; the four after it are the ways.")
    not_reached_percent: int | None
    no_answer: int | None
    busy: int | None
    failed: int | None
    not_accepted: int | None
    seconds_to_answer: Spread


class Beside(BaseModel):
    """What was counted beside the calls themselves, rounded alike."""

    transfers: int | None
    transfers_completed: int | None
    transfers_failed: int | None
    call_backs_due: int | None
    call_backs_on_time: int | None
    call_backs_on_time_percent: int | None
    deadlines_due: int | None
    deadlines_met: int | None
    deadlines_met_percent: int | None


class ReportRow(BaseModel):
    """One line, team, hour or day."""

    code: str = Field(examples=["devon", "Initial Response North", "09", "2026-11-02"])
    name: str
    calls: Figures | None = None
    team: TeamFigures | None = None
    calls_before: Figures | None = Field(None, description="The same of the days before; by line and by hour.")
    team_before: TeamFigures | None = Field(None, description="The same of the days before; by team.")


class CallReport(BaseModel):
    """A report, and the same of as many days right before."""

    days: DaysOut
    days_before: DaysOut
    authority: str
    line: str
    by: str
    counted_at: str | None = Field(description="When these days were last counted; none: not yet.")
    days_uncounted: int = Field(description="Days that have calls, perhaps, and were not counted yet.")
    targets: dict[str, int] = Field(
        description="By line that the report is about, within how many seconds a person should answer."
    )
    least: int = Field(description="Smaller numbers are left out, others rounded to multiples of it.")
    total: Figures
    total_before: Figures
    beside: Beside
    beside_before: Beside
    rows: list[ReportRow]
