#!/usr/bin/env python3
"""Installs into a folder, moves it, and builds programs against it: by find_package, by pkg-config, and the examples.

usage: install_test.py ROOT [IGNORED]     with FLEETRACE_PROGRAM naming the program, CMAKE and CXX the tools

The libraries are those of the build that the program lies in; sanitised ones are no libraries for others, so that build
is skipped.
"""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

PROGRAM = os.environ.get("FLEETRACE_PROGRAM", "")
CMAKE = os.environ.get("CMAKE", "cmake")
CXX = os.environ.get("CXX", "c++")

INSTALLED = ("bin/fleetrace", "include/fleetrace/fleetrace.hpp", "include/fleetrace/study.hpp", "lib/libfleetrace_api.a",
             "lib/pkgconfig/fleetrace.pc", "lib/cmake/fleetrace/fleetraceConfig.cmake", "share/man/man1/fleetrace.1.gz",
             "share/bash-completion/completions/fleetrace", "share/zsh/vendor-completions/_fleetrace",
             "share/fleetrace/scenarios/hare-and-turtle.yaml", "share/fleetrace/scenarios/catalog/accelerators/h100.yaml")
# A contract with every program: some two dozen headers, and nothing of the mechanics behind them.
MOST_HEADERS = 28


def run(*command, **options):
    result = subprocess.run([str(each) for each in command], capture_output=True, text=True, **options)
    if result.returncode:
        sys.exit(f"install_test: {' '.join(map(str, command))} exits with {result.returncode}:\n{result.stdout}{result.stderr}")
    return result.stdout


def setting(cache, name):
    found = re.search(rf"^{name}(?::\w+)?=(.*)$", cache, re.M)
    return found.group(1) if found else ""


def build_examples(root, there, prefix, generator):
    """The programs of docs/examples/cpp, built against the installed library; their folder."""
    folder = there / "examples"
    run(CMAKE, "-S", root / "docs/examples/cpp", "-B", folder, "-G", generator, f"-DCMAKE_PREFIX_PATH={prefix}",
        f"-DCMAKE_CXX_COMPILER={CXX}")
    run(CMAKE, "--build", folder)
    return folder


def interrupted(program):
    """What a study of far too many replications prints when Ctrl-C comes as soon as it is under way."""
    process = subprocess.Popen([program, "100000"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    process.stderr.read(1)
    process.send_signal(signal.SIGINT)
    text, _ = process.communicate(timeout=120)
    if process.returncode:
        sys.exit(f"install_test: interrupted, the study exits with {process.returncode}")
    return text


def check_examples(root, there, prefix, generator, results):
    """They say what the program says of the same scenarios."""
    folder = build_examples(root, there, prefix, generator)
    losses = {each["name"]: each["final"]["relative_loss"] for each in results["strategies"]}
    first = run(folder / "run_and_print").splitlines()
    expected = [f"{name:<8} loss {loss:.4f}" for name, loss in losses.items()]
    if [line.split(",")[0] for line in first[:-1]] != expected or not first[-1].startswith("with 3e9 USD: 0."):
        sys.exit(f"install_test: run_and_print prints {first}")
    own = run(folder / "own_strategy").strip()
    if not re.fullmatch(rf"fox 0\.\d{{4}}, hare {losses['hare']:.4f}", own) or own.split()[1].rstrip(",") == own.split()[3]:
        sys.exit(f"install_test: own_strategy prints {own!r}")
    compared = json.loads(run(PROGRAM, "compare", "race-under-uncertainty", "--replications", "50", "--format", "json"))
    plan = run(folder / "plan").splitlines()
    spend = next(each["final"]["spend_usd"] for each in results["strategies"] if each["name"] == "turtle")
    if len(plan) != 9 or plan[-1] != f"8 years: {spend / 1e9:.3f} billion USD":
        sys.exit(f"install_test: plan prints {plan}")
    study = run(folder / "study", "50").splitlines()
    means = [f"{each['name']:<8} {each['mean']:.4f}" for each in compared["strategies"]]
    if [line.split(" (")[0] for line in study[:-1]] != means or study[-1] != "50 replications":
        sys.exit(f"install_test: study prints {study}, not {means}")
    if not re.search(r"\n\d+ replications, stopped early\n$", interrupted(folder / "study")):
        sys.exit("install_test: an interrupted study does not say so")


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    build = pathlib.Path(PROGRAM).parent
    if not PROGRAM or not (build / "CMakeCache.txt").exists():
        print("SKIPPED: no build")
        return 77
    cache = (build / "CMakeCache.txt").read_text()
    if setting(cache, "FLEETRACE_SANITIZE"):
        print("SKIPPED: sanitised libraries")
        return 77
    with tempfile.TemporaryDirectory() as name:
        there = pathlib.Path(name)
        libraries = setting(cache, "CMAKE_INSTALL_LIBDIR")
        run(CMAKE, "--install", build, "--prefix", there / "first")
        prefix = there / "moved here"
        shutil.move(there / "first", prefix)
        headers = sorted(str(path.relative_to(prefix / "include")) for path in (prefix / "include").rglob("*.hpp"))
        public = sorted(str(path.relative_to(root / "include")) for path in (root / "include").rglob("*.hpp"))
        if headers != public or len(headers) > MOST_HEADERS:
            sys.exit(f"install_test: {len(headers)} headers are installed, not the {len(public)} public ones: {headers}")
        missing = [path for path in INSTALLED if not (prefix / path.replace("lib/", libraries + "/", 1)).exists()]
        if missing:
            sys.exit(f"install_test: not installed: {missing}")

        results = json.loads(run(prefix / "bin/fleetrace", "run", "hare-and-turtle", "--format", "json"))
        expected = [results["fleetrace"]]
        expected += [f"{each['name']} {each['final']['relative_loss']:.12g}" for each in results["strategies"]]
        shipped = json.loads(run(prefix / "bin/fleetrace", "run", prefix / "share/fleetrace/scenarios/hare-and-turtle.yaml",
                                 "--format", "json"))
        if shipped["strategies"] != results["strategies"]:
            sys.exit("install_test: the installed scenario is not the embedded one")

        source, here = root / "tests/structure/consumer", there / "consumer"
        run(CMAKE, "-S", source, "-B", here, "-G", setting(cache, "CMAKE_GENERATOR"), f"-DCMAKE_PREFIX_PATH={prefix}",
            f"-DCMAKE_CXX_COMPILER={CXX}")
        run(CMAKE, "--build", here)
        found = [("find_package", run(here / "consumer"))]

        environment = dict(os.environ, PKG_CONFIG_PATH=str(prefix / libraries / "pkgconfig"))
        flags = run("pkg-config", "--cflags", "--libs", "fleetrace", env=environment)
        run("sh", "-c", f'exec "$0" -std=c++20 "$1" -o "$2" {flags}', CXX, source / "main.cpp", there / "second")
        found.append(("pkg-config", run(there / "second")))
        for way, text in found:
            if text.split("\n")[:-1] != expected:
                sys.exit(f"install_test: by {way} the program prints {text!r}, not {expected}")
        check_examples(root, there, prefix, setting(cache, "CMAKE_GENERATOR"), results)
    print("installed, moved, and used by find_package, by pkg-config and by the examples")
    return 0


if __name__ == "__main__":
    sys.exit(main())
