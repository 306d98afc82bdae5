"""What holds on a planning page while somebody works with it: by mouse, by keyboard, on a telephone."""

import json
import time

# Notes when something was moved, when a wish was sent, and when each answer was drawn.
WATCH = """(() => {
  window.seen = {moves: [], sent: [], drawn: []};
  document.getElementById('sheet').addEventListener('input', () => seen.moves.push(performance.now()), true);
  const send = window.fetch;
  window.fetch = (place, order) => {
    if (place === 'answer') seen.sent.push([JSON.parse(order.body).number, performance.now()]);
    return send(place, order);
  };
  new PerformanceObserver(list => list.getEntries().forEach(e =>
    seen.drawn.push([e.name, e.detail, e.startTime]))).observe({type: 'mark'});
})()"""


class Planner:
    """Somebody before a planning page."""

    def __init__(self, browser, url):
        self.browser, self.url, self.problems = browser, url, []

    def see(self, script):
        return self.browser.evaluate(script)

    def expect(self, holds, text):
        if not holds:
            self.problems.append(text)

    def until(self, script, what, seconds=30):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.see(script):
                return True
            time.sleep(0.02)
        self.problems.append(f"waited in vain: {what}")
        return False

    def open(self, place=""):
        self.browser.open(self.url + place)
        self.see(WATCH)
        self.fine("the page as it opens")

    def number(self):
        return int(self.see("document.body.dataset.number || 0"))

    def fine(self, what, after=0):
        """Waits for the fine answer of a wish after a number."""
        self.until(f"document.body.dataset.stage === 'whole' && Number(document.body.dataset.number) > {after}"
                   " && document.getElementById('charts').children.length > 0", what)

    def box(self, control):
        return self.see(f"(r => [r.left, r.top, r.width, r.height])"
                        f"((e => (e.scrollIntoView({{block: 'center'}}), e))"
                        f"(document.getElementById('c-{control}')).getBoundingClientRect())")

    def value(self, control):
        return self.see(f"document.getElementById('c-{control}').value")

    def mouse(self, kind, x, y, buttons=1):
        self.browser.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left",
                          buttons=buttons, clickCount=1)

    def drag(self, control, start, end, seconds=1.5):
        """Drags a slider's thumb from one part of its way to another, in steps as a hand makes them."""
        x, y, width, height = self.box(control)
        middle = y + height / 2
        places = [x + 8 + (width - 16) * part for part in (start, end)]
        self.mouse("mousePressed", places[0], middle)
        began, count = time.monotonic(), 0
        while (part := (time.monotonic() - began) / seconds) < 1:
            self.mouse("mouseMoved", places[0] + (places[1] - places[0]) * part, middle)
            count += 1
            time.sleep(0.016)
        self.mouse("mouseReleased", places[1], middle, buttons=0)
        return count

    def press(self, key, code, times=1):
        for _ in range(times):
            for kind in ("keyDown", "keyUp"):
                self.browser.call("Input.dispatchKeyEvent", type=kind, key=key, code=key,
                                  windowsVirtualKeyCode=code)

    def click(self, name):
        x, y, width, height = self.see(
            f"(e => (e.scrollIntoView({{block: 'center'}}), r => [r.left, r.top, r.width, r.height])"
            f"(e.getBoundingClientRect()))(document.getElementById('{name}'))")
        self.mouse("mousePressed", x + width / 2, y + height / 2)
        self.mouse("mouseReleased", x + width / 2, y + height / 2, buttons=0)

    def write(self, name, text):
        self.see(f"(e => {{ e.value = {json.dumps(text)};"
                 f" e.dispatchEvent(new Event('input', {{bubbles: true}})); }})"
                 f"(document.getElementById({json.dumps(name)}))")

    def latencies(self):
        """In milliseconds: from the newest move that a first answer holds until it is drawn, and from there until
        the fine one is."""
        seen = self.see("seen")
        drawn = {(name, number): when for name, number, when in seen["drawn"]}
        first, fine = [], []
        for number, sent in seen["sent"]:
            before = [move for move in seen["moves"] if move <= sent + 0.1]
            when = drawn.get(("drawn-first", number))
            if before and when:
                first.append(when - before[-1])
                later = drawn.get(("drawn-fine", number))
                if later:
                    fine.append(later - when)
        self.see("seen.moves = [], seen.sent = [], seen.drawn = []")
        return sorted(first), sorted(fine)


def outside(browser, url):
    """What the browser asked elsewhere, and what it logged."""
    found = []
    for event in browser.events:
        what, about = event.get("method"), event.get("params", {})
        if what == "Network.requestWillBeSent":
            target = about["request"]["url"]
            if not target.startswith(url) and not target.startswith("data:"):
                found.append("asks for " + target[:200])
        if what == "Log.entryAdded":
            found.append("logs " + json.dumps(about["entry"])[:300])
        if what in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
            found.append("logs " + json.dumps(about)[:300])
    return found
