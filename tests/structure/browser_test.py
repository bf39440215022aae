#!/usr/bin/env python3
"""Pages of real runs in a real browser: silent, drawn, readable, in reach of the keyboard; hostile names stay text.

usage: browser_test.py ROOT [IGNORED]     with FLEETRACE_PROGRAM naming the program

Skipped where there is no Chromium. FLEETRACE_SCREENSHOTS names a folder for pictures of every page.
"""
import csv
import io
import os
import pathlib
import subprocess
import sys
import tempfile

import browser
import page_test

SKIPPED = 77
PROGRAM = os.environ.get("FLEETRACE_PROGRAM", "")
ASKED = {
    "run": ["run", "hare-and-turtle"],
    "held-back": ["run", "hare-and-turtle", "--set", "sites.main.power=20 MW"],
    "compare": ["compare", "race-under-uncertainty", "--replications", "60"],
    "sweep": ["sweep", "winner-map", "--vary", "horizon.length=1 yr..5 yr/5", "--vary", "hardware.price_performance_doubling=1 yr,2.07 yr,4.4 yr"],
    "sensitivity": ["sensitivity", "energy-constrained", "--points", "2"],
    "optimize": ["optimize", "capacity-what-if", "--strategy", "turtle", "--within", "1%"],
    "optimize-draws": ["optimize", "race-under-uncertainty", "--strategy", "hare", "--replications", "6", "--batches", "2"],
}
VIEWS = [(360, False), (360, True), (1600, False), (1600, True)]
# Text against what is behind it, as WCAG 2.1 AA counts: 4.5, or 3 for large letters.
CONTRAST = """(() => {
  const numbers = (colour) => { const found = colour.match(/[\\d.]+/g).map(Number); return found.length < 4 ? [...found, 1] : found; };
  const luminance = (rgb) => rgb.slice(0, 3).map((c) => c / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = numbers(getComputedStyle(each).backgroundColor);
      if (colour[3] > 0) return colour;
    }
    return [255, 255, 255, 1];
  };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest('script,style,title,desc') || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const front = numbers(element.ownerSVGElement ? style.fill : style.color);
    const [a, b] = [luminance(front), luminance(behind(element))].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize);
    const least = size >= 24 || (size >= 18.66 && +style.fontWeight >= 700) ? 3 : 4.5;
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < least) poor.push(`${node.data.trim().slice(0, 30)}: ${ratio.toFixed(2)}`);
  }
  return poor;
})()"""
# Every button is pressed; what it would save is kept instead.
EXPORTS = """(async () => {
  const saved = [];
  const click = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function () { saved.push([this.download, this.href]); };
  const buttons = [...document.querySelectorAll('.buttons button')];
  for (const button of buttons) {
    const before = saved.length;
    button.click();
    for (let i = 0; i < 500 && saved.length === before; ++i) await new Promise((done) => setTimeout(done, 5));
  }
  HTMLAnchorElement.prototype.click = click;
  const parsed = saved.filter(([name]) => name.endsWith('.svg')).map(([, href]) =>
    new DOMParser().parseFromString(decodeURIComponent(href.slice(href.indexOf(',') + 1)), 'image/svg+xml'));
  return {buttons: buttons.length, names: saved.map(([name]) => name), bad: parsed.filter((each) => each.querySelector('parsererror')).length,
          foreign: parsed.reduce((sum, each) => sum + each.querySelectorAll('script,image,foreignObject,a').length, 0),
          png: saved.filter(([name, href]) => name.endsWith('.png') && href.startsWith('data:image/png;base64,iVBOR') && href.length > 2000).length,
          csv: saved.filter(([name]) => name.endsWith('.csv')).map(([, href]) => decodeURIComponent(href.slice(href.indexOf(',') + 1)))};
})()"""
problems = []


def check(holds, what):
    if not holds:
        problems.append(what)


def made(asked, folder):
    done = subprocess.run([PROGRAM, *asked, "--output", str(folder), "--quiet"], capture_output=True, text=True, timeout=300)
    check(done.returncode == 0, f"{asked}: {done.stderr}")
    return folder / "report.html"


def silent(chrome, page, where):
    for message in chrome.messages():
        problems.append(f"{where}: the page says {message}")
    check(chrome.requests() == [f"file://{page}"], f"{where}: requests {chrome.requests()}")


def looked_at(chrome, page, name, width, dark):
    where = f"{name} at {width} px, {'dark' if dark else 'light'}"
    chrome.open(page, width, dark)
    chrome.wait("document.documentElement.dataset.charts === 'drawn'")
    figures = chrome.value("document.querySelectorAll('figure').length")
    drawn = chrome.value("[...document.querySelectorAll('figure')].filter((each) => each.querySelectorAll('.plot svg path').length > 1).length")
    check(figures > 0 and drawn == figures, f"{where}: {drawn} of {figures} charts are drawn")
    check(chrome.value("document.documentElement.scrollWidth <= innerWidth"), f"{where}: the page scrolls sideways")
    wide = chrome.value("[...document.querySelectorAll('.plot svg')].filter((each) => each.getBoundingClientRect().right > innerWidth).length")
    check(wide == 0, f"{where}: {wide} charts are wider than the screen")
    for poor in chrome.value(CONTRAST)[:5]:
        problems.append(f"{where}: contrast of {poor}")
    unnamed = "[...document.querySelectorAll('.interactive, button')].filter((each) => !each.getAttribute('aria-label')).length"
    check(chrome.value(unnamed) == 0, f"{where}: something has no label")
    silent(chrome, page, where)
    if os.environ.get("FLEETRACE_SCREENSHOTS"):
        chrome.screenshot(pathlib.Path(os.environ["FLEETRACE_SCREENSHOTS"]) / f"{name}-{width}{'-dark' if dark else ''}.png")


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


def exports(chrome, name):
    found = chrome.value(EXPORTS)
    count = found["buttons"] // 3
    check(count > 0 and len(found["names"]) == 3 * count, f"{name}: {found['buttons']} buttons save {len(found['names'])} files")
    check(found["png"] == count and found["bad"] == 0 and found["foreign"] == 0 and len(found["csv"]) == count, f"{name}: exports are {found}"[:600])
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
        chrome.value("document.querySelector('.plot').scrollIntoView({block: 'center'})")
        box = chrome.value("(({x, y, width, height}) => [x + width / 3, y + height / 2])(document.querySelector('.plot').getBoundingClientRect())")
        for step in range(3):
            chrome.do("Input.dispatchMouseEvent", type="mouseMoved", x=box[0] + step, y=box[1])
        allowed = "[...document.querySelectorAll('#vg-tooltip-element *')].filter((each) => !/^(table|tbody|tr|td|h2)$/i.test(each.tagName)).length"
        check(chrome.value(allowed) == 0, f"{where}: a tooltip made an element")
        silent(chrome, page, where)


def main():
    if not browser.program():
        print("browser_test: skipped, there is no Chromium")
        return SKIPPED
    with tempfile.TemporaryDirectory() as name:
        top = pathlib.Path(name)
        pages = {each: made(asked, top / each) for each, asked in ASKED.items()}
        interactive = "<script>" in pages["run"].read_text(encoding="utf-8")
        chrome = browser.Browser()
        try:
            for each, page in pages.items():
                without_script(chrome, page, each)
                if not interactive:
                    continue
                for width, dark in VIEWS if each == "compare" else VIEWS[::3]:
                    looked_at(chrome, page, each, width, dark)
                exports(chrome, each)
                if each == "sweep":
                    by_keyboard(chrome)
            if interactive:
                hostile(chrome, top)
        finally:
            chrome.close()
    if problems:
        print("\n".join(problems))
        return 1
    print(f"{len(pages)} pages looked at" + ("" if interactive else "; the program was built without interactive charts"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
