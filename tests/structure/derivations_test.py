"""docs/derivations.md keeps its promises: each equation has a source and a test that exists, and whatever cites the page,
in sources, tests, documents or what the program prints, cites a section or an equation that it has.

    python3 tests/structure/derivations_test.py ROOT     with FLEETRACE_PROGRAM naming the program

Citations are `docs/derivations.md 8.1` for a section and `docs/derivations.md 8.1c` for an equation. In strings that users
see and in the page itself the file's name is left out: `derivations 8.1`. Links name the heading's anchor.
"""

import os
import re
import subprocess
import sys

import tree

PAGE = "docs/derivations.md"
NUMBER = r"\d+(?:\.\d+)?[a-z]?"
HEADING = re.compile(r"^#{2,3} (\d+(?:\.\d+)?) (.+)$")
EQUATION = re.compile(rf"^\((\d+(?:\.\d+)?)([a-z])\) ")
ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$")
# A citation may run over the end of a line of a comment or a string.
BREAK = r'(?: |"?\n[ \t]*(?:///?|#|")? ?)'
CITED = re.compile(rf"\bderivations(?:\.md)?{BREAK}({NUMBER})\b")
REFERENCE = re.compile(r"\((\d+(?:\.\d+)?[a-z])\)")
ANCHOR = re.compile(r"\bderivations\.md#([\w-]+)")
# Working papers that do not ship, and what they were called.
GONE = re.compile(r"MODELS\.md|oracle\.py|[Mm]odel book|\b(?:section|sections) [\d.]+[a-z]?(?: and [\d.]+)? of the oracle")
TEXTS = (".cpp", ".hpp", ".py", ".md", ".yaml", ".cmake", ".txt", ".R", ".js", ".json", ".sh", ".csv")
THIS = os.path.join("tests", "structure", "derivations_test.py")
PLANTED = os.path.join("tests", "structure", "planted_faults_test.py")


def anchor(number, title):
    """The name that a heading has in links."""
    return re.sub(r"[^\w\- ]", "", f"{number} {title}".lower()).replace(" ", "-")


class Page:
    """What the page has: sections, equations, the tests that hold them, and what is wrong with it."""

    def __init__(self, text):
        self.sections, self.anchors, self.equations = {}, set(), {}
        self.problems, held, self.tests = [], {}, []
        section, block = None, None
        for number, line in enumerate(text.splitlines(), 1):
            if line.startswith("```"):
                block = None if block is not None else line[3:]
            elif block == "" and (match := EQUATION.match(line)):
                self.add(number, section, *match.groups())
            elif block is None and (match := HEADING.match(line)):
                section = match.group(1)
                self.sections[section] = number
                self.anchors.add(anchor(*match.groups()))
            elif block is None and (match := ROW.match(line)) and (labels := self.labels(match.group(1))):
                self.hold(number, section, labels, match, held)
        for name, number in self.equations.items():
            if name not in held:
                self.problems.append(f"{PAGE}:{number}: equation {name} has no source and no test")

    def add(self, number, section, of, letter):
        name = of + letter
        before = [each for each in self.equations if each[:-1] == of]
        if of != section:
            self.problems.append(f"{PAGE}:{number}: equation {name} is not in its section")
        if letter != chr(ord("a") + len(before)):
            self.problems.append(f"{PAGE}:{number}: equation {name} is out of order")
        self.equations[name] = number

    @staticmethod
    def labels(cell):
        """The equations that the first cell of a row names: "8.1a, 8.1c to 8.1e"; none where it names something else."""
        found = []
        for part in cell.strip().split(", "):
            if not (match := re.fullmatch(r"(\d+(?:\.\d+)?)([a-z])(?: to \1([a-z]))?", part)):
                return []
            section, first, last = match.groups()
            found += [section + chr(each) for each in range(ord(first), ord(last or first) + 1)]
        return found

    def hold(self, number, section, labels, row, held):
        tests = re.findall(r"`(tests/[^`]+)`", row.group(3))
        self.tests += [(number, test) for test in tests]
        if not tests:
            self.problems.append(f"{PAGE}:{number}: no test is named")
        for label in labels:
            if label not in self.equations or label[:-1] != section:
                self.problems.append(f"{PAGE}:{number}: equation {label} is not above this table")
            if label in held:
                self.problems.append(f"{PAGE}:{number}: equation {label} stands in a table twice")
            held[label] = number

    def has(self, name):
        return name in self.sections or name in self.equations


def cited_wrongly(page, source):
    """(position, problem) of each citation that leads nowhere."""
    for match in CITED.finditer(source):
        if not page.has(match.group(1)):
            yield match.start(), f"cites {match.group(0)}, which {PAGE} does not have"
    for match in ANCHOR.finditer(source):
        if match.group(1) not in page.anchors:
            yield match.start(), f"links to #{match.group(1)}, which {PAGE} does not have"


def check(root):
    source = tree.text(root, PAGE)
    page = Page(source)
    yield from page.problems
    for number, test in page.tests:
        if not os.path.isfile(os.path.join(root, test)):
            yield f"{PAGE}:{number}: there is no {test}"
    for match in REFERENCE.finditer(source):
        if not page.has(match.group(1)):
            yield f"{PAGE}:{source.count(chr(10), 0, match.start()) + 1}: refers to {match.group(0)}, which is not there"
    for path in tree.files(root, endings=TEXTS):
        if path in (THIS, PLANTED):
            continue
        text = tree.text(root, path)
        for position, problem in cited_wrongly(page, text):
            yield f"{path}:{text.count(chr(10), 0, position) + 1}: {problem}"
        for match in GONE.finditer(text):
            yield f"{path}:{text.count(chr(10), 0, match.start()) + 1}: names {match.group(0)}, which does not ship"


def printed(program):
    """What the program prints that cites the page."""
    for arguments in (["theory"], ["theory", "--format", "csv"], ["theory", "--format", "json"], ["help", "theory"],
                      ["theory", "--table"]):
        yield arguments, subprocess.run([program, *arguments], capture_output=True, text=True, check=True).stdout


def check_printed(page, program):
    sections = r"\((\d+(?:\.\d+)?)\)"
    for arguments, text in printed(program):
        cited = re.findall(sections, text) if arguments in (["theory"], ["theory", "--table"]) else []
        for name in cited + CITED.findall(text):
            if not page.has(name):
                yield f"fleetrace {' '.join(arguments)}: cites section {name}, which {PAGE} does not have"
        if not cited and not CITED.search(text) and PAGE not in text:
            yield f"fleetrace {' '.join(arguments)}: does not cite {PAGE}"


def check_all(root):
    yield from check(root)
    program = os.environ.get("FLEETRACE_PROGRAM", "")
    if program and os.path.exists(program):
        yield from check_printed(Page(tree.text(root, PAGE)), program)
    else:
        print("SKIPPED: what the program prints, as there is none")


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    tree.main(check_all)
