"""Guards: goals that no strategy may meet, as `--fail-if` has them."""

from __future__ import annotations

from typing import NamedTuple, Sequence

from fleetrace._core import GoalVerdict

__all__ = ["Guard"]


class Guard(NamedTuple):
    """One goal for one strategy, of one case of a what-if. `verdict.met` says whether it tripped, `verdict.is_undecided` whether the
    interval of a probability lies on both sides of what it asks."""

    goal: str
    strategy: str
    verdict: GoalVerdict
    case: str = ""


def guards_of(goals: Sequence[str], strategies: Sequence[str], verdicts: Sequence[GoalVerdict], case: str = "") -> list[Guard]:
    """Guards with the names that verdicts count. Raises ValueError where a race has no such number."""
    for each in verdicts:
        if each.mean is None:
            raise ValueError(f'fail_if "{goals[each.goal]}": {strategies[each.strategy]} has no such number')
    return [Guard(goals[each.goal], strategies[each.strategy], each, case) for each in verdicts]
