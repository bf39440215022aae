"""What a mutant is: an operator, constant or statement of the models or the fleet exchanged, in the way of the operators of Mull and
PIT. Each place in a source has a text that holds its mutants, all off until schemata.hpp is told a number."""
import re
from typing import NamedTuple

import trust

FOLDERS = ("models", "sim/fleet")
SPACE = "::fleetrace_mutants::"

# Mutants that cannot change what the program does, or only what people read; they are not drawn. A pattern of a line, and why.
LEFT_OUT = [
    (r'^\s*(//|#|using |namespace |template|friend |public:|private:)', "a declaration"),
    (r'^\s*\{?\.|"', "the table by which a model describes itself, or a text: names, units, sources and ranges are for the reader's tests"),
    (r"constexpr|static_assert|^\s*case |operator|<=>", "a constant of the compiler, which has no value at run time that could be chosen"),
    (r"\bthrow\b|\brequire|\bassert|\bfinding|refuse\(", "a check of the code itself, or what is said of a wrong scenario"),
    (r"\.reserve\(|\.shrink_to_fit\(|capacity\(\)", "memory set aside: results are the same without it"),
    (r"\bnoexcept\b|\[\[nodiscard\]\]|^\s*(static|extern) ", "a declaration"),
]
# Functions, from their first line to their end, and why.
FUNCTIONS_LEFT_OUT = [
    (r"^bool \w+::(conserved|consistent|balanced|within_limits|\w*agrees\w*)\(", "a check of the code itself"),
    (r"^(void|bool) (\w+::)?(check(_\w+)?|refuse\w*)\(", "what is said of a wrong scenario: the reader's tests look at it"),
    (r"^std::string(_view)? (\w+::)?(suggest\w*|quote|describe|meant)\(", "a text that people read"),
]
# Bounds of comparisons, which are not moved though they may be turned round, and why.
BOUNDS_LEFT_OUT = [
    (r"\bfor \(.* < [\w.]+\.size\(\);|\bfor \(std::size_t .* < k[A-Z]\w*;",
     "the end of a list or an array: what lies beyond is undefined, and anything may come of it, or nothing"),
    (r"\? low : high\) = |\bmiddle <= low \|\| middle >= high\b",
     "a bisection: which half has a value that is met to the last bit makes no difference to where it ends"),
]
MOVES_OF_BOUNDS = ("< to <=", "<= to <", "> to >=", ">= to >")
# Files, and why.
FILES_LEFT_OUT = [
    (r"_invariants\.cpp$", "checks of the code itself, which a released program does not have"),
    (r"(^|/)list\.cpp$", "the list of models, whose order nothing depends on but what `list` prints"),
    (r"events/trace\.cpp$", "names of events in the trace that people read"),
]


class Mutant(NamedTuple):
    source: str   # below the root
    line: int
    what: str     # in words
    place: int    # where its text begins


class Edit(NamedTuple):
    begin: int
    end: int
    text: str     # with {0}, {1} for the numbers of its mutants
    what: tuple   # each mutant in words


# An operator between spaces: its text, and its mutants.
BETWEEN = {
    "+": ("+ S::Plus<{0}>{{}} +", "+ to -"), "-": ("- S::Minus<{0}>{{}} -", "- to +"),
    "*": ("* S::Times<{0}>{{}} *", "* to /"), "/": ("/ S::Over<{0}>{{}} /", "/ to *"),
    "==": ("== S::Equal<{0}>{{}} ==", "== to !="), "!=": ("!= S::Unequal<{0}>{{}} !=", "!= to =="),
    "<": ("< S::Less<{0}, {1}>{{}} <", "< to <=", "< to >="), "<=": ("<= S::AtMost<{0}, {1}>{{}} <=", "<= to <", "<= to >"),
    ">": ("> S::More<{0}, {1}>{{}} >", "> to >=", "> to <="), ">=": (">= S::AtLeast<{0}, {1}>{{}} >=", ">= to >", ">= to <"),
    "&&": ("| S::Yes<{0}>{{}} && S::Yes<{1}>{{}} |", "left of && does not count", "right of && does not count"),
    "||": ("& S::No<{0}>{{}} || S::No<{1}>{{}} &", "left of || does not count", "right of || does not count"),
    "+=": ("+= S::Add<{0}>{{}} +=", "+= to -="), "-=": ("-= S::Subtract<{0}>{{}} -=", "-= to +="),
    "*=": ("*= S::Multiply<{0}>{{}} *=", "*= to /="), "/=": ("/= S::Divide<{0}>{{}} /=", "/= to *="),
}
OPERATOR = re.compile(r"(?<= )(" + "|".join(sorted(map(re.escape, BETWEEN), key=len, reverse=True)) + r")(?= |$)")
# A word or number: its text, and its mutant.
WORDS = [
    (re.compile(r"\btrue\b"), "(!S::on({0}))", "true to false"),
    (re.compile(r"\bfalse\b"), "S::on({0})", "false to true"),
    (re.compile(r"(?<![\w.])1(?![\w.'])"), "(S::on({0}) ? 2 : 1)", "1 to 2"),
    (re.compile(r"\bstd::min\("), "S::least({0}, ", "min to max"),
    (re.compile(r"\bstd::max\("), "S::most({0}, ", "max to min"),
    (re.compile(r"core::exp\("), "(S::on({0}) ? core::exp2 : core::exp)(", "exp to exp2"),
    (re.compile(r"core::log\("), "(S::on({0}) ? core::log2 : core::log)(", "log to log2"),
]
NAME = r"[\w.:\->\[\]()*]"
STATEMENT = re.compile(rf"^\s+((?:[A-Za-z_*]{NAME}*\(.*\)|[A-Za-z_*]{NAME}* [-+*/]?= .+|(?:\+\+|--){NAME}+));$")
# What can stand before a statement.
BEFORE = re.compile(r"(^\s*(//.*)?|[;{}):])$")
CONDITION = re.compile(r"\bif \(")


def balanced(text):
    depth = 0
    for each in text:
        depth += (each in "([{") - (each in ")]}")
        if depth < 0:
            return False
    return depth == 0


def closing(text, begin):
    """Where the bracket closes that is open before `begin`; None where it does not in this line."""
    depth = 1
    for i in range(begin, len(text)):
        depth += (text[i] in "([{") - (text[i] in ")]}")
        if depth == 0:
            return i
    return None


def edits_of_line(line, before):
    code = line.split("//")[0].rstrip()
    for found in OPERATOR.finditer(code):
        text, *what = BETWEEN[found.group(1)]
        yield Edit(found.start(), found.end(), text, tuple(what))
    for pattern, text, what in WORDS:
        for found in pattern.finditer(code):
            yield Edit(found.start(), found.end(), text, (what,))
    statement = STATEMENT.match(code)
    if statement and balanced(statement.group(1)) and BEFORE.search(before):
        begin, end = statement.span(1)
        yield Edit(begin, begin, "(S::on({0}) ? (void)0 : (void)(", ("the statement is left out",))
        yield Edit(end, end, "))", ())
    condition = CONDITION.search(code)
    if condition:
        end = closing(code, condition.end())
        inside = code[condition.end():end] if end else ";"
        if not re.search(r";|[^=!<>]=[^=]", inside):
            yield Edit(condition.end(), condition.end(), "S::on({0}) != static_cast<bool>(", ("the condition is turned round",))
            yield Edit(end, end, ")", ())


def compiled(patterns):
    return [re.compile(pattern) for pattern, _ in patterns]


def edits(text):
    """The places of a source that can hold mutants."""
    lines, functions = compiled(LEFT_OUT), compiled(FUNCTIONS_LEFT_OUT)
    at, before, is_left_out = 0, "", False
    for number, line in enumerate(text.split("\n")):
        # A function ends with a bracket in the first column, or on its first line.
        is_left_out = is_left_out or any(pattern.search(line) for pattern in functions)
        if not is_left_out and not any(pattern.search(line) for pattern in lines):
            for edit in edits_of_line(line, before):
                yield number + 1, edit._replace(begin=at + edit.begin, end=at + edit.end)
        if line.startswith("}") or line[:1].strip() and line.endswith((" }", ";")):
            is_left_out = False
        at, before = at + len(line) + 1, line


def moves_left_out(line):
    """The moves of a bound that are left out on a line."""
    return MOVES_OF_BOUNDS if any(pattern.search(line) for pattern in compiled(BOUNDS_LEFT_OUT)) else ()


def candidates():
    """All mutants there are."""
    for folder in FOLDERS:
        for path in sorted((trust.ROOT / folder).rglob("*.cpp")):
            source = str(path.relative_to(trust.ROOT))
            if any(re.search(pattern, source) for pattern, _ in FILES_LEFT_OUT):
                continue
            text = path.read_text(encoding="utf-8")
            lines = text.split("\n")
            for line, edit in edits(text):
                for what in edit.what:
                    if what not in moves_left_out(lines[line - 1]):
                        yield Mutant(source, line, what, edit.begin)


def with_mutants(text, numbers):
    """A source with those mutants in it that have a number, by place and words. Lines stay where they are."""
    chosen, closes = [], False
    for _, edit in edits(text):
        if not edit.what:
            if closes:
                chosen.append(edit)
            continue
        own = [numbers.get((edit.begin, what), 0) for what in edit.what]
        closes = any(own)
        if closes:
            chosen.append(edit._replace(text=edit.text.replace("S::", SPACE).format(*own)))
    made, at = [], 0
    # What is put before a word stands there before the word is replaced.
    for edit in sorted(chosen, key=lambda each: (each.begin, each.end)):
        made += [text[at:edit.begin], edit.text]
        at = edit.end
    return "".join([*made, text[at:]])
