"""A file includes its own floor or lower ones, siblings do not know each other, public headers show std and our own
headers only, and a file's namespace is that of its floor: the facade's is fleetrace itself. Only the program prints, ends
itself and reads the environment. The engine and the fleet do not know the format of the input."""

import os
import re

import tree

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(<([^>\n]+)>|"([^"\n]+)")', re.MULTILINE)
NAMESPACE = re.compile(r"^\s*(?:inline\s+)?namespace\s+([\w:]+)\s*\{", re.MULTILINE)

# Which floor may include which third-party headers, beside the standard library and the C and POSIX headers.
THIRD_PARTY = {
    "core": ("sleef.h", "utf8.h"),
    "engine": ("boost/sort/",),
    "models": ("boost/math/", "boost/graph/", "Eigen/"),
    "fleet": ("boost/math/",),
    "study": ("boost/math/", "boost/random/", "Eigen/", "unsupported/Eigen/", "tbb/", "nlopt", "ClpEventHandler.hpp", "ClpSimplex.hpp"),
    "scenario": ("boost/math/", "Eigen/", "nlohmann/"),
    "reader": ("yaml-cpp/", "sha256.h"),
    "output": ("boost/crc.hpp", "fmt/", "nlohmann/", "sqlite3.h", "xlsxwriter.h"),
    "cli": ("boost/program_options", "fmt/", "nlohmann/"),
}
# What only the program may do: print, read the environment, end the process.
PROGRAM_ONLY = re.compile(r"\bstd::(?:cout|cerr|clog|cin)\b|\b(?:getenv|setenv|v?printf|puts|exit|_exit|abort|terminate)\s*\(")
# Floors that take plain values, and the names of the input format that must not stand there.
PLAIN = ("engine", "fleet")
INPUT_FORMAT = re.compile(r"\bcore::(Spec|Entry|Parameter|Family|Value|Diagnostics?)\b")
STANDARD = re.compile(r"^[a-z_]+$")  # <vector>; never has an ending
SYSTEM = re.compile(r"^(sys/)?[a-z0-9_]+\.h$")  # <unistd.h>, <sys/stat.h>


def resolve(root, path, name):
    """The file in the tree that a quoted include means, or None."""
    for base in (os.path.dirname(path), "include", "."):
        candidate = os.path.normpath(os.path.join(base, name))
        if os.path.isfile(os.path.join(root, candidate)):
            return candidate
    return None


def check_include(root, path, floor, angle, quoted):
    public = path.startswith("include" + os.sep)
    if angle is not None:
        if angle.startswith("fleetrace/"):
            return f"<{angle}> is ours: include it in quotes"
        if STANDARD.match(angle):
            return None
        if public:
            return f"<{angle}> in a public header: only std and our own headers may be there"
        if SYSTEM.match(angle) and not any(angle == name for names in THIRD_PARTY.values() for name in names):
            return None
        if angle.startswith(THIRD_PARTY.get(floor, ())):
            return None
        return f"<{angle}> does not belong to the floor {floor}"
    target = resolve(root, path, quoted)
    if target is None:
        return f'"{quoted}" is no file of the tree: third-party headers go in angle brackets'
    if public and not target.startswith(os.path.join("include", "fleetrace")):
        return f'"{quoted}" is private, and this is a public header'
    other = tree.floor_of(target)
    if other not in tree.FLOORS:
        return f'"{quoted}" belongs to no floor'
    if other != floor and tree.FLOORS[other] == tree.FLOORS[floor]:
        return f'"{quoted}" belongs to the sibling {other}'
    if tree.FLOORS[other] > tree.FLOORS[floor]:
        return f'"{quoted}" belongs to {other}, a floor above {floor}'
    return None


def check_namespaces(path, floor, code):
    own = "fleetrace" if floor == "api" else f"fleetrace::{floor}"
    named = [name for name in NAMESPACE.findall(code) if name != "detail"]
    if path == os.path.join("sim", "cli", "main.cpp") and not named:
        return
    if not any(name == own or name.startswith(own + "::") for name in named):
        yield f"does not open namespace {own}"
    for name in named:
        if name.startswith("fleetrace") and name != own and not name.startswith(own + "::"):
            yield f"opens namespace {name}, but its floor is {floor}"


def check(root):
    for path in tree.sources(root):
        floor = tree.floor_of(path)
        if floor not in tree.FLOORS:
            yield f"{path}: belongs to no floor (known: {', '.join(tree.FLOORS)})"
            continue
        source = tree.text(root, path)
        code = tree.code(source, keep_strings=True)
        for match in INCLUDE.finditer(code):
            problem = check_include(root, path, floor, match.group(2), match.group(3))
            if problem:
                yield f"{path}:{code.count(chr(10), 0, match.start(1)) + 1}: {problem}"
        for match in PROGRAM_ONLY.finditer(tree.code(source)) if floor != "cli" else ():
            line = code.count(chr(10), 0, match.start()) + 1
            yield f"{path}:{line}: {match.group(0).rstrip('( ')} is for the program alone: a library returns values and throws"
        if path.endswith(".hpp") and "#pragma once" not in code:
            yield f"{path}: has no #pragma once"
        for match in INPUT_FORMAT.finditer(code) if floor in PLAIN else ():
            yield f"{path}:{code.count(chr(10), 0, match.start()) + 1}: {match.group(0)}: {floor} takes plain values"
        for problem in check_namespaces(path, floor, tree.code(source)):
            yield f"{path}: {problem}"


if __name__ == "__main__":
    tree.main(check)
