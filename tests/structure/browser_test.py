#!/usr/bin/env python3
"""Pages of real runs in a real browser: silent, drawn, readable at every width and on paper, in reach of the keyboard; hostile names
stay text.

usage: browser_test.py ROOT [IGNORED]     with FLEETRACE_PROGRAM naming the program

Skipped where there is no Chromium. Where npm can install tests/page, axe-core looks at every page, too; where it cannot, the test
says so. FLEETRACE_SCREENSHOTS names a folder for pictures of every page.
"""
import csv
import io
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import browser
import page_looks
import page_test

SKIPPED = 77
PROGRAM = os.environ.get("FLEETRACE_PROGRAM", "")
ASKED = {
    "run": ["run", "hare-and-turtle"],
    "held-back": ["run", "hare-and-turtle", "--set", "sites.main.power=20 MW"],
    "actuals": ["run", "docs/examples/actuals.yaml", "--by", "quarter", "--from", "2026-10-01"],
    "many": ["run", "MANY"],
    "compare": ["compare", "race-under-uncertainty", "--replications", "60"],
    "compare-many": ["compare", "MANY", "--replications", "20"],
    "sweep": ["sweep", "winner-map", "--vary", "horizon.length=1 yr..5 yr/5", "--vary", "hardware.price_performance_doubling=1 yr,2.07 yr,4.4 yr"],
    "whatif": ["whatif", "capacity-what-if"],
    "solve": ["solve", "hare-and-turtle", "--for", "strategies.turtle.budget", "--until", "relative_loss <= 0.54"],
    "solve-probability": ["solve", "race-under-uncertainty", "--for", "strategies.turtle.budget", "--until", "relative_loss <= 0.75",
                          "--probability", "0.8", "--replications", "40"],
    "sweep-line": ["sweep", "winner-map", "--vary", "horizon.length=1 yr..5 yr/9"],
    "sensitivity": ["sensitivity", "energy-constrained", "--points", "2"],
    "optimize": ["optimize", "capacity-what-if", "--strategy", "turtle", "--within", "1%"],
    "optimize-draws": ["optimize", "race-under-uncertainty", "--strategy", "hare", "--replications", "6", "--batches", "2"],
}
VIEWS = [(360, False), (768, True), (1440, False)]
EVERY_VIEW = [(width, dark) for width in (360, 768, 1440) for dark in (False, True)]
PAPER = 718  # pixels between the margins of A4
# More strategies than there are colours, under chance, with long names.
MANY = ("fleetrace: 1\nname: many\nhorizon: {start: 2026-01-01, length: 4 yr}\nhardware: {model: catalog, accelerators: [H100, B200]}\n"
        "operations: {mfu: 0.4}\nprogress: {model: exponential, doubling: {uniform: {low: 6 months, high: 12 months}}}\n"
        "initial_fleet: [{accelerator: H100, count: 64, installed: 2025-01-01}]\nstrategies:\n" +
        "".join(f"  buyer-{i:02}: {{buy: incremental, budget: {10 + i}e7 USD, every: {3 + i} months}}\n" for i in range(18)))
problems = []


def check(holds, what):
    if not holds:
        problems.append(what)


def made(asked, folder):
    root = pathlib.Path(sys.argv[1])
    many = folder.parent / "many.yaml"
    many.write_text(MANY, encoding="utf-8")
    words = [str(many) if word == "MANY" else word for word in asked]
    done = subprocess.run([PROGRAM, *words, "--output", str(folder), "--quiet"], cwd=root, capture_output=True, text=True, timeout=300)
    check(done.returncode == 0, f"{asked}: {done.stderr}")
    size = (folder / "report.html").stat().st_size
    most = page_test.MOST_BYTES if asked[0] == "run" else page_test.MOST_BYTES_OF_A_STUDY
    check(size < most, f"{asked}: the page has {size} bytes")
    return folder / "report.html"


def silent(chrome, page, where):
    for message in chrome.messages():
        problems.append(f"{where}: the page says {message}")
    # A picture that is saved as PNG is drawn from data: nothing is fetched for it.
    fetched = [each for each in chrome.requests() if not each.startswith("data:")]
    check(fetched == [f"file://{page}"], f"{where}: requests {fetched}")


def found_by(chrome, script, where, what):
    for each in chrome.value(script)[:5]:
        problems.append(f"{where}: {what} {each}")


def axe_script(root):
    """The text of axe-core at the version of the lock file; None where npm cannot install it."""
    source = root / "tests/page"
    target = pathlib.Path(PROGRAM).resolve().parent / "tests/page-axe"
    stamp = target / "installed"
    lock = (source / "package-lock.json").read_text()
    if not stamp.exists() or stamp.read_text() != lock:
        if not shutil.which("npm"):
            return None
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(source / name, target)
        done = subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=target, capture_output=True, text=True)
        if done.returncode != 0:
            return None
        stamp.write_text(lock)
    return (target / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


def printed(chrome, page, name):
    """The page on paper: nothing leaves it, nothing is cut, no labels overlap, and what only a screen can do is not there."""
    where = f"{name} on paper"
    chrome.open(page, PAPER)
    # Paper is white also where the screen is dark.
    chrome.do("Emulation.setEmulatedMedia", media="print", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    check(chrome.value("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)", f"{where}: the paper is dark")
    found_by(chrome, page_looks.CONTRAST, where, "contrast of")
    found_by(chrome, page_looks.OVERLAPS, where, "labels overlap:")
    found_by(chrome, page_looks.CUT, where, "")
    check(chrome.value("[...document.querySelectorAll('button, nav, .tip')].every((each) => !each.checkVisibility())"), f"{where}: buttons")
    chrome.do("Emulation.setEmulatedMedia", media="screen")


def looked_at(chrome, page, name, width, dark, axe):
    where = f"{name} at {width} px, {'dark' if dark else 'light'}"
    chrome.open(page, width, dark)
    chrome.wait("document.documentElement.dataset.charts === 'drawn'")
    figures = chrome.value("document.querySelectorAll('figure').length")
    drawn = chrome.value("[...document.querySelectorAll('figure')].filter((each) => each.querySelectorAll('.interactive svg.chart path').length > 0).length")
    check(figures > 0 and drawn == figures, f"{where}: {drawn} of {figures} charts are drawn")
    check(chrome.value("document.documentElement.scrollWidth <= innerWidth"), f"{where}: the page scrolls sideways")
    found_by(chrome, page_looks.CONTRAST, where, "contrast of")
    found_by(chrome, page_looks.OVERLAPS, where, "labels overlap:")
    found_by(chrome, page_looks.CUT, where, "")
    first = chrome.value("document.querySelector('.opening figure').getBoundingClientRect().bottom <= 900")
    check(first or width < 1440, f"{where}: the chart of the answer is not on the first screen")
    if axe:
        chrome.value(axe)
        found_by(chrome, page_looks.AXE, where, "axe:")
    unnamed = "[...document.querySelectorAll('.interactive, button')].filter((each) => !each.getAttribute('aria-label')).length"
    check(chrome.value(unnamed) == 0, f"{where}: something has no label")
    silent(chrome, page, where)
    if os.environ.get("FLEETRACE_SCREENSHOTS"):
        chrome.screenshot(pathlib.Path(os.environ["FLEETRACE_SCREENSHOTS"]) / f"{name}-{width}{'-dark' if dark else ''}.png")


def checks_can_fail(chrome, page, axe):
    """Each check finds what is done to the page that is open, and found nothing before."""
    faults = {
        "CONTRAST": "document.querySelector('.answer').style.color = getComputedStyle(document.body).backgroundColor",
        "OVERLAPS": "(([a, b]) => { for (const name of ['x', 'y']) b.setAttribute(name, a.getAttribute(name)); b.setAttribute('class', "
                    "a.getAttribute('class')); })(document.querySelectorAll('svg.chart text.end'))",
        "CUT": "document.querySelector('svg.chart text').setAttribute('x', -500)",
        "AXE": "document.querySelector('.interactive').removeAttribute('aria-label'); document.documentElement.removeAttribute('lang')",
    }
    for name, fault in faults.items():
        if name == "AXE" and not axe:
            continue
        chrome.open(page, 1440)
        chrome.wait("document.documentElement.dataset.charts === 'drawn'")
        if name == "AXE":
            chrome.value(axe)
        chrome.value(fault)
        check(chrome.value(getattr(page_looks, name)), f"{name} does not see: {fault}")
    chrome.open(page, 1440)
    chrome.wait("document.documentElement.dataset.charts === 'drawn'")
    chrome.value("document.querySelectorAll('figure tbody tr:last-child td').forEach((each) => { each.textContent = '12345'; })")
    check(chrome.value(page_looks.ENDS)["wrong"], "ENDS does not see a table that ends elsewhere")


def by_keyboard(chrome):
    """On the page that is open: Tab comes to everything, arrows read a chart."""
    wanted = chrome.value("document.querySelectorAll('a, summary, button, .interactive, .scroll').length")
    reached = "(window.reached ??= new Set()).add(document.activeElement).size"
    for _ in range(wanted + 2):
        chrome.key("Tab")
        chrome.value(reached)
    missed = chrome.value("[...document.querySelectorAll('a, summary, button, .interactive, .scroll')]"
                          ".filter((each) => each.checkVisibility() && !window.reached.has(each)).map((each) => each.outerHTML.slice(0, 80))")
    check(not missed, f"Tab never comes to {missed}")
    chrome.value("document.querySelector('.interactive').focus()")
    for _ in range(2):
        chrome.key("ArrowRight")
    check(chrome.value("document.querySelector('.readout').textContent.length > 10"), "arrow keys read nothing")
    check(chrome.value("!document.querySelector('.tip').hidden"), "arrow keys show nothing")


def by_pointer(chrome, page):
    """On a chart of lines every line is read, with its unit and the one beneath the pointer first; in a stack the layer is named."""
    chrome.open(page, 1440)

    def at(figure, across, down):
        chrome.value(f"document.querySelector('{figure}').scrollIntoView({{block: 'center'}})")
        x, y = chrome.value(f"(({{x, y, width, height}}) => [x + width * {across}, y + height * {down}])"
                            f"(document.querySelector('{figure} svg.chart').getBoundingClientRect())")
        chrome.do("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        return chrome.value(f"[...document.querySelectorAll('{figure} .tip li')].map((each) => [each.textContent, each.className])")

    energy = at("#energy", 0.6, 0.5)
    check(len(energy) == 4 and all(text.endswith(" TWh") for text, _ in energy), f"a pointer on lines reads {energy}")
    fleet = at("#fleet-0", 0.3, 0.6)
    check([text.split(":")[0] for text, kind in fleet if kind == "named"] == ["GB300"], f"a pointer on a layer reads {fleet}")
    check(all(text.endswith(" accelerators") for text, _ in fleet), f"layers have no unit: {fleet}")


def exports(chrome, name):
    found = chrome.value(page_looks.EXPORTS)
    count = found["buttons"] // 3
    check(count > 0 and len(found["names"]) == 3 * count, f"{name}: {found['buttons']} buttons save {len(found['names'])} files")
    check(found["png"] == count and found["bad"] == 0 and found["foreign"] == 0 and len(found["csv"]) == count, f"{name}: exports are {found}"[:600])
    check(found["dark"] == 0 and found["bare"] == 0, f"{name}: {found['dark']} saved pictures are dark, {found['bare']} name no source")
    for text in found["csv"]:
        rows = list(csv.reader(io.StringIO(text)))
        check(len(rows) > 1 and len({len(row) for row in rows}) == 1, f"{name}: an export is no table")
        formulas = [cell for row in rows for cell in row if cell.lstrip(" ")[:1] in "=+-@\t\r" and cell.strip() and not number(cell)]
        check(not formulas, f"{name}: formulas {formulas[:3]}")


def number(cell):
    try:
        float(cell)
        return True
    except ValueError:
        return False


def without_script(chrome, page, name):
    chrome.open(page, 360, script=False)
    # Expressions of the debugger are scripts, too: what is there is counted in the document tree.
    root = chrome.do("DOM.getDocument", depth=0)["root"]["nodeId"]

    def count(selector):
        return len(chrome.do("DOM.querySelectorAll", nodeId=root, selector=selector)["nodeIds"])

    check(count("figure") > 0 and count(".picture svg.chart") == count("figure"), f"{name} without script: a picture is missing")
    check(count("table") > 0 and count(".interactive") == 0, f"{name} without script: no tables, or an interactive chart")


def hostile(chrome, top):
    """Names that try to be markup, formulas or directions: no element, no attribute, no formula, nothing run."""
    names = [each for each in page_test.PAYLOADS if "\u00a0" not in each] + [
        "</script><img src=x onerror=alert(1)>", "=cmd|' /C calc'!A0", "@SUM(1+1)", "-1+1", "\u202egnp.exe", "\"'`"]
    quoted = [each.replace("\\", "\\\\").replace('"', '\\"') for each in names]
    strategies = "".join(f'  "{each}": {{buy: incremental, budget: {10 + i}e7 USD, every: 1 yr}}\n' for i, each in enumerate(quoted))
    source = top / "hostile.yaml"
    text = (f'fleetrace: 1\nname: "{quoted[0]}"\nhorizon: {{start: 2026-01-01, length: 3 yr}}\nhardware: {{model: catalog, accelerators: [H100]}}\n'
            'operations: {mfu: 0.4}\nprogress: {model: exponential, doubling: {uniform: {low: 6 months, high: 12 months}}}\n'
            f'initial_fleet: [{{accelerator: H100, count: 64, installed: 2025-01-01}}]\nstrategies:\n{strategies}')
    source.write_text(text, encoding="utf-8")
    for verb in (["run"], ["compare", "--replications", "20"]):
        page = made([*verb, str(source)], top / ("hostile-" + verb[0]))
        chrome.open(page, 1600)
        chrome.wait("document.documentElement.dataset.charts === 'drawn'")
        where = f"hostile names in {verb[0]}"
        check(chrome.value("document.querySelectorAll('img, iframe, object, a:not([href^=\"#\"]), h1 ~ h1, script:not(.data):not(:last-of-type)').length") == 0,
              f"{where}: an element was made")
        handlers = "[...document.querySelectorAll('*')].filter((each) => [...each.attributes].some((one) => one.name.startsWith('on'))).length"
        check(chrome.value(handlers) == 0, f"{where}: an attribute was made")
        exports(chrome, where)
        chrome.value("document.querySelector('.picture').scrollIntoView({block: 'center'})")
        box = chrome.value("(({x, y, width, height}) => [x + width / 3, y + height / 2])(document.querySelector('.picture').getBoundingClientRect())")
        for step in range(3):
            chrome.do("Input.dispatchMouseEvent", type="mouseMoved", x=box[0] + step, y=box[1])
        allowed = "[...document.querySelectorAll('.tip *')].filter((each) => !/^(strong|ul|li|svg|path)$/i.test(each.tagName)).length"
        check(chrome.value(allowed) == 0, f"{where}: a tooltip made an element")
        silent(chrome, page, where)


def main():
    if not browser.program():
        print("browser_test: skipped, there is no Chromium")
        return SKIPPED
    with tempfile.TemporaryDirectory() as name:
        top = pathlib.Path(name)
        pages = {each: made(asked, top / each) for each, asked in ASKED.items()}
        axe = axe_script(pathlib.Path(sys.argv[1]))
        compared = 0
        chrome = browser.Browser()
        try:
            for each, page in pages.items():
                without_script(chrome, page, each)
                for width, dark in EVERY_VIEW if each == "run" else VIEWS:
                    looked_at(chrome, page, each, width, dark, axe)
                exports(chrome, each)
                ends = chrome.value(page_looks.ENDS)
                compared += ends["compared"]
                for wrong in ends["wrong"]:
                    problems.append(f"{each}: {wrong}")
                printed(chrome, page, each)
                if each == "sweep":
                    chrome.open(page, 1440)
                    by_keyboard(chrome)
                if each == "run":
                    by_pointer(chrome, page)
                    checks_can_fail(chrome, page, axe)
            check(compared > 40, f"only {compared} ends of charts were compared with tables")
            hostile(chrome, top)
        finally:
            chrome.close()
    if problems:
        print("\n".join(problems))
        return 1
    print(f"{len(pages)} pages looked at, {compared} ends compared" + ("" if axe else "; axe SKIPPED: npm could not install tests/page"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
