#!/usr/bin/env python3
"""Installs into a folder, moves it, and builds a program against it: by find_package and by pkg-config.

usage: install_test.py ROOT [IGNORED]     with FLEETRACE_PROGRAM naming the program, CMAKE and CXX the tools

The libraries are those of the build that the program lies in; sanitised ones are no libraries for others, so that build
is skipped.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

PROGRAM = os.environ.get("FLEETRACE_PROGRAM", "")
CMAKE = os.environ.get("CMAKE", "cmake")
CXX = os.environ.get("CXX", "c++")

INSTALLED = ("bin/fleetrace", "include/fleetrace/study/comparison.hpp", "lib/libfleetrace_core.a", "lib/pkgconfig/fleetrace.pc",
             "lib/cmake/fleetrace/fleetraceConfig.cmake", "share/man/man1/fleetrace.1.gz",
             "share/bash-completion/completions/fleetrace", "share/zsh/vendor-completions/_fleetrace",
             "share/fleetrace/scenarios/hare-and-turtle.yaml", "share/fleetrace/scenarios/catalog/accelerators/h100.yaml")


def run(*command, **options):
    result = subprocess.run([str(each) for each in command], capture_output=True, text=True, **options)
    if result.returncode:
        sys.exit(f"install_test: {' '.join(map(str, command))} exits with {result.returncode}:\n{result.stdout}{result.stderr}")
    return result.stdout


def setting(cache, name):
    found = re.search(rf"^{name}(?::\w+)?=(.*)$", cache, re.M)
    return found.group(1) if found else ""


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
    print("installed, moved, and used by find_package and by pkg-config")
    return 0


if __name__ == "__main__":
    sys.exit(main())
