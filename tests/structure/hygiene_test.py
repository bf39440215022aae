"""Habits of the text: nothing that makes results depend on CPU, library or hash order; whole last lines; small files."""

import os
import re

import tree

MAX_LINES = {".hpp": 200, ".cpp": 300}
# Each is one class template whose steps are inlined into the loop over events.
LONGER = {"sim/engine/buckets.hpp": 230, "sim/engine/calendar.hpp": 230, "sim/engine/tournament.hpp": 240}

# Functions whose last bit differs between CPUs (glibc chooses FMA code at run time) or between C libraries.
LIBM = ("exp|exp2|exp10|expm1|log|log2|log10|log1p|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh"
        "|tgamma|lgamma|erf|erfc|hypot")
RULES = [
    (re.compile(rf"\bstd::(?:{LIBM})f?l?\s*\("), "differs between CPUs: use fleetrace::core's (math.hpp)"),
    (re.compile(rf"(?<![\w:>])::(?:{LIBM})f?l?\s*\("), "differs between CPUs: use fleetrace::core's (math.hpp)"),
    (re.compile(r"\bstd::unordered_\w+"), "iterates in an order that depends on the library: use a sorted container"),
    (re.compile(r"#\s*include\s*<(?:unordered_map|unordered_set)>"), "has no place in results: use a sorted container"),
    (re.compile(r"#\s*include\s*<random>"), "draws differently in every library: use fleetrace::core's streams"),
    (re.compile(r"\bstd::(?:shuffle|sample)\b"), "draws differently in every library: use fleetrace::core's streams"),
]
# Outside core, where the names are ours, an unqualified call finds the C library's function.
UNQUALIFIED = re.compile(rf"(?<![\w:.>~])(?:{LIBM})\s*\(")

FAST_MATH = re.compile(r"-ffast-math|-Ofast\b|-funsafe-math|-fassociative-math|-ffp-contract=(?:fast|on)\b")
REGISTRIES = re.compile(
    r"\b(?:pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|crates\.io|rubygems\.org|proxy\.golang\.org|maven\.org|docker\.io"
    r"|ghcr\.io|quay\.io|conan\.io|anaconda\.org|(?:deb|security|snapshot)\.debian\.org|archive\.ubuntu\.com)\b")
# Test data may be broken on purpose, and this folder names what it looks for.
DATA = re.compile(r"^tests/(?:hostile|golden)/.*(?<!\.cpp)(?<!\.hpp)$")
CHECKS = os.path.join("tests", "structure") + os.sep


def at(path, source, position):
    return f"{path}:{source.count(chr(10), 0, position) + 1}"


def check_source(path, source):
    code = tree.code(source)
    lines = source.count("\n")
    most = LONGER.get(path, MAX_LINES[os.path.splitext(path)[1]])
    if lines > most:
        yield f"{path}: has {lines} lines, more than {most}: split it"
    rules = RULES
    if tree.floor_of(path) != "core":
        rules = RULES + [(UNQUALIFIED, "is the C library's and differs between CPUs: use fleetrace::core's (math.hpp)")]
    if path == os.path.join("sim", "core", "math.cpp"):
        rules = RULES[2:]
    for pattern, reason in rules:
        for match in pattern.finditer(code):
            yield f"{at(path, code, match.start())}: {match.group(0).rstrip('( ')} {reason}"


def check_text(path, data):
    if not data or b"\0" in data or DATA.match(path):
        return
    if not data.endswith(b"\n"):
        yield f"{path}: does not end with a newline"
    if b"\r" in data:
        yield f"{path}: has carriage returns"
    source = data.decode("utf-8", "replace")
    if path.startswith(CHECKS):
        return
    for match in FAST_MATH.finditer(source):
        yield f"{at(path, source, match.start())}: {match.group(0)} gives up IEEE 754, and with it equal results"
    for match in REGISTRIES.finditer(source):
        yield f"{at(path, source, match.start())}: names the package registry {match.group(0)}"


def check(root):
    for path in tree.files(root):
        yield from check_text(path, tree.read(root, path))
    for path in tree.sources(root):
        yield from check_source(path, tree.text(root, path))


if __name__ == "__main__":
    tree.main(check)
