"""The structural checks find planted faults: each fault is put into a small sound tree of its own, and the check must
name it. A check that cannot fail checks nothing."""

import os
import subprocess
import sys
import tempfile

import floors_test
import hygiene_test

HERE = os.path.dirname(os.path.abspath(__file__))

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
    "README.md": "Text.\n",
}

MODEL = "namespace fleetrace::models {\n%s\n}\n"

FAULTS = [
    (floors_test, "sim/core/a.cpp", '#include "fleetrace/fleet/world.hpp"\nnamespace fleetrace::core {}\n', "a floor above core"),
    (floors_test, "models/loss/a.cpp", '#include "fleetrace/engine/clock.hpp"\n' + MODEL % "", "the sibling engine"),
    (floors_test, "models/loss/a.cpp", '#include "../../sim/fleet/events/list.hpp"\n' + MODEL % "", "a floor above models"),
    (floors_test, "models/loss/a.cpp", "#include <yaml-cpp/yaml.h>\n" + MODEL % "", "does not belong to the floor models"),
    (floors_test, "models/loss/a.cpp", '#include "nowhere.hpp"\n' + MODEL % "", "is no file of the tree"),
    (floors_test, "models/loss/a.cpp", "#include <fleetrace/core/time.hpp>\n" + MODEL % "", "include it in quotes"),
    (floors_test, "models/loss/a.cpp", "namespace fleetrace::fleet {}\n", "opens namespace fleetrace::fleet"),
    (floors_test, "models/loss/a.cpp", "int a = 0;\n", "does not open namespace fleetrace::models"),
    (floors_test, "include/fleetrace/models/a.hpp", "#pragma once\n#include <boost/math/tools/roots.hpp>\n" + MODEL % "",
     "only std and our own"),
    (floors_test, "include/fleetrace/models/a.hpp", '#pragma once\n#include "models/loss/list.hpp"\n' + MODEL % "", "is private"),
    (floors_test, "include/fleetrace/models/a.hpp", MODEL % "", "no #pragma once"),
    (floors_test, "include/fleetrace/attic/a.hpp", "#pragma once\n", "belongs to no floor"),
    (hygiene_test, "models/loss/a.cpp", MODEL % "double f() { return std::pow(2.0, 3.0); }", "std::pow"),
    (hygiene_test, "models/loss/a.cpp", MODEL % "double f() { return ::log1p(3.0); }", "::log1p"),
    (hygiene_test, "models/loss/a.cpp", MODEL % "double f() { return exp(3.0); }", "exp is the C library's"),
    (hygiene_test, "include/fleetrace/models/a.hpp", MODEL % "inline double f() { return std::expm1(3.0); }", "std::expm1"),
    (hygiene_test, "sim/core/a.cpp", "double f() { return std::exp2(3.0); }\n", "std::exp2"),
    (hygiene_test, "sim/fleet/a.cpp", "std::unordered_map<int, int> map;\n", "sorted container"),
    (hygiene_test, "models/loss/a.cpp", "#include <random>\n", "streams"),
    (hygiene_test, "sim/fleet/long.cpp", "int a = 0;\n" * 401, "has 401 lines"),
    (hygiene_test, "cmake/a.cmake", "add_compile_options(-ffast-" + "math)\n", "gives up IEEE 754"),
    (hygiene_test, "tools/a.sh", "curl https://py" + "pi.org/x\n", "package registry"),
    (hygiene_test, "docs/a.md", "no newline", "does not end with a newline"),
    (hygiene_test, "docs/a.md", "line\r\n", "carriage returns"),
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
