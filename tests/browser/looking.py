"""How a page is judged: axe in light and dark, narrow, enlarged and printed, in one load."""

from dataclasses import dataclass, field

from axe_playwright_python.base import AXE_SCRIPT

from tests.proof import FULL

from .conftest import DESK, PHONE

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
NARROW = {"width": 320, "height": 640}
# What the desk is left with when the browser enlarges everything twice.
ZOOMED = {"width": 640, "height": 450}

# Colours are the same on a phone but for little: they are judged there at full size.
ON_A_PHONE = {} if FULL else {"color-contrast": {"enabled": False}}

AXE = """([tags, rules]) => axe
  .run({runOnly: tags, rules, preload: false, resultTypes: ["violations"]})
  .then(found => found.violations.map(each => each.id + " " + each.nodes[0].target.join(" ")))"""

# Words cut off at the edge of the window or of a box, and boxes of words over one another.
LAYOUT = """() => {
  const found = [], root = document.documentElement, edge = root.clientWidth;
  const named = at => at.tagName.toLowerCase() + (at.id ? "#" + at.id : "") +
    [...at.classList].map(name => "." + name).join("") + " “" + at.innerText?.slice(0, 20) + "”";
  if (root.scrollWidth > edge) found.push(`scrolls sideways: ${root.scrollWidth} of ${edge}`);
  const boxes = [];
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const at = words.currentNode.parentElement;
    if (!words.currentNode.textContent.trim()) continue;
    if (at.closest("svg, script, noscript, option")) continue;
    if (!at.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    const range = document.createRange();
    range.selectNodeContents(words.currentNode);
    let clip = {left: 0, right: edge, top: -1e6, bottom: 1e6}, hidden = false, scrolls = false;
    for (let up = at; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up), box = up.getBoundingClientRect();
      if (style.clipPath !== "none" || box.width <= 1) hidden = true;
      if (/auto|scroll/.test(style.overflowX)) scrolls = true;
      if (/hidden|clip/.test(style.overflowX)) clip = {...clip, left: box.left, right: box.right};
      if (/hidden|clip/.test(style.overflowY)) clip = {...clip, top: box.top, bottom: box.bottom};
      if (scrolls) break;
    }
    if (hidden || scrolls) continue;
    for (const line of range.getClientRects()) {
      if (line.width < 2 || line.height < 2) continue;
      if (line.right < 0) continue;
      if (line.left < clip.left - 1 || line.right > clip.right + 1) found.push("cut " + named(at));
      if (line.top < clip.top - 4 || line.bottom > clip.bottom + 4) found.push("cut " + named(at));
      boxes.push({line, at});
    }
  }
  boxes.sort((one, other) => one.line.top - other.line.top);
  boxes.forEach(({line, at}, place) => {
    for (let next = place + 1; next < boxes.length && boxes[next].line.top < line.bottom; next++) {
      const {line: other, at: over} = boxes[next];
      const wide = Math.min(line.right, other.right) - Math.max(line.left, other.left);
      const high = Math.min(line.bottom, other.bottom) - Math.max(line.top, other.top);
      if (wide > 3 && high > 0.4 * Math.min(line.height, other.height))
        found.push(`${named(at)} over ${named(over)}`);
    }
  });
  return [...new Set(found)].slice(0, 5);
}"""

# What is of no use on paper.
ON_PAPER = """() => [...document.querySelectorAll("header, nav, button, .button, .find, footer")]
  .filter(at => at.checkVisibility() && at.getClientRects().length)
  .map(at => "on paper: " + at.tagName + " " + at.innerText.slice(0, 20)).slice(0, 3)"""
PAPER = {"width": 690, "height": 1000}

STILL = "* { transition: none !important; }"
# Of the letters, as a reader sets them in the browser.
USUAL, TWICE = {"standard": 16, "fixed": 13}, {"standard": 32, "fixed": 26}


@dataclass
class Judge:
    """Keeps what is wrong, and counts how often a page was looked at."""

    wrong: dict = field(default_factory=dict)
    looks: int = 0

    def tell(self, page, how, found):
        address = page.url.split("/", 3)[3]
        self.looks += 1
        for each in found:
            self.wrong.setdefault(each, []).append(f"{address} {how}")

    def axe(self, page, how, tags=RULES, rules=None):
        if not page.evaluate("typeof axe === 'object'"):
            page.add_style_tag(content=STILL)  # a colour half way is nobody's
            page.evaluate(AXE_SCRIPT)
        self.tell(page, how, page.evaluate(AXE, [tags, rules or {}]))

    def layout(self, page, how):
        self.tell(page, how, page.evaluate(LAYOUT))

    def look(self, page):
        """At a page that is open on a desk in light, in all ways; at the end as it was."""
        self.axe(page, "on a desk")
        page.emulate_media(color_scheme="dark")
        self.axe(page, "in the dark", ["color-contrast"])
        page.emulate_media(color_scheme="light")
        browser = page.context.new_cdp_session(page)
        browser.send("Page.setFontSizes", {"fontSizes": TWICE})
        self.layout(page, "with text twice as large")
        browser.send("Page.setFontSizes", {"fontSizes": USUAL})
        browser.detach()
        for how, size in (("enlarged", ZOOMED), ("at 320", NARROW), ("on a phone", PHONE)):
            page.set_viewport_size(size)
            self.layout(page, how)
        self.axe(page, "on a phone", rules=ON_A_PHONE)
        self.printed(page)
        page.set_viewport_size(DESK)

    def printed(self, page):
        page.set_viewport_size(PAPER)
        page.emulate_media(media="print")
        self.tell(page, "on paper", page.evaluate(ON_PAPER) + page.evaluate(LAYOUT))
        page.emulate_media(media="screen")
