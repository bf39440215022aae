"""The programme: how much of each test is done at every change, and how much by `./dev trust NAME --full`."""
from typing import NamedTuple


class Row(NamedTuple):
    what: str     # what is counted
    in_ci: int
    in_full: int


ROWS = {
    "allocations": Row("points at which memory runs out", 2_000, 20_000),
    "calls": Row("system calls that fail", 1_000, 5_000),
    "power": Row("states of a disk after a power cut", 800, 5_000),
    "journal": Row("changed journals", 1_000, 10_000),
    "digests": Row("changed bytes of results", 200, 1_000),
    "kills": Row("kills", 100, 10_000),
    "signals": Row("signals", 50, 500),
    "limits": Row("pairs of limits", 40, 500),
    "streams": Row("standard streams", 100, 300),
    "random": Row("random scenarios", 100, 10_000),
    "mutants": Row("mutants", 100, 2_000),
    "planted": Row("planted modelling faults", 25, 25),
}

# Fuzzers go on for so many seconds each, or for so many executions.
FUZZ_SECONDS = 30
FUZZ_EXECUTIONS = 100_000_000
