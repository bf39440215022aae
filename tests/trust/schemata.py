"""Builds the test programs once with many mutants in them, each chosen at run time by its number (schemata/schemata.hpp).

Sources with mutants are compiled several at a time, and their objects stand before the libraries of the build in the link.
"""
import concurrent.futures
import functools
import os
import pathlib
import re
import shlex
import subprocess
import sys

import trust

sys.path.insert(0, str(trust.ROOT / "cmake"))
from compile_commands import commands_by_source  # noqa: E402
from source_groups import Headers, grouped  # noqa: E402

BUILD = pathlib.Path(os.environ.get("FLEETRACE_BUILD", trust.ROOT / "build" / "check"))
HERE = trust.ROOT / "tests" / "trust" / "schemata"
# The tests that judge: the quickest program first.
PROGRAMS = ("golden", "unit", "oracle", "study")
MOST_IN_A_UNIT = 10
# Results have the same bits with any optimisation; with little of it they are compiled in half the time.
FLAGS = ["-w", "-Wno-narrowing", "-fno-diagnostics-show-caret", "-fdiagnostics-color=never", "-O1", "-g0"]
NAMED = re.compile(r"^(\S+?):(\d+):\d+:\s+(?:fatal )?(?:error|  required|required)", re.MULTILINE)


class CannotBuild(Exception):
    pass


def command_of(path):
    """How a source of the build is compiled: without the cache, the precompiled header, and the names of its files."""
    words = shlex.split(commands()[path])
    words = words[next(i for i, word in enumerate(words) if word.endswith(("g++", "c++", "clang++-14", "clang++"))):]
    kept, skip = [], False
    for word in words:
        if skip or word in ("-o", "-c", "-include", "-MF", "-MT", "-MQ"):
            skip = not skip
            continue
        if not word.startswith(("-O", "-g", "-W")) and word != "-MD":
            kept.append(word)
    return kept


@functools.cache
def commands():
    """How each source is compiled, by its path from the root."""
    every = commands_by_source(BUILD / "compile_commands.json")
    return {os.path.relpath(source, trust.ROOT): command for source, command in every.items()}


def run(words):
    return subprocess.run(words, cwd=BUILD, capture_output=True, check=False, text=True, errors="replace")


class Schemata:
    """The test programs with mutants in them. `with_mutants` gives the text of a source, told the lines to leave as they are."""

    def __init__(self, place, sources, with_mutants, jobs):
        self.place = place
        self.with_mutants = with_mutants
        self.pool = concurrent.futures.ThreadPoolExecutor(jobs)
        self.dropped = {source: set() for source in sources}  # lines whose mutants do not compile
        self.programs = {}
        self._build(sorted(sources))

    def is_dropped(self, source, line):
        return line in self.dropped[source]

    def _build(self, sources):
        by_flags = {}
        for source in sources:
            by_flags.setdefault(tuple(command_of(source)), []).append(trust.ROOT / source)
        headers = Headers(trust.ROOT)
        units = [[str(path.relative_to(trust.ROOT)) for path in group]
                 for paths in by_flags.values() for group in grouped(paths, MOST_IN_A_UNIT, headers)]
        units.sort(key=len, reverse=True)
        begun = [self.pool.submit(self._plain, name, "oracle") for name in ("schemata.cpp", "listener.cpp")]
        begun += [self.pool.submit(self._unit, unit) for unit in units]
        objects = [made for each in begun for made in each.result()]
        for program, path in zip(PROGRAMS, self.pool.map(lambda each: self._link(each, objects), PROGRAMS)):
            self.programs[program] = path

    def _plain(self, name, program):
        """An object of this folder, compiled as the test programs are."""
        first = next(path for path in commands() if path.startswith(f"tests/{program}/"))
        words = [word for word in command_of(first) if not word.endswith("_test.cpp")]
        made = self.place / f"{name}.o"
        done = run([*words, *FLAGS, "-c", str(HERE / name), "-o", str(made)])
        if done.returncode != 0:
            raise CannotBuild(done.stderr)
        return [made]

    def _unit(self, sources):
        """The objects of sources, compiled as one where that can be. Lines whose mutants the compiler refuses lose them."""
        name = self.place / f"unit_{sources[0].removesuffix('.cpp').replace('/', '_')}_{len(sources)}"
        for _ in range(8):
            lines = [f'#include "{HERE / "schemata.hpp"}"']
            for source in sources:
                changed = self.place / "changed" / source
                changed.parent.mkdir(parents=True, exist_ok=True)
                changed.write_text(self.with_mutants(source, self.dropped[source]), encoding="utf-8")
                lines.append(f'#include "{changed}"')
            name.with_suffix(".cpp").write_text("\n".join(lines) + "\n", encoding="utf-8")
            done = run([*[word for word in command_of(sources[0]) if not word.endswith(sources[0])], *FLAGS,
                        *[f"-I{trust.ROOT / pathlib.Path(source).parent}" for source in sources],
                        "-c", str(name.with_suffix(".cpp")), "-o", str(name.with_suffix(".o"))])
            if done.returncode == 0:
                return [name.with_suffix(".o")]
            news = False
            for path, line in NAMED.findall(done.stderr):
                source = os.path.relpath(path, self.place / "changed")
                if source in self.dropped and int(line) not in self.dropped[source]:
                    self.dropped[source].add(int(line))
                    news = True
            if not news:
                break
        if len(sources) > 1:
            return [made for source in sources for made in self._unit([source])]
        raise CannotBuild(f"{sources[0]}: {done.stderr[:2000]}")

    def _link(self, program, objects):
        target = f"tests/fleetrace_{program}_tests"
        said = run(["ninja", "-C", str(BUILD), "-t", "commands", "-s", target])
        words = shlex.split(said.stdout.strip().split("\n")[-1])
        words = [word for word in words[words.index("&&") + 1:] if word not in ("&&", ":")] if "&&" in words else words
        made = self.place / f"{program}_tests"
        words[words.index("-o") + 1] = str(made)
        at = next(i for i, word in enumerate(words) if word.endswith(".o"))
        done = run([*words[:at], *map(str, objects), *words[at:], "-Wl,--strip-debug"])
        if done.returncode != 0:
            raise CannotBuild(done.stderr[:2000])
        return made
