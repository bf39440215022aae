#!/usr/bin/env python3
"""The live page in a real browser: it races what is moved, says it, keeps it in its address, and asks nothing of anyone.

usage: live_page_test.py ROOT [IGNORED]     with FLEETRACE_PROGRAM naming the program

Skipped where the program has no live page, and where there is no Chromium. Times are measured and said, and nothing depends on them.
FLEETRACE_SCREENSHOTS names a folder for pictures.
"""
import gzip
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import browser
from page_looks import CONTRAST

SKIPPED = 77
PROGRAM = os.environ.get("FLEETRACE_PROGRAM", "")
MOST_BYTES, MOST_COMPRESSED = 3_000_000, 1_200_000
SCENARIOS = ["hare-and-turtle", "capacity-what-if"]
READY = "document.documentElement.dataset.live === 'ready'"
# A slider is dragged in 40 steps; each is timed until the frame after it is painted.
DRAG = """(async () => {
  const range = document.querySelector('#controls input[type=range]');
  const painted = () => new Promise((done) => requestAnimationFrame(() => { const {port1, port2} = new MessageChannel(); port1.onmessage = done; port2.postMessage(0); }));
  const times = [];
  for (let i = 0; i < 40; ++i) {
    range.value = 500 - 10 * i;
    const begun = performance.now();
    range.dispatchEvent(new Event('input', {bubbles: true}));
    await painted();
    times.push(performance.now() - begun);
  }
  range.dispatchEvent(new Event('change', {bubbles: true}));
  await painted();
  await painted();
  return times.sort((a, b) => a - b);
})()"""
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
# Labels of lines do not cover each other.
OVERLAPS = """[...document.querySelectorAll('#charts svg')].flatMap((svg) => {
  const boxes = [...svg.querySelectorAll('.name')].map((each) => each.getBoundingClientRect());
  return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => a.right > b.left + 1 && b.right > a.left + 1 && a.bottom > b.top + 4 && b.bottom > a.top + 4));
}).length"""
UNNAMED = """[...document.querySelectorAll('button, input, select, textarea, svg[tabindex]')].filter((each) => each.checkVisibility() &&
  !each.textContent.trim() && !each.getAttribute('aria-label') && !(each.labels && each.labels.length)).length"""
problems = []


def check(holds, what):
    if not holds:
        problems.append(what)


def made(name, folder):
    page = folder / f"{name}.html"
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
    asked = [each for each in chrome.requests() if not each.startswith("blob:") and each.split("#")[0] != f"file://{page}"]
    check(not asked, f"{where}: requests {asked}")


def opened(chrome, page, fragment="", **how):
    blank = page.parent / "blank.html"  # so that the page is loaded anew, even where only its fragment differs
    blank.touch()
    chrome.open(blank, **how)
    chrome.open(f"{page}{fragment}", **how)
    chrome.wait(READY)


def busy(chrome):
    """Milliseconds of processor time that the page's thread has used."""
    return next(1000 * each["value"] for each in chrome.do("Performance.getMetrics")["metrics"] if each["name"] == "TaskDuration")


def measured(chrome, name):
    """Says how long a move takes on the clock, and how much of a processor: a busy machine lengthens the first alone."""
    chrome.do("Performance.enable", timeDomain="threadTicks")
    begun = busy(chrome)
    times = chrome.value(DRAG)
    used = (busy(chrome) - begun) / len(times)
    chrome.do("Performance.disable")
    print(f"{name}: from a moved control to the picture {times[len(times) // 2]:.0f} ms at the median, "
          f"{times[int(0.95 * len(times))]:.0f} ms at the 95th percentile, {used:.0f} ms of a processor; {chrome.value(TEXT % 'written')}")


def moved(chrome, page, name):
    opened(chrome, page)
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
    opened(chrome, page, fragment)
    check(chrome.value(TEXT % "answer") == here, f"{name}: the link shows {chrome.value(TEXT % 'answer')!r}, not {here!r}")
    chrome.value("document.getElementById('pin').click()")
    chrome.wait("location.hash.includes('base.power=')")
    chrome.value("document.getElementById('reset').click()")
    chrome.wait("location.hash === '#v=1'")
    check(chrome.value(TEXT % "answer") == answer, f"{name}: reset does not come back to the beginning")
    opened(chrome, page, "#v=1&power=30MW&no.such.path=3&power=%E0%A4")
    check("no.such.path" in chrome.value(TEXT % "said") and "power=30MW" in chrome.value("location.hash"), f"{name}: an odd link is not read as far as it goes")
    quiet(chrome, page, name)


def asked(chrome, page):
    """Slow questions, the drawer and presets."""
    opened(chrome, page)
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
    opened(chrome, page)
    chrome.value("document.getElementById('ask-bands').click()")
    chrome.wait("document.getElementById('sure').textContent.includes('400 draws')")
    check(chrome.value("document.querySelectorAll('.band').length") == 3, "three strategies have no three bands")
    check(chrome.value("document.querySelectorAll('.likely').length") >= 4, "published ranges are not shaded")
    quiet(chrome, page, "bands")


def looked_at(chrome, page, width, dark):
    where = f"{width} px, {'dark' if dark else 'light'}"
    opened(chrome, page, "#v=1&power=30MW", width=width, dark=dark)
    check(chrome.value("document.documentElement.scrollWidth <= innerWidth"), f"{where}: the page scrolls sideways")
    check(chrome.value(OVERLAPS) == 0, f"{where}: labels cover each other")
    check(chrome.value(UNNAMED) == 0, f"{where}: something has no name for a screen reader")
    for poor in chrome.value(CONTRAST)[:5]:
        problems.append(f"{where}: contrast of {poor}")
    if os.environ.get("FLEETRACE_SCREENSHOTS"):
        chrome.screenshot(pathlib.Path(os.environ["FLEETRACE_SCREENSHOTS"]) / f"live-{width}{'-dark' if dark else ''}.png")
    quiet(chrome, page, where)


def by_keyboard(chrome, page):
    opened(chrome, page)
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
        chrome = browser.Browser()
        try:
            for each in SCENARIOS:
                moved(chrome, pages[each], each)
            asked(chrome, pages["capacity-what-if"])
            uncertain(chrome, pages["race-under-uncertainty"])
            by_keyboard(chrome, pages["hare-and-turtle"])
            for width in (360, 1440):
                for dark in (False, True):
                    looked_at(chrome, pages["hare-and-turtle"], width, dark)
        finally:
            chrome.close()
    for problem in problems[:40]:
        print(problem)
    print(f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
