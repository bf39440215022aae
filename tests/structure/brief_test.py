#!/usr/bin/env python3
"""A brief is one sheet of A4: it has its parts, what it says turns the winner does, and a browser prints one page of it.

usage: brief_test.py ROOT [IGNORED]     with FLEETRACE_PROGRAM naming the program; without a browser the sheet is not printed
"""
import html
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import browser

PROGRAM = os.environ.get("FLEETRACE_PROGRAM", "")
ASKED = {
    "run": ["run", "hare-and-turtle"],
    "many": ["run", "classical-laws"],
    "one": ["run", "gpt3"],
    "sites": ["run", "two-sites"],
    "drawn": ["run", "race-under-uncertainty", "--seed", "7", "--replication", "3"],
    "compare": ["compare", "race-under-uncertainty", "--replications", "40"],
    "certain": ["compare", "hare-and-turtle"],
    "target": ["compare", "race-under-uncertainty", "--replications", "20", "--objective", "cost_to_target", "--target", "0.8"],
}
PARTS = ["Question", "Recommendation", "How sure", "What would turn it", "Assumptions that decide most"]


def check(holds, what):
    if not holds:
        sys.exit(f"brief_test: {what}")


def run(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=300)


def winner(*changes):
    """Who has the lowest final loss where these numbers are set."""
    done = run("run", "hare-and-turtle", "--format", "json", *(f"--set={change}" for change in changes))
    check(done.returncode == 0, f"{changes}: {done.stderr}")
    final = {each["name"]: each["final"]["relative_loss"] for each in json.loads(done.stdout)["strategies"]}
    return min(final, key=final.get)


def check_parts(name, page):
    check(re.findall(r"<h2>(.*?)</h2>", page) == PARTS, f"{name}: parts {re.findall(r'<h2>(.*?)</h2>', page)}")
    check(len(re.findall("<figure ", page)) == 3, f"{name}: {len(re.findall('<figure ', page))} charts")
    assumptions = page.split("Assumptions that decide most</h2>")[1].split("</ul>")[0]
    check(assumptions.count("<li>") == 5, f"{name}: {assumptions.count('<li>')} assumptions")
    policy = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    check(len(policy) == 1 and policy[0].startswith("default-src 'none';"), f"{name}: the policy {policy}")
    addresses = re.sub(r"https?://www\.w3\.org/\S*", "", page).replace("<meta http-equiv=", "")
    check("http" not in addresses, f"{name}: a sheet fetches something")
    check("nan" not in re.sub(r"<[^>]*>", "", page).split(), f"{name}: a number is none")


def check_turns(page):
    """Each value that is said to turn the winner turns it, and the scenario as it is does not."""
    turns = page.split("What would turn it</h2>")[1].split("</ul>")[0]
    found = re.findall(r"<li>(\S+) at or (below|above) (.*?) \(now (.*?)\): (\S+) leads\.", html.unescape(turns))
    check(len(found) >= 2, f"what would turn it: {turns}")
    for path, side, value, now, leader in found:
        number, _, unit = value.partition(" ")
        beyond = f"{float(number) * (0.97 if side == 'below' else 1.03):.6g} {unit}".strip()
        check(winner(f"{path}={beyond}") == leader, f"{path}={beyond}: {winner(f'{path}={beyond}')} leads, not {leader}")
        check(winner(f"{path}={now}") == "lab", f"{path} as it is")


def check_prints(folder, names):
    """One page of A4 each, with nothing cut off."""
    for name in names:
        pdf = folder / f"{name}.pdf"
        subprocess.run([browser.program(), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                        f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={pdf}", f"file://{folder / name}/brief.html"],
                       capture_output=True, timeout=120, check=True)
        data = pdf.read_bytes()
        check(len(re.findall(rb"/Type\s*/Page\b", data)) == 1, f"{name}: {len(re.findall(rb'/Type /Page', data))} pages")
        box = [float(each) for each in re.search(rb"/MediaBox\s*\[([^\]]*)\]", data).group(1).split()]
        check(abs(box[2] - 595) < 2 and abs(box[3] - 842) < 2, f"{name}: the paper is {box}")
    shown = browser.Browser()
    try:
        for name in names:
            shown.open(folder / name / "brief.html", 1000)
            sizes = shown.value("[...document.querySelectorAll('.sheet, .charts')].map(e => e.scrollHeight - e.clientHeight)")
            check(max(sizes) <= 1, f"{name}: {sizes} pixels are cut off")
    finally:
        shown.close()


def check_refused(folder):
    asked = run("solve", "hare-and-turtle", "--for", "strategies.turtle.budget", "--until", "relative_loss <= 0.54", "--output",
                folder / "solve", "--quiet")
    check(asked.returncode == 0, asked.stderr)
    done = run("report", folder / "solve", "--brief")
    check(done.returncode == 3 and "a brief is of a run or a comparison" in done.stderr, f"a brief of solve: {done}")
    check(not (folder / "solve" / "brief.html").exists(), "a refused brief is written")
    done = run("report", folder / "nowhere", "--brief")
    check(done.returncode == 3 and "there is no such folder" in done.stderr, f"no folder: {done}")


def main():
    if not PROGRAM:
        print("brief_test: skipped, the program is not built")
        return 77
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        for name, asked in ASKED.items():
            check(run(*asked, "--output", folder / name, "--quiet").returncode == 0, f"{asked} fails")
            before = (folder / name / "report.html").read_bytes()
            done = run("report", folder / name, "--brief")
            check(done.returncode == 0, f"{name}: {done.stderr}")
            sheet = folder / name / "brief.html"
            page = sheet.read_text(encoding="utf-8")
            check_parts(name, page)
            check(run("report", folder / name, "--brief").returncode == 0 and sheet.read_text(encoding="utf-8") == page,
                  f"{name}: other bytes the second time")
            check((folder / name / "report.html").read_bytes() == before, f"{name}: the page was changed")
        check_turns((folder / "run" / "brief.html").read_text(encoding="utf-8"))
        check_refused(folder)
        if browser.program() is None:
            print("brief_test: no browser, so that no sheet is printed")
        else:
            check_prints(folder, list(ASKED))
    print("brief_test: passed")
    return 0


sys.exit(main())
