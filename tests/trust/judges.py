"""Which tests notice a mutant. One run of all tests finds what each passes and how long it takes; a mutant is then asked of the tests
that pass it alone, cheap before dear, until one fails."""
import math
import os
import re
import subprocess
import tempfile
from typing import NamedTuple

# A mutant that hangs is killed, and one that asks for all memory.
MOST_MEMORY = 3 << 30
# Tests together in one process take so many seconds, if each takes less.
TOGETHER = 0.7


# Tests of what reads, writes, draws pages and starts processes, which take long and see little of the models.
ELSEWHERE = ("journal", "page", "page_axis", "page_figures", "live", "cli_process", "cli_program", "cli_slips", "engine_calendar",
             "engine_reference", "random_statistics", "random", "samplers_statistics", "quantity", "read_value", "yaml", "reader", "diff",
             "init", "bounded", "output_text", "sqlite", "split", "embedded", "table", "fit_verb", "compare_verb", "study_allocation",
             "engine_allocation", "random_files", "read_back", "shipped_scenarios", "backtests", "uncertain_plan", "solve_probability")
NOT_ASKED = "".join(f"~[#{name}_test]" for name in ELSEWHERE)


class Test(NamedTuple):
    program: str
    name: str
    section: str
    seconds: float


class Judges:
    def __init__(self, schemata, place, most_seconds):
        """Tests of more than `most_seconds` of the processor are not asked."""
        self.schemata = schemata
        self.place = place
        self.tests = {}     # mutant -> tests that pass it
        self.invalid = set()
        self.failing = []   # tests that fail without a mutant
        self.most_seconds = most_seconds

    def learn(self, limit, programs):
        """Runs the tests of these programs once, each program for at most so many seconds of the processor."""
        list(self.schemata.pool.map(lambda program: self._learn(program, limit), programs))
        for tests in self.tests.values():
            tests.sort(key=lambda each: each.seconds)

    def _learn(self, program, limit):
        record = self.place / f"record_{program}"
        self._run(program, ["--filenames-as-tags", NOT_ASKED], limit, record)
        if not record.exists():
            self.failing.append(f"{program}: no test ran")
            return
        lines = [line.split("\t") for line in record.read_text(encoding="utf-8").splitlines()]
        # Golden results are one test, with a section for each scenario.
        in_sections = {line[1] for line in lines if line[0] == "section" and program == "golden"}
        before = []  # mutants that are passed before the first test, so that each test passes them
        for what, *rest in lines:
            if what == "invalid":
                self.invalid.add(int(rest[0]))
                continue
            if what == "before":
                before = rest[0].split()
                continue
            name, section, ok, seconds, passed = rest
            if what != ("section" if name in in_sections else "test") or float(seconds) > self.most_seconds:
                continue
            if ok != "1":
                self.failing.append(f"{program}: {name} {section}")
                continue
            test = Test(program, name, section, float(seconds))
            for mutant in {*passed.split(), *before}:
                self.tests.setdefault(int(mutant), []).append(test)

    def killed_by(self, mutant, number=None, seconds=math.inf):
        """The tests that notice a mutant, or "" where none does within so many seconds of tests. With another number it is a control:
        the same tests without the mutant."""
        spent = 0
        for together in batches(self.tests.get(mutant, [])):
            cost = sum(test.seconds for test in together)
            spent += cost
            if spent > seconds:
                break
            if not self._holds(together, cost, mutant if number is None else number):
                first = together[0]
                return f"{first.program}: {first.section or first.name}" + (f" or {len(together) - 1} more" if together[1:] else "")
        return ""

    def _holds(self, together, cost, number):
        program, section = together[0].program, together[0].section
        with tempfile.NamedTemporaryFile("w", dir=self.place, suffix=".names", encoding="utf-8") as names:
            for test in together:
                names.write('"' + re.sub(r'([\\,\[\]"])', r"\\\1", test.name) + '"\n')
            names.flush()
            arguments = ["--abort", "--input-file", names.name, *(["--section", section] if section else [])]
            return self._run(program, arguments, 4 * cost + 1, mutant=number) == 0

    def _run(self, program, arguments, seconds, record=None, mutant=-1):
        """How a test program ends; None where it takes too long."""
        environment = {**os.environ, "LC_ALL": "C.UTF-8", "FLEETRACE_MUTANT": str(mutant), "TMPDIR": str(self.place)}
        if record is not None:
            environment["FLEETRACE_MUTANT_RECORD"] = str(record)
        limits = ["prlimit", f"--cpu={math.ceil(seconds)}", f"--as={MOST_MEMORY}", "--core=0"]
        try:
            return subprocess.run([*limits, self.schemata.programs[program], *arguments], cwd=self.place, env=environment, check=False,
                                  stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                  timeout=100 * math.ceil(seconds)).returncode
        except subprocess.TimeoutExpired:
            return None


def batches(tests):
    """Tests, cheap ones first, in groups that one process runs. Sections are each alone."""
    groups, sums = [], {}
    for test in tests:
        key = test.program
        if test.section or sums.get(key, math.inf) + test.seconds > TOGETHER:
            groups.append([test])
            sums[key] = test.seconds if not test.section else math.inf
        else:
            last = next(group for group in reversed(groups) if group[0].program == key)
            last.append(test)
            sums[key] += test.seconds
    # A process takes some time by itself.
    return sorted(groups, key=lambda group: sum(test.seconds for test in group) + 0.05)
