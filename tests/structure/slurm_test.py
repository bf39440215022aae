#!/usr/bin/env python3
"""A study in 40 parts on a real Slurm of two nodes, of which one task and one node die, is that of one machine to the byte.

usage: slurm_test.py ROOT [IGNORED]     with FLEETRACE_PROGRAM naming the program

Takes slurm-wlm and munge, on loopback and in a folder of its own; without them it is a visible skip. The first task on each node
stops half-way, as if its disk hung. On one node the task is killed then; on the other everything dies, the daemon first.
"""
import filecmp
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

from slurm_cluster import Cluster, missing, wait_for

PROGRAM = os.environ.get("FLEETRACE_PROGRAM", "")
PARTS = 40
STUDY = ["race-under-uncertainty", "--replications", "2000"]
# The program in its place: the first task on each node computes a little and then hangs. A program that was faster than the stop
# signal has nothing left that could be lost, so it begins anew.
WRAPPER = """#!/bin/bash
is_stopped_half_way() {
  [[ $(ps -o stat= "$1") == T* ]] && ! grep -q '"finished"' "study-parts/$SLURM_ARRAY_TASK_ID/manifest.json"
}
if [ -n "${SLURM_ARRAY_TASK_ID:-}" ] && mkdir "%(there)s/hung-$SLURMD_NODENAME" 2>/dev/null; then
  while :; do
    rm -rf "study-parts/$SLURM_ARRAY_TASK_ID"
    "%(program)s" "$@" &
    until [ -s "study-parts/$SLURM_ARRAY_TASK_ID/replications.journal" ]; do :; done
    kill -STOP $!
    until [[ $(ps -o stat= $!) != [RSD]* ]]; do :; done
    if is_stopped_half_way $!; then break; fi
    kill -KILL $!
    wait $!
  done
  echo "$PPID $$ $! $SLURM_ARRAY_TASK_ID" >"%(there)s/hung-$SLURMD_NODENAME/who.new"
  mv "%(there)s/hung-$SLURMD_NODENAME/who.new" "%(there)s/hung-$SLURMD_NODENAME/who"
  wait
fi
exec "%(program)s" "$@"
"""


def check(holds, what):
    if not holds:
        raise RuntimeError(what)


def kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def hand_in(cluster, work, *more):
    done = subprocess.run(["bash", "study.sh", *more], cwd=work, env=cluster.environment, capture_output=True, text=True)
    check(done.returncode == 0, f"study.sh says {done.stdout}{done.stderr}")


def is_idle(cluster):
    """Whether no job is left; one whose dependency failed is removed by Slurm itself."""
    return cluster.run("squeue", "-h").stdout.strip() == ""


def differences(one, other):
    found = filecmp.dircmp(one, other)
    _, changed, odd = filecmp.cmpfiles(one, other, found.common_files, shallow=False)
    return found.left_only + found.right_only + changed + odd


def story(cluster, work, there, program):
    hand_in(cluster, work)
    hung = [there / f"hung-{name}" / "who" for name in cluster.NODES]
    wait_for(lambda: all(each.exists() for each in hung), 30, "a task to hang on each node")
    (_, shell, task, first), (step, other_shell, other_task, second) = ([int(x) for x in each.read_text().split()] for each in hung)
    # The shell first: it would begin the part anew.
    for pid in (shell, task):
        kill(pid)
    node = cluster.processes["n2"]
    for pid in (node.pid, step, other_shell, other_task):
        kill(pid)
    node.wait()
    wait_for(lambda: "down" in cluster.run("sinfo", "-h", "-n", "n2", "-o", "%T").stdout, 30, "Slurm to see that a node died")
    cluster.start_node("n2")
    # Slurm lets what it takes back wait for two minutes, as long as nobody says otherwise.
    array = min(cluster.run("squeue", "-h", "-r", "-o", "%F").stdout.split(), key=int)
    cluster.run("scontrol", "update", f"JobId={array}_{second}", "StartTime=now")
    wait_for(lambda: is_idle(cluster), 60, "the parts")
    check(not (work / "study").exists(), "a study was merged whose part was killed")
    spec = subprocess.run([program, "missing", *sorted(map(str, work.glob("study-parts/*/")))], capture_output=True, text=True)
    check(spec.stdout == f"{first}\n", f"missing are {spec.stdout}{spec.stderr}, and part {first} was killed, {second} died with its node")
    hand_in(cluster, work, spec.stdout.strip())
    wait_for(lambda: is_idle(cluster), 30, "the merge")
    check((work / "study" / "manifest.json").exists(), "nothing was merged")


def main():
    if not PROGRAM or not os.path.exists(PROGRAM):
        print("SKIPPED: the program is not built")
        return 77
    if missing():
        print(f"SKIPPED: of Slurm, {', '.join(missing())} are not here: apt-get install slurm-wlm munge")
        return 77
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="fleetrace-slurm-") as folder:
        there = pathlib.Path(folder)
        work = there / "work"
        tools = there / "tools"
        for each in (work, tools, there / "alone"):
            each.mkdir()
        (tools / "fleetrace").write_text(WRAPPER % {"there": there, "program": PROGRAM})
        (tools / "fleetrace").chmod(0o755)
        script = subprocess.run([PROGRAM, "cluster", "slurm", STUDY[0], "--", *STUDY[1:]], capture_output=True, text=True, check=True)
        (work / "study.sh").write_text(script.stdout)
        subprocess.run([PROGRAM, "compare", *STUDY, "--jobs", "1", "--output", "study"], cwd=there / "alone", check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            with Cluster(there / "slurm", tools) as cluster:
                up = time.monotonic() - begun
                try:
                    story(cluster, work, there, PROGRAM)
                except RuntimeError:
                    print(cluster.run("squeue").stdout, cluster.run("sinfo").stdout)
                    raise
        except RuntimeError as error:
            for log in there.glob("slurm/log/slurmctld.log"):
                print(f"== {log.name}\n{log.read_text()[-3000:]}")
            print(f"slurm_test: {error}")
            return 1
        other = differences(work / "study", there / "alone" / "study")
        if other:
            print(f"slurm_test: the merged study differs from that of one machine in {other}")
            return 1
    print(f"{PARTS} parts on two nodes, one task killed, one node lost, the same bytes; {time.monotonic() - begun:.0f} s, of which "
          f"{up:.0f} s until Slurm was up")
    return 0


if __name__ == "__main__":
    sys.exit(main())
