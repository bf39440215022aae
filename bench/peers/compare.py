#!/usr/bin/env python3
"""fleetrace beside other engines at the same work, in interleaved rounds. bench/README.md says how to read the table.

usage: compare.py FOLDER [ROUNDS] [--only WORD] [--quick]

FOLDER has the programs peer_fleetrace, peer_raw, peer_ns3 and peer_simgrid; those that are not there are left out. --only takes
the tasks with this word in their name, --quick the small ones, once and without counting instructions.

Time is CPU time of the process as each program counts it. A ratio is how many times as long the peer takes as fleetrace, the
median over rounds, with the least and the greatest beside it: neighbours disturb both of a round alike more often than one.
Instructions are counted by valgrind on a smaller task of the same kind, and those of a still smaller one are taken off, so that
starting up does not count. Programs with the same digest did the same work event by event; others show what they came to.
"""
import argparse
import functools
import pathlib
import re
import shutil
import statistics
import subprocess
from dataclasses import dataclass
from typing import Optional

HERE = pathlib.Path(__file__).parent
ROW = "{:<28} {:<15} {:>8} {:>8} {:>6}  {:<13} {:>10} {:>10} {:>8} {:>8}  {}"
#: Peers that are so slow that fewer rounds must do; nobody counts their instructions.
SLOW = {"simpy": 1, "simgrid": 2}
RAW = ["raw heap", "raw tournament"]


@dataclass
class Task:
    """What is compared. A task's words end in its size, so that sizes can be exchanged."""

    name: str
    ours: list
    theirs: list
    peers: list
    size: list  #: what both are to do
    counted: Optional[list] = None  #: two sizes between which instructions are counted
    is_quick: bool = False


def hold(name, ours, pending, events, peers):
    counted = [[pending, "20000"], [pending, "120000"]]
    return Task(name, [ours], ["hold"], peers, [pending, events], counted, pending == "1000")


def fleet(name, ours, devices, peers):
    return Task(name, [ours], ["fleet"], peers, [devices], [["1000"], ["4000"]])


def study(name, ours, peers):
    return Task(name, [ours], ["study"], peers, ["1000", "100"], [["1000", "1"], ["1000", "5"]])


TASKS = [
    hold("hold, 1e3 pending", "hold", "1000", "2000000", ["ns3", "simgrid", "simpy", *RAW]),
    hold("hold, 1e4 pending", "hold", "10000", "2000000", ["ns3", *RAW]),
    hold("hold, 1e5 pending", "hold", "100000", "2000000", ["ns3", "simpy", *RAW]),
    hold("hold, 1e6 pending", "hold", "1000000", "3000000", ["ns3", *RAW]),
    hold("timers, 1e3", "timers", "1000", "2000000", ["ns3"]),
    hold("timers, 1e4", "timers", "10000", "2000000", ["ns3"]),
    hold("timers, 1e5", "timers", "100000", "2000000", ["ns3"]),
    hold("timers, 1e6", "timers", "1000000", "3000000", ["ns3"]),
    fleet("fleet of 1e5, device", "fleet", "100000", ["ns3", "simpy"]),
    fleet("fleet of 1e4, device", "fleet", "10000", ["ns3", "simgrid", "simpy"]),
    study("study, 1e3 x 100, device", "study", ["ns3"]),
    # The peers know no spares: they do the same events and less work.
    fleet("fleet of 1e5, spares", "spares", "100000", ["ns3"]),
    fleet("fleet of 1e5, few spares", "spare", "100000", ["ns3"]),
    study("study, 1e3 x 100, spares", "spares", ["ns3"]),
    study("study, 1e3 x 100, few spares", "spare", ["ns3"]),
    fleet("fleet of 1e5, aggregate", "aggregate", "100000", ["ns3"]),
    study("study, 1e3 x 100, aggregate", "studies", ["ns3"]),
]


@dataclass
class Run:
    ns: float  #: an event
    events: int
    memory: float  #: [MiB] at its greatest
    digest: str

    @property
    def total(self):
        return self.ns * self.events


class Contest:
    def __init__(self, folder):
        self.folder = folder

    def command(self, peer):
        if peer == "simpy":
            return ["/usr/bin/python3", str(HERE / "simpy_peer.py")]  # Debian's, which has the package
        name, *how = peer.split()
        return [str(self.folder / f"peer_{name}"), *how]

    @functools.cache
    def is_there(self, peer):
        if peer == "simpy":
            return subprocess.run([self.command(peer)[0], "-c", "import simpy"], capture_output=True).returncode == 0
        return pathlib.Path(self.command(peer)[0]).exists()

    def run(self, peer, task):
        done = subprocess.run(self.command(peer) + task, capture_output=True, text=True, check=True)
        ns, events, memory, digest = done.stdout.split()
        return Run(float(ns), int(events), float(memory), digest)

    def count(self, peer, task):
        """Instructions and events."""
        valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
        done = subprocess.run(valgrind + self.command(peer) + task, capture_output=True, text=True, check=True)
        return int(re.search(r"Collected : (\d+)", done.stderr)[1]), int(done.stdout.split()[1])

    @functools.cache
    def instructions(self, peer, words, sizes):
        """Instructions and events between two sizes, or none where they cannot be counted."""
        if not shutil.which("valgrind") or peer in SLOW:
            return None
        (few, events), (many, more_events) = (self.count(peer, [*words, *size]) for size in sizes)
        return many - few, more_events - events


def show(contest, task, rounds, counts):
    """A task's rounds, all contestants in each, and its rows."""
    peers = [peer for peer in task.peers if contest.is_there(peer)]
    results = {peer: [] for peer in peers}
    for n in range(rounds):
        taking_part = [peer for peer in peers if n < SLOW.get(peer, rounds)]
        ours = contest.run("fleetrace", task.ours + task.size)
        for peer in taking_part:
            results[peer].append((ours, contest.run(peer, task.theirs + task.size)))
    sizes = tuple(map(tuple, task.counted))
    for peer, pairs in results.items():
        # Time for the task; shown for each of the events that the peer handles.
        ratios = sorted(theirs.total / ours.total for ours, theirs in pairs)
        ours_ns = statistics.median(ours.total / theirs.events for ours, theirs in pairs)
        peer_ns = statistics.median(theirs.ns for _, theirs in pairs)
        ours_count = peer_count = "-"
        theirs = contest.instructions(peer, tuple(task.theirs), sizes) if counts else None
        if theirs:
            mine = contest.instructions("fleetrace", tuple(task.ours), sizes)
            ours_count, peer_count = (f"{count / theirs[1]:.0f}" for count in (mine[0], theirs[0]))
        ours, theirs = pairs[0]
        same = "yes" if ours.digest == theirs.digest else f"{ours.digest} / {theirs.digest}"
        spread = f"{ratios[0]:.2f} - {ratios[-1]:.2f}"
        print(ROW.format(task.name, peer, f"{ours_ns:.1f}", f"{peer_ns:.0f}", f"{statistics.median(ratios):.2f}", spread,
                         ours_count, peer_count, f"{ours.memory:.0f}", f"{theirs.memory:.0f}", same), flush=True)


def main():
    parser = argparse.ArgumentParser(description="fleetrace beside other engines at the same work")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("rounds", type=int, nargs="?", default=5)
    parser.add_argument("--only", default="", metavar="WORD")
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    tasks = [task for task in TASKS if given.only in task.name and (task.is_quick or not given.quick)]
    if not tasks or given.rounds < 1:
        parser.error("the tasks are: " + "; ".join(task.name for task in TASKS) if not tasks else "a round at least")
    contest = Contest(given.folder)
    print(ROW.format("task", "peer", "ours ns", "peer ns", "ratio", "spread", "ours instr", "peer instr", "ours MiB", "peer MiB",
                     "same work"))
    for task in tasks:
        show(contest, task, 1 if given.quick else given.rounds, not given.quick)


main()
