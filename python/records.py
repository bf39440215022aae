#!/usr/bin/env python3
"""records.py ROOT CPP STUB: what Python sees of the plain values in the public headers.

The structs of include/fleetrace/ are results: fields and a few constant functions, each with its meaning and unit in a comment.
This reads them, and writes CPP, which makes a read-only Python class of each, and STUB, which types the same classes for
mypy. So a field that is added to a header is there in Python, with its documentation, and nowhere has to be kept up by hand. A
declaration that is not understood stops the build.
"""

import keyword
import os
import re
import sys

HEADERS = ("models/loss.hpp", "models/observation.hpp", "fleet/history.hpp", "fleet/finance.hpp", "fleet/results.hpp", "plan.hpp", "study/comparison.hpp", "study/results.hpp",
           "study/what_if.hpp", "study/optimum.hpp", "frontier.hpp", "theory.hpp", "diff.hpp", "fit.hpp")
# Structs that are asked rather than answered, and what no result shows.
LEFT_OUT = {"Decision", "ConstraintInfo", "PlanOptions", "FrontierRequest", "TokensRequest", "DiffDraw",
            "DiffOptions", "WhatIfMetric", "PowerTerm", "LossLaw", "LossEntry", "Chinchilla", "RepeatedData", "FitRequest", "FitModel"}
# Names that say too little outside of their header.
RENAMED = {"study::Comparison": "PointComparison", "study::Sensitivity": "SensitivityValues", "Theory": "TheoryValues",
           "Milestones": "MilestoneTable", "Roadmap": "RoadmapValues", "Diff": "DiffValues", "Fit": "FitValues", "study::WhatIf": "WhatIfValues",
           "fleet::Target": "TargetReached", "study::Optimum": "OptimumValues", "study::UncertainOptimum": "UncertainOptimumValues"}
PLAIN = {"double": "float", "bool": "bool", "int": "int", "std::size_t": "int", "std::int64_t": "int", "std::uint32_t": "int",
         "std::string": "str", "std::string_view": "str", "core::Money": "float", "core::Time": "numpy.datetime64",
         "core::Duration": "numpy.timedelta64", "fleet::Metric": "str", "fleet::Constraint": "str", "Constraint": "str",
         "End": "str", "Kind": "str"}


class Struct:
    def __init__(self, space, name, doc):
        self.space, self.name, self.doc, self.fields = space, name, doc, []

    @property
    def cpp(self):
        return "::".join(part for part in ("fleetrace", self.space, self.name) if part)

    @property
    def python(self):
        return RENAMED.get(f"{self.space}::{self.name}" if self.space else self.name, self.name)


def split_comment(line):
    """The code of a line, and its comment for readers of the documentation; other comments are dropped."""
    code, mark, comment = line.partition("//")
    if not mark:
        return line, ""
    return code, comment[1:].lstrip("<").strip() if comment.startswith("/") else ""


def declarations(body, path):
    """(declaration, doc, whether it is a function) of each member of a struct, from the lines between its braces."""
    code, doc, depth = "", [], 0
    for number, line in body:
        text, comment = split_comment(line)
        if comment and not code.strip():
            if not text.strip():
                doc.append(comment)
                continue
        if comment:
            doc.append(comment)
        for letter in text:
            depth += {"{": 1, "}": -1}.get(letter, 0)
            code += letter
            ended = (letter == ";" and depth == 0) or (letter == "}" and depth == 0 and ")" in code.split("{")[0])
            if ended:
                after = text[text.rfind(letter) + 1:].strip()
                if after:
                    sys.exit(f"{path}:{number}: one declaration a line, please: {line.strip()}")
                yield " ".join(code.split()), " ".join(doc), number
                code, doc = "", []
                break
        else:
            code += " "


FIELD = re.compile(r"^(?P<type>[\w:]+(?:<.*>)?) (?P<name>\w+)(?: = [^;]*)?;$")
FUNCTION = re.compile(r"^\[\[nodiscard\]\] (?P<type>[\w:]+(?:<.*>)?) (?P<name>\w+)\(\) const(?:;| \{.*\})$")
IGNORED = re.compile(r"^(?:static constexpr|\[\[nodiscard\]\] static|bool operator==|enum class|explicit|\[\[nodiscard\]\].*\(.+\))")


def read(root, header):
    path = os.path.join(root, "include", "fleetrace", header)
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    space, doc, structs, i = "", [], [], 0
    while i < len(lines):
        line = lines[i]
        i += 1
        if found := re.match(r"namespace fleetrace(?:::(\w+))? \{", line):
            space, doc = found.group(1) or "", []
        elif line.startswith("///"):
            doc.append(line[3:].strip())
        elif found := re.match(r"struct (\w+) \{$", line):
            struct = Struct(space, found.group(1), " ".join(doc))
            body = []
            while lines[i] != "};":
                body.append((i + 1, lines[i]))
                i += 1
            i += 1
            doc = []
            if struct.name in LEFT_OUT:
                continue
            for code, comment, number in declarations(body, path):
                field = FIELD.match(code) or FUNCTION.match(code)
                if field is None and IGNORED.match(code):
                    continue
                if field is None:
                    sys.exit(f"{path}:{number}: records.py does not understand \"{code}\" of {struct.name}")
                struct.fields.append((field["name"], field["type"], comment, FIELD.match(code) is None))
            structs.append(struct)
        elif line.strip():
            doc = []
    return structs


def python_type(text, known, where):
    """The Python type of a C++ type."""
    if text in PLAIN:
        return PLAIN[text]
    if found := re.fullmatch(r"std::optional<(.*)>", text):
        return f"{python_type(found[1], known, where)} | None"
    if found := re.fullmatch(r"std::vector<(.*)>", text):
        return f"list[{python_type(found[1], known, where)}]"
    if re.fullmatch(r"std::array<\S+, (kStates|kConstraints|kWhatIfMetrics)>", text):
        return f"dict[str, {python_type(text[11:text.rindex(',')], known, where)}]"
    if found := re.fullmatch(r"std::array<(.*), \d+>", text):
        return f"list[{python_type(found[1], known, where)}]"
    for name in (f"{where.space}::{text}" if where.space else text, text):
        if name in known:
            return known[name]
    sys.exit(f"records.py knows no Python type for {text} of {where.cpp}")


def python_name(name):
    return name + "_" if keyword.iskeyword(name) else name


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def write_cpp(structs):
    out = ['// Written by python/records.py.', '#include "python/src/records.hpp"', "", '#include "fleetrace/fleetrace.hpp"',
           '#include "python/src/casters.hpp"', "", "namespace fleetrace::python {", "", "void bind_records(py::module_& module) {"]
    for struct in structs:
        out.append(f"  Record<{struct.cpp}>(module, {quoted(struct.python)}, {quoted(struct.doc)})")
        for name, kind, doc, is_function in struct.fields:
            named = ".keyed" if re.match(r"std::array<\S+, k", kind) else ".field"
            out.append(f"      {named}({quoted(python_name(name))}, &{struct.cpp}::{name}, {quoted(doc)})")
        out[-1] += ";"
    return "\n".join(out + ["}", "", "}  // namespace fleetrace::python", ""])


def docstring(text):
    return f'"""{text} """' if text.endswith('"') else f'"""{text}"""'


def write_stub(structs):
    known = {(f"{s.space}::{s.name}" if s.space else s.name): s.python for s in structs}
    out = ['"""Written by python/records.py: the values of results, as the headers of the library have them."""', "",
           "import numpy", ""]
    for struct in structs:
        out += ["", f"class {struct.python}:", f"    {docstring(struct.doc)}", ""]
        for name, kind, doc, _ in struct.fields:
            out += ["    @property", f"    def {python_name(name)}(self) -> {python_type(kind, known, struct)}:",
                    f"        {docstring(doc)}" if doc else "        ..."]
    return "\n".join(out) + "\n"


def main():
    root, cpp, stub = sys.argv[1:4]
    structs = [struct for header in HEADERS for struct in read(root, header)]
    for path, text in ((cpp, write_cpp(structs)), (stub, write_stub(structs))):
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    main()
