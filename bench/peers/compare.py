#!/usr/bin/env python3
"""fleetrace beside other engines at the same work, in interleaved rounds.

usage: compare.py FOLDER [ROUNDS]   FOLDER has the programs peer_fleetrace, peer_ns3 and peer_simgrid

Time is CPU time of the process as each program counts it. A ratio is how many times as long the peer takes as fleetrace, the
median over rounds, with the least and the greatest beside it: neighbours disturb both of a pair alike more often than one.
Programs with the same digest did the same work event by event; others show the failures and device years that they came to.
"""
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
# What is compared: the tasks of fleetrace and of its peers, the peers, whether slow ones take part.
HOLD = ["ns3", "simgrid", "simpy"]
TASKS = [
    ("hold, 1e3 pending", ["hold", "1000", "2000000"], None, HOLD),
    ("hold, 1e5 pending", ["hold", "100000", "2000000"], None, ["ns3", "simpy"]),
    ("hold, 1e6 pending", ["hold", "1000000", "3000000"], None, ["ns3"]),
    ("fleet of 1e5, device", ["fleet", "100000"], None, ["ns3", "simpy"]),
    ("fleet of 1e4, device", ["fleet", "10000"], None, HOLD),
    ("study, 1e3 x 100, device", ["study", "1000", "100"], None, ["ns3"]),
    ("fleet of 1e5, aggregate", ["aggregate", "100000"], ["fleet", "100000"], ["ns3"]),
    ("study, 1e3 x 100, aggregate", ["studies", "1000", "100"], ["study", "1000", "100"], ["ns3"]),
]
SLOW = {"simpy": 1, "simgrid": 2}


def command(folder, peer):
    if peer == "simpy":
        return ["/usr/bin/python3", str(HERE / "simpy_peer.py")]  # Debian's, which has the package
    return [str(folder / f"peer_{peer}")]


def run(folder, peer, task):
    """ns an event, events, peak MiB and the digest."""
    done = subprocess.run(command(folder, peer) + task, capture_output=True, text=True, check=True)
    ns, events, memory, digest = done.stdout.split()
    return float(ns), int(events), float(memory), digest


def main():
    folder = pathlib.Path(sys.argv[1])
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    row = "{:<28} {:<8} {:>9} {:>9} {:>7}  {:<13} {:>8} {:>8}  {}"
    print(row.format("task", "peer", "ours ns", "peer ns", "ratio", "spread", "ours MiB", "peer MiB", "same work"))
    for name, ours, theirs, peers in TASKS:
        for peer in peers:
            pairs = []
            for _ in range(min(rounds, SLOW.get(peer, rounds))):
                pairs.append((run(folder, "fleetrace", ours), run(folder, peer, theirs or ours)))
            # Time for the task; shown for each of the events that the peer handles.
            ratios = sorted(p[0] * p[1] / (o[0] * o[1]) for o, p in pairs)
            ours_ns = statistics.median(o[0] * o[1] / p[1] for o, p in pairs)
            peer_ns = statistics.median(p[0] for _, p in pairs)
            o, p = pairs[0]
            same = "yes" if o[3] == p[3] else f"{o[3]} / {p[3]}"
            print(row.format(name, peer, f"{ours_ns:.1f}", f"{peer_ns:.0f}", f"{statistics.median(ratios):.2f}",
                             f"{ratios[0]:.2f} - {ratios[-1]:.2f}", f"{o[2]:.0f}", f"{p[2]:.0f}", same), flush=True)


main()
