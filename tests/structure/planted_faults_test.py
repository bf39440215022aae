"""The structural checks find planted faults: each fault is put into a small sound tree of its own, and the check must
name it. A check that cannot fail checks nothing."""

import os
import subprocess
import sys
import tempfile

import derivations_test
import floors_test
import hygiene_test
import links_test
import walk_test

HERE = os.path.dirname(os.path.abspath(__file__))

WALK = ("## A walk through one purchase\n\n" + "".join(
    f"| {step}. It looks | `models/loss/relative.cpp`, `Loss::f` | text |\n" for step in range(1, 11)))

SOUND = {
    "include/fleetrace/core/time.hpp": "#pragma once\n#include <string>\nnamespace fleetrace::core {\nstd::string f();\n}\n",
    "include/fleetrace/engine/clock.hpp": '#pragma once\n#include "fleetrace/core/time.hpp"\nnamespace fleetrace::engine {}\n',
    "include/fleetrace/models/loss.hpp": '#pragma once\n#include "fleetrace/core/time.hpp"\nnamespace fleetrace::models {}\n',
    "include/fleetrace/fleet/world.hpp": '#pragma once\n#include "fleetrace/engine/clock.hpp"\nnamespace fleetrace::fleet {}\n',
    "sim/core/math.cpp": "#include <cmath>\n#include <sleef.h>\nnamespace fleetrace::core {\ndouble f() { return std::exp(1.0); }\n}\n",
    "models/loss/relative.cpp": '#include "fleetrace/models/loss.hpp"\n#include <boost/math/tools/roots.hpp>\n'
                                'namespace fleetrace::models {\n// std::exp( is fine in a comment\n'
                                'const char* kText = "std::exp(1)";\nconst int kMany = 1\'000;\n'
                                'double f() { return core::exp(x) + a.log(2); }\n}\n',
    "models/loss/list.hpp": "#pragma once\nnamespace fleetrace::models {}\n",
    "sim/fleet/world.cpp": '#include "fleetrace/fleet/world.hpp"\n#include "events/list.hpp"\n#include "fleetrace/models/loss.hpp"\n'
                           "namespace fleetrace::fleet {\nnamespace {}\n}\n",
    "sim/fleet/events/list.hpp": "#pragma once\nnamespace fleetrace::fleet {}\n",
    "sim/cli/main.cpp": "int main() {}\n",
    "tests/hostile/no_newline.yaml": "a: 1\r",
    "tests/unit/a_test.cpp": "// docs/derivations.md 1 and docs/derivations.md\n// 1.1b\n",
    "docs/derivations.md": "## 1 First\n\n```\n(1a)   a = b\n```\n\n| equation | source | test |\n|---|---|---|\n"
                           "| 1a | derived here | `tests/unit/a_test.cpp` |\n\n### 1.1 Second\n\n```\n(1.1a)   c = d\n"
                           "(1.1b)   e = f\n```\n\nBy (1a).\n\n| equation | source | test |\n|---|---|---|\n"
                           "| 1.1a to 1.1b | derived here | `tests/unit/a_test.cpp` |\n",
    "README.md": "[Text](sim/cli/main.cpp), [a part](#what-is-where), `[code](nowhere)`.\n\n## What is where\n\n    sim  all\n",
    "CONTRIBUTING.md": WALK,
    "docs/a-page.md": "# A *page*: `of: one`\n\n[Up](../README.md#what-is-where), [web](https://example.org/x)\n",
}

MODEL = "namespace fleetrace::models {\n%s\n}\n"
PAGE = "docs/derivations.md"
DERIVED = SOUND[PAGE]

FAULTS = [
    (floors_test, "sim/core/a.cpp", '#include "fleetrace/fleet/world.hpp"\nnamespace fleetrace::core {}\n', "a floor above core"),
    (floors_test, "models/loss/a.cpp", '#include "fleetrace/engine/clock.hpp"\n' + MODEL % "", "the sibling engine"),
    (floors_test, "models/loss/a.cpp", '#include "../../sim/fleet/events/list.hpp"\n' + MODEL % "", "a floor above models"),
    (floors_test, "models/loss/a.cpp", "#include <yaml-cpp/yaml.h>\n" + MODEL % "", "does not belong to the floor models"),
    (floors_test, "models/loss/a.cpp", '#include "nowhere.hpp"\n' + MODEL % "", "is no file of the tree"),
    (floors_test, "models/loss/a.cpp", "#include <fleetrace/core/time.hpp>\n" + MODEL % "", "include it in quotes"),
    (floors_test, "models/loss/a.cpp", "namespace fleetrace::fleet {}\n", "opens namespace fleetrace::fleet"),
    (floors_test, "sim/fleet/a.cpp", "namespace fleetrace::fleet {\nvoid f(const core::Spec& spec);\n}\n", "takes plain values"),
    (floors_test, "models/loss/a.cpp", "int a = 0;\n", "does not open namespace fleetrace::models"),
    (floors_test, "include/fleetrace/models/a.hpp", "#pragma once\n#include <boost/math/tools/roots.hpp>\n" + MODEL % "",
     "only std and our own"),
    (floors_test, "include/fleetrace/models/a.hpp", '#pragma once\n#include "models/loss/list.hpp"\n' + MODEL % "", "is private"),
    (floors_test, "include/fleetrace/models/a.hpp", MODEL % "", "no #pragma once"),
    (floors_test, "include/fleetrace/attic/a.hpp", "#pragma once\n", "belongs to no floor"),
    (floors_test, "include/fleetrace/a.hpp", "#pragma once\nnamespace other {}\n", "does not open namespace fleetrace"),
    (floors_test, "models/loss/a.cpp", MODEL % 'void f() { std::printf("x"); }', "printf is for the program alone"),
    (floors_test, "models/loss/a.cpp", MODEL % 'const char* kHome = std::getenv("HOME");', "getenv is for the program alone"),
    (hygiene_test, "models/loss/a.cpp", MODEL % "double f() { return std::pow(2.0, 3.0); }", "std::pow"),
    (hygiene_test, "models/loss/a.cpp", MODEL % "double f() { return ::log1p(3.0); }", "::log1p"),
    (hygiene_test, "models/loss/a.cpp", MODEL % "double f() { return exp(3.0); }", "exp is the C library's"),
    (hygiene_test, "include/fleetrace/models/a.hpp", MODEL % "inline double f() { return std::expm1(3.0); }", "std::expm1"),
    (hygiene_test, "sim/core/a.cpp", "double f() { return std::exp2(3.0); }\n", "std::exp2"),
    (hygiene_test, "sim/fleet/a.cpp", "std::unordered_map<int, int> map;\n", "sorted container"),
    (hygiene_test, "models/loss/a.cpp", "#include <random>\n", "streams"),
    (hygiene_test, "sim/fleet/long.cpp", "int a = 0;\n" * 301, "has 301 lines"),
    (hygiene_test, "cmake/a.cmake", "add_compile_options(-ffast-" + "math)\n", "gives up IEEE 754"),
    (hygiene_test, "tools/a.sh", "curl https://py" + "pi.org/x\n", "package registry"),
    (hygiene_test, "docs/a.md", "no newline", "does not end with a newline"),
    (hygiene_test, "docs/a.md", "line\r\n", "carriage returns"),
    (derivations_test, "models/loss/a.cpp", "// docs/derivations.md 2.1\n", "cites derivations.md 2.1"),
    (derivations_test, "models/loss/a.cpp", "// As docs/derivations.md\n// 1.1c has it.\n", "1.1c, which"),
    (derivations_test, "models/loss/a.cpp", 'const char* a = "derivations 3";\n', "cites derivations 3"),
    (derivations_test, "docs/a.md", "[there](derivations.md#12-third)\n", "links to #12-third"),
    (derivations_test, "models/loss/a.cpp", "// MODELS" + ".md section 1\n", "does not ship"),
    (derivations_test, PAGE, DERIVED.replace("a_test", "b_test"), "there is no tests/unit/b_test.cpp"),
    (derivations_test, PAGE, DERIVED.replace("1.1a to 1.1b", "1.1a"), "equation 1.1b has no source"),
    (derivations_test, PAGE, DERIVED.replace("By (1a)", "By (1b)"), "refers to (1b)"),
    (derivations_test, PAGE, DERIVED.replace("(1.1b) ", "(1.1c) "), "equation 1.1c is out of order"),
    (derivations_test, PAGE, DERIVED.replace("(1a) ", "(2a) "), "equation 2a is not in its section"),
    (links_test, "docs/a.md", "[x](nowhere.md)\n", "nowhere.md is no file"),
    (links_test, "docs/a.md", "[x](a-page.md#a-page-of-two)\n", "has no heading #a-page-of-two"),
    (links_test, "docs/a.md", "```\n# x\n```\n[x](#x)\n", "has no heading #x"),
    (links_test, "README.md", "line\n" * 151, "has 151 lines"),
    (links_test, "README.md", "Text.\n\n## What is where\n\n    attic  old\n", "attic is no file or folder"),
    (walk_test, "CONTRIBUTING.md", WALK + "`models/loss/nowhere.cpp`\n", "does not exist"),
    (walk_test, "CONTRIBUTING.md", WALK.replace("Loss::f", "Loss::gone"), "Loss::gone stands in none of"),
    (walk_test, "CONTRIBUTING.md", WALK.replace("| 10.", "| ten"), "has 9 steps"),
    (links_test, "scenarios/README.md", "word " * 1201, "has 1201 words"),
]


def write(root, path, content):
    full = os.path.join(root, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w", encoding="utf-8", newline="") as file:
        file.write(content)
    return full


def planted_texts():
    for check, path, content, expected in FAULTS:
        with tempfile.TemporaryDirectory() as root:
            for sound, text in SOUND.items():
                write(root, sound, text)
            for problem in check.check(root):
                yield f"a sound tree is said to be at fault: {problem}"
            write(root, path, content)
            found = list(check.check(root))
            if not any(problem.startswith(path) and expected in problem for problem in found):
                yield f"{check.__name__} misses a planted fault in {path} ({expected}); it found {found}"


def planted_headers():
    """What the target of lone headers relies on: a header that leans on others' includes does not compile."""
    with tempfile.TemporaryDirectory() as root:
        for text, fine in (("#pragma once\n#include <vector>\nstd::vector<int> f();\n", True),
                           ("#pragma once\nstd::vector<int> f();\n", False)):
            header = write(root, "a.hpp", text)
            source = write(root, "a.cpp", f'#include "{header}"\n')
            command = [os.environ.get("CXX", "c++"), "-std=c++20", "-fsyntax-only", source]
            if (subprocess.run(command, capture_output=True, check=False).returncode == 0) != fine:
                yield f"a header that should {'' if fine else 'not '}compile alone does{' not' if fine else ''}"


def planted_bytes():
    """same_bytes.sh, with small scripts in place of the program."""
    with tempfile.TemporaryDirectory() as root:
        with open(os.path.join(HERE, "same_bytes.sh"), encoding="utf-8") as file:
            script = write(root, "tests/structure/same_bytes.sh", file.read())
        write(root, "scenarios/a.yaml", "a: 1\n")
        programs = {"one": "echo 1", "two": "echo 2", "silent": "true", "failing": "exit 1",
                    "moody": 'echo "${GLIBC_TUNABLES:-none}"'}
        paths = {name: write(root, name, f"#!/bin/bash\n{body}\n") for name, body in programs.items()}
        for path in paths.values():
            os.chmod(path, 0o755)
        for a, b, fine in (("one", "one", True), ("one", "two", False), ("two", "one", False), ("silent", "silent", False),
                           ("failing", "failing", False), ("moody", "moody", False)):
            result = subprocess.run(["bash", script, paths[a], paths[b]], capture_output=True, text=True, check=False)
            if "moody" in a and "skipped" in result.stdout:
                print("SKIPPED: no FMA to switch off here")
                continue
            if (result.returncode == 0) != fine:
                yield f"same_bytes.sh {a} {b} ends with {result.returncode}: {result.stdout}{result.stderr}"


def main():
    problems = [*planted_texts(), *planted_headers(), *planted_bytes()]
    for problem in problems:
        print(problem)
    print(f"{len(FAULTS)} planted faults in texts, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
