"""Which plan in force names a team? That team must not go."""

from collections.abc import Mapping

from ivr.moment import World


def teams_in_plans(world: World) -> Mapping[str, str]:
    """Each team that is named, and the line of one plan that names it."""
    plans = (world.plans.of_line(line) for line in world.plans.current)
    return {team: plan.line for plan in plans if plan for team in plan.teams}
