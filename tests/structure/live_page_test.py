#!/usr/bin/env python3
"""The live page in a real browser: it races what is moved, says it, keeps it in its address, and asks nothing of anyone.

usage: live_page_test.py ROOT [IGNORED]     with FLEETRACE_PROGRAM naming the program

Skipped where the program has no live page, and where there is no Chromium. Times are measured and said, and nothing depends on them.
FLEETRACE_SCREENSHOTS names a folder for pictures.
"""
import csv
import gzip
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import browser
import live_speed
import page_looks
from browser_test import axe_script
from live_speed import READY, SCENARIOS, open_anew

SKIPPED = 77
PAPER = 718  # pixels between the margins of A4
PROGRAM = os.environ.get("FLEETRACE_PROGRAM", "")
MOST_BYTES, MOST_COMPRESSED = 3_000_000, 1_200_000
MOVE = """(async (share) => {
  const range = document.querySelector('#controls input[type=range]');
  range.value = Math.round(1000 * share);
  range.dispatchEvent(new Event('input', {bubbles: true}));
  range.dispatchEvent(new Event('change', {bubbles: true}));
  for (let i = 0; i < 3; ++i) await new Promise(requestAnimationFrame);
})"""
TEXT = "document.getElementById('%s').textContent"
PATHS = "[...document.querySelectorAll('#charts .line')].map((each) => each.getAttribute('d')).join()"
# The losses in the table, by strategy.
LOSSES = "[...document.querySelectorAll('#moved tbody tr')].map((row) => [row.cells[0].textContent, parseFloat(row.cells[1].textContent)])"
# What a button saves: its name and its text, or for a picture the first bytes in base64.
SAVED = """(async (id) => {
  let saved = null;
  const click = HTMLAnchorElement.prototype.click;
  const url = URL.createObjectURL;
  let content = null;
  URL.createObjectURL = (blob) => { content = blob; return url.call(URL, blob); };
  HTMLAnchorElement.prototype.click = function () { saved = this.download; };
  document.getElementById(id).click();
  for (let i = 0; i < 500 && saved === null; ++i) await new Promise((done) => setTimeout(done, 10));
  HTMLAnchorElement.prototype.click = click;
  URL.createObjectURL = url;
  const bytes = new Uint8Array(await content.arrayBuffer());
  return {name: saved, size: bytes.length, text: saved.endsWith('.png') ? btoa(String.fromCharCode(...bytes.slice(0, 8))) : new TextDecoder().decode(bytes)};
})"""
NUMBER = re.compile(r"[-+]?[0-9][0-9,]*(?:\.[0-9]+)?(?:e[-+]?[0-9]+)?")
UNNAMED = """[...document.querySelectorAll('button, input, select, textarea, svg[tabindex]')].filter((each) => each.checkVisibility() &&
  !each.textContent.trim() && !each.getAttribute('aria-label') && !(each.labels && each.labels.length)).length"""
problems = []


def check(holds, what):
    if not holds:
        problems.append(what)


def made(name, folder, to=None):
    page = folder / f"{to or name}.html"
    done = subprocess.run([PROGRAM, "live", name, "--output", str(page)], capture_output=True, text=True, timeout=60)
    return page if done.returncode == 0 else None


def losses_of(name, *changes):
    done = subprocess.run([PROGRAM, "run", name, "--format", "json", *(word for each in changes for word in ("--set", each))],
                          capture_output=True, text=True, timeout=60, check=True)
    return {each["name"]: each["final"]["relative_loss"] for each in json.loads(done.stdout)["strategies"]}


def same_losses(chrome, name, *changes):
    shown = dict(chrome.value(LOSSES))
    wanted = losses_of(name, *changes)
    check(shown.keys() == wanted.keys() and all(abs(shown[each] - wanted[each]) <= 0.00051 for each in wanted),
          f"{name} {changes}: the page has {shown}, the program {wanted}")


def quiet(chrome, page, where):
    for message in chrome.messages():
        problems.append(f"{where}: the page says {message}")
    asked = [each for each in chrome.requests() if not each.startswith(("blob:", "data:")) and each.split("#")[0] != f"file://{page}"]
    check(not asked, f"{where}: requests {asked}")


def measured(chrome, name):
    middle, high, used = live_speed.measure(chrome)
    print(f"{name}: from a moved control to the picture {middle:.0f} ms at the median, {high:.0f} ms at the 95th percentile, "
          f"{used:.0f} ms of a processor; {chrome.value(TEXT % 'written')}")


def moved(chrome, page, name):
    open_anew(chrome, page)
    before, answer = chrome.value(PATHS), chrome.value(TEXT % "answer")
    same_losses(chrome, name)
    measured(chrome, name)
    chrome.value(MOVE + "(0.1)")
    check(chrome.value(PATHS) != before and chrome.value(TEXT % "answer") != answer, f"{name}: a moved control changes nothing")
    check("holds" in chrome.value(TEXT % "why"), f"{name}: why says {chrome.value(TEXT % 'why')!r}")
    fragment = chrome.value("location.hash")
    found = re.fullmatch(r"#v=1&power=([\d.]+)MW", fragment)
    check(found, f"{name}: the address is {fragment}")
    if found:
        same_losses(chrome, name, f"sites.main.power={found[1]} MW")
        check(f"fleetrace whatif {name} --set 'sites.main.power={found[1]} MW'" == chrome.value(TEXT % "command"),
              f"{name}: the command is {chrome.value(TEXT % 'command')}")
    here = chrome.value(TEXT % "answer")
    for button, wanted in (("undo", "#v=1&power="), ("undo", "#v=1"), ("redo", "#v=1&power="), ("redo", fragment)):
        chrome.value(f"document.getElementById('{button}').click()")
        check(chrome.value("location.hash").startswith(wanted), f"{name}: {button} comes to {chrome.value('location.hash')}")
    check(chrome.value(TEXT % "answer") == here, f"{name}: redo does not come back")
    quiet(chrome, page, name)
    # A colleague opens the link.
    open_anew(chrome, page, fragment)
    check(chrome.value(TEXT % "answer") == here, f"{name}: the link shows {chrome.value(TEXT % 'answer')!r}, not {here!r}")
    chrome.value("document.getElementById('pin').click()")
    chrome.wait("location.hash.includes('base.power=')")
    chrome.value("document.getElementById('reset').click()")
    chrome.wait("location.hash === '#v=1'")
    check(chrome.value(TEXT % "answer") == answer, f"{name}: reset does not come back to the beginning")
    open_anew(chrome, page, "#v=1&power=30MW&no.such.path=3&power=%E0%A4")
    check("no.such.path" in chrome.value(TEXT % "said") and "power=30MW" in chrome.value("location.hash"), f"{name}: an odd link is not read as far as it goes")
    quiet(chrome, page, name)


def asked(chrome, page):
    """Slow questions, the drawer and presets."""
    open_anew(chrome, page)
    for each in ("tornado", "map"):
        chrome.value(f"document.getElementById('ask-{each}').click()")
        chrome.wait(f"document.querySelectorAll('#figure-{each} rect').length >= 8")
    chrome.wait("document.querySelectorAll('.turn').length > 0")
    chrome.value("document.querySelector('#presets button').click()")
    chrome.wait("location.hash.includes('power=30MW')")
    chrome.value("document.getElementById('drawer').open = true")
    chrome.wait("document.getElementById('text').value.includes('power: 30 MW')")
    check("# changed from 60 MW" in chrome.value("document.getElementById('text').value"), "the drawer does not mark what was changed")
    type_in = "(() => { const area = document.getElementById('text'); area.value = area.value.replace(%s, %s); area.dispatchEvent(new Event('input')); })()"
    chrome.value(type_in % ("'power: 30 MW'", "'power: 30 mW'"))
    chrome.wait("document.getElementById('problems').textContent.includes('sites.main.power')")
    check("line " in chrome.value(TEXT % "problems"), "a finding has no place")
    chrome.value(type_in % ("'power: 30 mW'", "'power: 20 MW'"))
    chrome.wait("document.querySelector('#controls input[type=number]').value === '20'")
    same_losses(chrome, "capacity-what-if", "sites.main.power=20 MW")
    quiet(chrome, page, "questions")


def uncertain(chrome, page):
    open_anew(chrome, page)
    chrome.value("document.getElementById('ask-bands').click()")
    chrome.wait("document.getElementById('sure').textContent.includes('400 draws')")
    check(chrome.value("document.querySelectorAll('.band').length") == 3, "three strategies have no three bands")
    check(chrome.value("document.querySelectorAll('.likely').length") >= 4, "published ranges are not shaded")
    quiet(chrome, page, "bands")


def found_by(chrome, script, where, what):
    for each in chrome.value(script)[:5]:
        problems.append(f"{where}: {what} {each}")


def is_near(a, b):
    """Whether two numbers differ by no more than one in the last digit that is written."""
    digit = 10.0 ** -len(a.partition(".")[2].partition("e")[0])
    return a == b or abs(float(a.replace(",", "")) - float(b.replace(",", ""))) <= 1.01 * digit and "e" not in a + b


def same_but_for_last_digits(ours, theirs):
    """Whether two texts are the same, but for roundings."""
    return NUMBER.sub("#", ours) == NUMBER.sub("#", theirs) and all(map(is_near, NUMBER.findall(ours), NUMBER.findall(theirs)))


def taken_along(chrome, page, folder):
    """What the buttons save holds what is shown; the report is the page that the program writes."""
    open_anew(chrome, page, "#v=1&power=30MW")
    saved = {each: chrome.value(f"{SAVED}('save-{each}')") for each in ("yaml", "report", "csv", "svg", "png")}
    check("power: 30 MW" in saved["yaml"]["text"] and "# changed from 60 MW" in saved["yaml"]["text"], "the saved scenario marks no change")
    mine = folder / "my.yaml"
    mine.write_text(saved["yaml"]["text"])
    same_losses(chrome, str(mine))
    subprocess.run([PROGRAM, "run", "capacity-what-if", "--set", "sites.main.power=30 MW", "--output", str(folder / "run"), "--quiet"],
                   check=True, capture_output=True, timeout=60)
    check(same_but_for_last_digits(saved["report"]["text"], (folder / "run" / "report.html").read_text()),
          "the saved report is not the page that the program writes")
    rows = list(csv.reader(io.StringIO(saved["csv"]["text"])))
    check(len(rows) > 100 and len({len(row) for row in rows}) == 1 and {row[0] for row in rows[1:]} == {"base", "yours"}, "the saved numbers are no table")
    picture = saved["svg"]["text"]
    check("fleetrace" in picture and "class=" not in picture and "var(" not in picture and "30 MW" in picture, "the saved chart does not stand by itself")
    check(saved["png"]["text"].startswith("iVBORw0KGg") and saved["png"]["size"] > 10_000, "the saved picture is no PNG")
    quiet(chrome, page, "buttons")


def printed(chrome, page):
    open_anew(chrome, page, "#v=1&power=30MW", width=PAPER)
    chrome.do("Emulation.setEmulatedMedia", media="print", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    chrome.value("dispatchEvent(new Event('beforeprint'))")
    found_by(chrome, page_looks.OVERLAPS, "on paper", "labels overlap:")
    found_by(chrome, page_looks.CUT, "on paper", "")
    check(chrome.value("[...document.querySelectorAll('button, input, textarea')].every((each) => !each.checkVisibility())"), "on paper: buttons")
    check(chrome.value("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)", "on paper: the page is dark")
    chrome.do("Emulation.setEmulatedMedia", media="screen", features=[])


def chosen(chrome, folder):
    """A scenario lists its controls, and links of a page that had others still mean the same."""
    text = (pathlib.Path(sys.argv[1]) / "scenarios/capacity-what-if.yaml").read_text()
    source = folder / "chosen.yaml"
    source.write_text(text + "live: [operations.mfu, supply.lead_time, strategies.heron.at]\n")
    page = made(str(source), folder, "chosen")
    open_anew(chrome, page, "#v=1&power=30MW")
    labels = chrome.value("[...document.querySelectorAll('.control label')].map((each) => each.textContent)")
    check(labels == ["Utilisation (MFU)", "Delivery lead time", "heron buys after"], f"the listed controls are {labels}")
    check("sites.main.power = 30 MW" in chrome.value(TEXT % "changes"), "an old link is not understood")
    check(chrome.value(TEXT % "said") == "", f"of an old link is said {chrome.value(TEXT % 'said')!r}")
    quiet(chrome, page, "listed controls")


def refused(folder):
    """A strategy that optimises has no page, and is told so at its place."""
    text = (pathlib.Path(sys.argv[1]) / "scenarios/capacity-what-if.yaml").read_text()
    source, page = folder / "optimal.yaml", folder / "optimal.html"
    source.write_text(text.replace("hare: {buy: front_loaded,", "hare: {buy: optimal,"))
    done = subprocess.run([PROGRAM, "live", str(source), "--output", str(page)], capture_output=True, text=True, timeout=60)
    check(done.returncode == 3 and not page.exists() and "optimal.yaml:26:3: strategies.hare: its purchases cannot be optimised" in done.stderr,
          f"of a strategy that optimises is said {done.stderr!r}")


def looked_at(chrome, page, width, dark, axe):
    where = f"{width} px, {'dark' if dark else 'light'}"
    open_anew(chrome, page, "#v=1&power=30MW", width=width, dark=dark)
    check(chrome.value("document.documentElement.scrollWidth <= innerWidth"), f"{where}: the page scrolls sideways")
    check(chrome.value(UNNAMED) == 0, f"{where}: something has no name for a screen reader")
    for each in ("tornado", "map"):
        chrome.value(f"document.getElementById('ask-{each}').click()")
        chrome.wait(f"document.querySelectorAll('#figure-{each} rect').length >= 8")
    found_by(chrome, page_looks.CONTRAST, where, "contrast of")
    found_by(chrome, page_looks.OVERLAPS, where, "labels overlap:")
    found_by(chrome, page_looks.CUT, where, "")
    if axe:
        chrome.value(axe)
        found_by(chrome, page_looks.AXE, where, "axe:")
    if os.environ.get("FLEETRACE_SCREENSHOTS"):
        chrome.screenshot(pathlib.Path(os.environ["FLEETRACE_SCREENSHOTS"]) / f"live-{width}{'-dark' if dark else ''}.png")
    quiet(chrome, page, where)


def by_keyboard(chrome, page):
    open_anew(chrome, page)
    chrome.value("document.querySelector('#controls input[type=range]').focus()")
    for _ in range(5):
        chrome.key("ArrowRight")
    chrome.wait("location.hash.startsWith('#v=1&power=')")
    chrome.value("document.querySelector('#charts svg').focus()")
    for _ in range(3):
        chrome.key("ArrowRight")
    check(chrome.value("document.querySelector('.readout').textContent.length > 20"), "arrow keys read no chart")


def main():
    if not browser.program():
        print("skipped: there is no Chromium")
        return SKIPPED
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        pages = {each: made(each, folder) for each in [*SCENARIOS, "race-under-uncertainty"]}
        if not all(pages.values()):
            print("skipped: the program was built without the live page")
            return SKIPPED
        html = pages["hare-and-turtle"].read_bytes()
        print(f"the page has {len(html)} bytes, {len(gzip.compress(html))} compressed")
        check(len(html) < MOST_BYTES and len(gzip.compress(html)) < MOST_COMPRESSED, "the page is too large")
        refused(folder)
        axe = axe_script(pathlib.Path(sys.argv[1]))
        if not axe:
            print("axe SKIPPED: npm could not install tests/page")
        chrome = browser.Browser()
        try:
            for each in SCENARIOS:
                moved(chrome, pages[each], each)
            asked(chrome, pages["capacity-what-if"])
            uncertain(chrome, pages["race-under-uncertainty"])
            by_keyboard(chrome, pages["hare-and-turtle"])
            for width in (360, 1440):
                for dark in (False, True):
                    looked_at(chrome, pages["hare-and-turtle"], width, dark, axe)
            printed(chrome, pages["hare-and-turtle"])
            taken_along(chrome, pages["capacity-what-if"], folder)
            chosen(chrome, folder)
        finally:
            chrome.close()
    for problem in problems[:40]:
        print(problem)
    print(f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
