"""Builds the program with one source file changed, and asks whether its results are still the golden ones.

Only that file is compiled, without optimisation: the bits do not depend on it. The rest comes from the libraries of the build.
"""
import json
import os
import pathlib
import shlex
import subprocess
import threading

import trust

BUILD = pathlib.Path(os.environ.get("FLEETRACE_BUILD", trust.ROOT / "build" / "check"))
GOLDENS = trust.ROOT / "tests" / "golden"
RUN_SECONDS = 60
_lock = threading.Lock()
_commands = {}


def commands():
    """How each source of the build is compiled, by its path in the tree."""
    with _lock:
        if not _commands:
            for each in json.loads((BUILD / "compile_commands.json").read_text(encoding="utf-8")):
                path = os.path.relpath(os.path.join(each["directory"], each["file"]), trust.ROOT)
                _commands[path] = each["command"]
    return _commands


def compiled(source, text, place):
    """The object of a changed source; None where it cannot be compiled."""
    changed = place / ("changed" + pathlib.Path(source).suffix)
    changed.write_text(text, encoding="utf-8")
    words = shlex.split(commands()[source])
    # Beside the compiler: the cache knows no changed file, and warnings are of no interest.
    words = words[next(i for i, word in enumerate(words) if word.endswith(("g++", "c++", "clang++-14", "clang++"))):]
    kept, skip = [], False
    for word in words:
        if skip or word in ("-o", "-c", "-include", "-MF", "-MT", "-MQ"):
            skip = not skip and word != "-c"
            continue
        if word.startswith(("-O", "-g", "-Werror")) or word.endswith(pathlib.Path(source).name) or word in ("-MD", "-Winvalid-pch"):
            continue
        kept.append(word)
    made = place / "changed.o"
    folder = trust.ROOT / pathlib.Path(source).parent
    done = subprocess.run([*kept, "-w", "-O0", "-g0", f"-I{folder}", "-c", str(changed), "-o", str(made)], cwd=BUILD,
                          capture_output=True, check=False)
    return made if done.returncode == 0 else None


def linked(made, place):
    """The program with an object in the place of one of a library."""
    with _lock:
        if "link" not in _commands:
            said = subprocess.run(["ninja", "-C", str(BUILD), "-t", "commands", "-s", "fleetrace"], capture_output=True, check=True, text=True)
            _commands["link"] = said.stdout.strip().split("\n")[-1]
    words = shlex.split(_commands["link"])
    words = [word for word in words[words.index("&&") + 1:] if word not in ("&&", ":")] if "&&" in words else words
    program = place / "fleetrace"
    words[words.index("-o") + 1] = str(program)
    at = next(i for i, word in enumerate(words) if word.endswith(".o"))
    words.insert(at, str(made))
    done = subprocess.run(words, cwd=BUILD, capture_output=True, check=False)
    return program if done.returncode == 0 else None


def goldens():
    """Scenarios with golden results; the ones that use most come first."""
    names = sorted(path.stem for path in GOLDENS.glob("*.json"))
    first = ["all-models", "hare-and-turtle", "energy-constrained", "spares", "rent-or-buy"]
    return [name for name in first if name in names] + [name for name in names if name not in first]


def answers(program, name):
    """What the program says of a scenario; None where it ends in an error."""
    try:
        done = subprocess.run([program, "run", name, "--format", "json"], capture_output=True, check=False, timeout=RUN_SECONDS)
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 else None


def killed_by(source, text, place, expected):
    """What notices the change: "compiler", the name of a scenario whose golden results differ, or "" where nothing does."""
    made = compiled(source, text, place)
    if made is None:
        return "compiler"
    program = linked(made, place)
    if program is None:
        return "compiler"
    for name in goldens():
        if answers(program, name) != expected[name]:
            return name
    return ""


def expected_answers(program):
    """What the unchanged program says, which the golden tests compare with the golden files."""
    return {name: answers(program, name) for name in goldens()}
