#!/usr/bin/env python3
"""Reads the page of real runs with an independent parser: its elements, attributes, references, contrast and size.

usage: page_test.py ROOT [IGNORED]     with FLEETRACE_PROGRAM naming the program; a missing program is a visible skip
"""
import base64
import collections
import hashlib
import html.parser
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

VOID = {"meta", "br", "img", "link", "input", "hr"}
ELEMENTS = set("html head meta title style body header h1 h2 h3 p nav ul li a main section div table caption thead tbody tr th "
               "td strong script figure figcaption svg desc line path text details summary pre mark footer dl dt dd".split())
ATTRIBUTES = set("lang charset http-equiv content name class href id aria-label aria-labelledby aria-hidden tabindex role scope type "
                 "viewbox d x y x1 x2 y1 y2 open".split())
MOST_BYTES = 400_000  # of a run; a study of any number of replications has 700 kB
MOST_BYTES_OF_A_STUDY = 700_000
SCENARIOS = ("hare-and-turtle", "relative-loss", "frontier-cluster", "llama3", "race-under-uncertainty", "spares")
# What a scenario file can be called and its strategies can be called. YAML is given them in double quotes.
PAYLOADS = ("<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' autofocus onfocus='alert(1)", "</title><h1>x",
            "</style><style>*{}", "<!-- ", "]]><b>", "&lt;script&gt;", "&#60;b&#62;", "<a href='javascript:x'>", "</pre></div><b>",
            "</svg><script>", "<svg/onload=x>", "`${1}`", "{{7*7}}", "\u00a0<\u2003b>", "\U0001f422 <i>", "=1+1", "\\\"><b>", "a\u0301<u>")


class Page(html.parser.HTMLParser):
    """Elements, attributes, identifiers and texts; what is not balanced is a problem."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.problems, self.ids, self.references, self.charts = [], [], [], [], []
        self.data, self.script, self.is_program = [], "", False
        self.markup, self.texts, self.style, self.csp = collections.Counter(), [], "", ""
        self.feed(text)
        self.close()
        self.problems += [f"<{tag}> is never closed" for tag in self.open]
        missing = set(self.references) - set(self.ids)
        self.problems += [f"nothing has the id {each}" for each in sorted(missing)]
        self.problems += [f"id {each} stands twice" for each, count in collections.Counter(self.ids).items() if count > 1]

    def handle_starttag(self, tag, attributes):
        self.markup[tag] += 1
        if tag not in ELEMENTS:
            self.problems.append(f"element <{tag}>")
        for name, value in attributes:
            self.markup[f"{tag} {name}"] += 1
            if name not in ATTRIBUTES:
                self.problems.append(f"attribute {name} of <{tag}>")
            if name == "id":
                self.ids.append(value)
            if name == "aria-labelledby":
                self.references += value.split()
            if name == "href":
                if not value.startswith("#"):
                    self.problems.append(f"a link leaves the page: {value}")
                self.references.append(value[1:])
            if name == "d" and not re.fullmatch(r"M[0-9.]+ [0-9.]+(L[0-9.]+ [0-9.]+)*Z?", value):
                self.problems.append(f"an odd path: {value[:80]}")
        values = dict(attributes)
        if tag == "svg":
            named = values.get("role") == "img" and values.get("aria-labelledby")
            if not named and values.get("aria-hidden") != "true":
                self.problems.append("an <svg> with neither a name nor hidden")
            if named:
                self.charts.append({"title": "", "desc": "", "drawn": 0})
        if tag in ("path", "line") and self.charts and values.get("class", "").startswith(("line", "area")):
            self.charts[-1]["drawn"] += 1
        if values.get("class") == "scroll" and not (values.get("tabindex") == "0" and values.get("aria-label")):
            self.problems.append("a region that scrolls is not in reach of the keyboard, or has no name")
        self.is_program = tag == "script" and not values
        if tag == "script" and values and values != {"type": "application/json", "class": "data"}:
            self.problems.append(f"a script that is no data: {values}")
        if values.get("http-equiv") == "Content-Security-Policy":
            self.csp = values["content"]
        if tag not in VOID and not (tag in ("path", "line") and self.get_starttag_text().endswith("/>")):
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> closes nothing")

    def handle_data(self, data):
        where = self.open[-1] if self.open else ""
        if where == "script" and self.is_program:
            self.script += data
            return
        if where == "script":
            self.data.append(json.loads(data))
            if re.search("[<>&\u2028\u2029]", data):
                self.problems.append("data of a chart could be taken for markup")
        if where == "style":
            self.style += data
        elif where in ("title", "desc") and "svg" in self.open:
            self.charts[-1][where] += data
        self.texts.append(data)

    def handle_comment(self, data):
        self.problems.append(f"a comment: {data[:40]}")


def luminance(colour):
    """Relative luminance of #rrggbb, WCAG 2.1."""
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055)**2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def check_style(style):
    themes = re.findall(r":root(?:,\.light)?\{([^}]*--page[^}]*)\}", style)
    problems = [] if len(themes) == 2 else [f"{len(themes)} themes instead of light and dark"]
    for theme in themes:
        colour = dict(re.findall(r"--([a-z0-9]+):(#[0-9a-f]{6})", theme))
        pairs = [("text", "page", 7), ("text", "panel", 7), ("quiet", "page", 4.5), ("link", "page", 4.5), ("mark", "markbg", 4.5)]
        pairs += [(f"c{i}", "page", 4.5) for i in range(8)]  # names at the ends of lines have the colour of the line
        for front, back, least in pairs:
            found = contrast(colour[front], colour[back])
            if found < least:
                problems.append(f"contrast of {front} {colour[front]} on {back} is {found:.2f}, below {least}")
        for i in range(8):  # names within areas
            on = "#ffffff" if i < 2 else colour["on"] if i < 4 else "#111111"
            if contrast(on, colour[f"g{i}"]) < 4.5:
                problems.append(f"contrast of a name on g{i} is {contrast(on, colour[f'g{i}']):.2f}")
        ramp = [luminance(colour[f"g{i}"]) for i in range(8)]
        if ramp != sorted(ramp):
            problems.append("g0 to g7 do not run from dark to light")
    if re.search(r"url\(|@import|expression", style):
        problems.append("the style sheet fetches something")
    return problems


def check_page(page, size, most=MOST_BYTES):
    problems = list(page.problems)
    if size > most:
        problems.append(f"{size} bytes")
    directives = dict(part.strip().split(" ", 1) for part in page.csp.split(";"))
    allowed = {"style-src": page.style, "script-src": page.script}
    expected = {key: f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
                for key, text in allowed.items() if text}
    expected |= {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'"} | ({"img-src": "data:"} if page.script else {})
    if directives != expected:
        problems.append(f"the content security policy is {page.csp!r}")
    if not page.charts or len(page.data) != len(page.charts):
        problems.append(f"{len(page.charts)} charts, {len(page.data)} with data")
    for chart in page.charts:
        if not chart["title"] or not chart["desc"] or not chart["drawn"]:
            problems.append(f"a chart lacks a title, a description or anything drawn: {chart}")
    return problems


def run(program, scenario, folder, verb=("run", )):
    """The page of a run, or None where the scenario is refused."""
    found = subprocess.run([program, *verb, scenario, "--output", folder, "--quiet"], capture_output=True, timeout=120)
    if found.returncode == 3:
        return None
    found.check_returncode()
    return (pathlib.Path(folder) / "report.html").read_bytes().decode("utf-8")


def scenario_named(name, strategy):
    quoted = [each.replace("\\", "\\\\").replace('"', '\\"') for each in (name, strategy)]
    return (f'fleetrace: 1\nname: "{quoted[0]}"\nhorizon: {{start: 2026-01-01, length: 4 yr}}\n'
            'hardware: {model: catalog, accelerators: [H100, B200]}\noperations: {mfu: 0.4}\n'
            'initial_fleet: [{accelerator: H100, count: 64, installed: 2025-01-01}]\nstrategies:\n'
            f'  "{quoted[1]}": {{buy: incremental, budget: 1e8 USD, every: 1 yr}}\n  other: {{buy: none}}\n')


def main():
    program = os.environ.get("FLEETRACE_PROGRAM", "")
    if not os.access(program, os.X_OK):
        print("SKIPPED: there is no program")
        return 0
    problems, pages, refused = [], 0, 0
    with tempfile.TemporaryDirectory() as top:
        for name in SCENARIOS:
            text = run(program, name, os.path.join(top, name))
            page = Page(text)
            if name == "race-under-uncertainty":
                study = run(program, name, os.path.join(top, "study"), ("compare", "--replications", "20"))
                problems += [f"compare {name}: {each}" for each in
                             check_page(Page(study), len(study.encode()), MOST_BYTES_OF_A_STUDY)]
            found = check_page(page, len(text.encode())) + (check_style(page.style) if pages == 0 else [])
            problems += [f"{name}: {each}" for each in found]
            pages += 1
        expected = None
        for i, payload in enumerate(("plain", ) + PAYLOADS):
            source = os.path.join(top, f"{i}.yaml")
            pathlib.Path(source).write_text(scenario_named(payload, payload), encoding="utf-8")
            text = run(program, source, os.path.join(top, f"out{i}"))
            if text is None:
                refused += 1
                continue
            page = Page(text)
            expected = expected or page.markup
            if page.markup != expected:
                problems.append(f"{payload!r} changes the markup: {(page.markup - expected) or (expected - page.markup)}")
            if payload not in " ".join(page.texts):
                problems.append(f"{payload!r} does not come back as text")
            problems += [f"{payload!r}: {each}" for each in check_page(page, len(text.encode()))]
            pages += 1
    if refused > len(PAYLOADS) // 2:
        problems.append(f"{refused} names are refused: nothing is tested")
    print("\n".join(problems) or f"{pages} pages read, {refused} names refused")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
