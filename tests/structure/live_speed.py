#!/usr/bin/env python3
"""How fast the live page is in headless Chromium: from a moved control to painted lines and sentence, and until it is ready.

usage: live_speed.py PROGRAM [ROUNDS]

A busy machine lengthens times by the clock, so that of several rounds the best is told, and beside it the time of a processor that the
page's thread used. `./dev bench --live` runs it. Nothing is asserted: what a test may depend on are sizes.
"""
import gzip
import pathlib
import subprocess
import sys
import tempfile

import browser

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
# One move without a wait for the screen: what the page itself has to do.
WORK = """(() => {
  const range = document.querySelector('#controls input[type=range]');
  const times = [];
  for (let i = 0; i < 40; ++i) {
    range.value = 500 - 10 * i;
    range.dispatchEvent(new Event('input', {bubbles: true}));
    const begun = performance.now();
    update();
    document.body.offsetHeight;
    times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b);
})()"""


def open_anew(chrome, page, fragment="", **how):
    """Loads the page anew, even where only its fragment differs, and waits until it is ready."""
    blank = page.parent / "blank.html"
    blank.touch()
    chrome.open(blank, **how)
    chrome.open(f"{page}{fragment}", **how)
    chrome.wait(READY)


def busy(chrome):
    """Milliseconds of processor time that the page's thread has used."""
    return next(1000 * each["value"] for each in chrome.do("Performance.getMetrics")["metrics"] if each["name"] == "TaskDuration")


def median(times):
    return times[len(times) // 2]


def measure(chrome):
    """Of the page that is open: median, 95th percentile, and milliseconds of a processor for each move."""
    chrome.do("Performance.enable", timeDomain="threadTicks")
    begun = busy(chrome)
    times = chrome.value(DRAG)
    used = (busy(chrome) - begun) / len(times)
    chrome.do("Performance.disable")
    return median(times), times[int(0.95 * len(times))], used


def main():
    program, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5
    if not browser.program():
        sys.exit("live_speed: there is no Chromium")
    with tempfile.TemporaryDirectory() as name:
        chrome = browser.Browser()
        try:
            for each in SCENARIOS:
                page = pathlib.Path(name) / f"{each}.html"
                subprocess.run([program, "live", each, "--output", str(page)], check=True, capture_output=True)
                found, ready, ready_work, work = [], [], [], []
                for _ in range(rounds):
                    chrome.do("Performance.enable", timeDomain="threadTicks")
                    open_anew(chrome, page, width=1440)
                    ready.append(float(chrome.value("document.documentElement.dataset.ready")))
                    ready_work.append(busy(chrome))
                    chrome.do("Performance.disable")
                    chrome.wait("inHand === null && waiting.length === 0")  # what the worker does would take a core
                    found.append(measure(chrome))
                    work.append(median(chrome.value(WORK)))
                html = page.read_bytes()
                print(f"{each}: from a moved control to painted lines and sentence {min(one[0] for one in found):.0f} ms at the median, "
                      f"{min(one[1] for one in found):.0f} ms at the 95th percentile (best of {rounds} rounds); of that "
                      f"{min(work):.1f} ms race and draw, {min(one[2] for one in found):.1f} ms of a processor in all")
                print(f"{each}: ready {min(ready):.0f} ms after it was opened, {min(ready_work):.0f} ms of a processor; {len(html):,} bytes, {len(gzip.compress(html)):,} compressed")
        finally:
            chrome.close()


if __name__ == "__main__":
    main()
