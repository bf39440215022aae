"""fleetrace races GPU purchase strategies against each other over years of better chips and better algorithms, and says which one
ends with the lower loss, and at what cost.

>>> import fleetrace as ft
>>> s = ft.load("hare-and-turtle")
>>> s["strategies.turtle.budget"] = "3e9 USD"
>>> r = ft.run(s, seed=1)
>>> round(r["turtle"].final.relative_loss, 3)
0.525
"""

from fleetrace import plot
from fleetrace._core import Decision, Finding, Observation, git_hash as __git_hash__, version as __version__
from fleetrace.cite import Citation
from fleetrace.compare import Comparison, PlanBands, compare
from fleetrace.diff import Diff, diff
from fleetrace.distributions import Distribution, choice, empirical, lognormal, normal, triangular, uniform
from fleetrace.errors import (Error, FolderBusy, FolderError, Interrupted, InvalidScenario, OptimizeError, RunError, Stopped,
                              StudyError, UnknownName)
from fleetrace.fit import Fit, fit
from fleetrace.guards import Guard
from fleetrace.objective import Judgement, Outcome
from fleetrace.own import Key, register
from fleetrace.optimize import Optimum, UncertainOptimum, optimize
from fleetrace.parts import cluster, merge, missing
from fleetrace.reference import Listing, init, list, live, report, scenarios, schema, validate
from fleetrace.result import Result
from fleetrace.run import Overtake, Run, run
from fleetrace.scenario import Scenario, load
from fleetrace.sensitivity import Sensitivity, sensitivity
from fleetrace.shards import Part
from fleetrace.shown import show_records
from fleetrace.solve import Solve, solve
from fleetrace.sweep import Sweep, sweep
from fleetrace.table import Table
from fleetrace.theory import (Frontier, Milestones, Roadmap, Theory, TheoryTable, Tokens, frontier, milestones, roadmap, theory,
                              tokens_needed)
from fleetrace.units import (FLOP, GW, MW, PFLOP, TFLOP, USD, GWh, MWh, Quantity, W, day, h, kW, kWh, month, s, yr)
from fleetrace.what_if import WhatIf, what_if

show_records()

# `from fleetrace import *` leaves the built-in `list` alone.
__all__ = [
    "Citation", "Comparison", "Decision", "Diff", "Distribution", "Error", "FLOP", "Finding", "Fit", "FolderBusy", "FolderError",
    "Frontier", "GW", "GWh", "Guard", "Interrupted", "InvalidScenario", "Judgement", "Key", "Listing", "MW", "MWh",
    "Milestones", "Observation", "OptimizeError", "Optimum", "Outcome", "Overtake", "PFLOP", "Part", "PlanBands", "Quantity", "Result", "Roadmap", "Run",
    "RunError", "Scenario", "Sensitivity", "Solve", "Stopped", "StudyError", "Sweep", "TFLOP", "Table", "Theory", "TheoryTable",
    "Tokens", "USD", "UncertainOptimum", "UnknownName", "W", "WhatIf", "__git_hash__", "__version__", "choice", "cluster", "compare", "day", "diff",
    "empirical", "fit", "frontier", "h", "init", "kW", "kWh", "live", "load", "lognormal", "merge", "milestones", "missing", "month", "normal", "optimize",
    "plot", "register", "report", "roadmap", "run", "s", "scenarios", "schema", "sensitivity", "solve", "sweep", "theory",
    "tokens_needed", "triangular", "uniform", "validate", "what_if", "yr",
]
