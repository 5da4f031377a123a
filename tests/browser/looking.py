# SPDX-License-Identifier: EUPL-1.2
"""What is looked for on a page, whoever opens it: each gives the first few faults."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

_AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
_RUN_AXE = """async rules => (await axe.run(document, {resultTypes: ["violations"], ...(rules.length ? {runOnly: rules} : {})})).violations.map(
    violation => [violation.id, ...violation.nodes.slice(0, 3).map(node => node.html.slice(0, 200) + " " + (node.any[0]?.message ?? ""))])"""
_TOO_WIDE = """() => {
    const seen = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= seen) return [];
    const wide = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > seen + 1).map(e => [e.closest(".scroll"), e]);
    const found = wide.filter(([box]) => !box).length ? wide.filter(([box]) => !box) : wide; // a box that rolls may yet let something out
    return found.slice(0, 5).map(([, e]) => e.outerHTML.slice(0, 120));
}"""
_TEXTS = """() => {
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT, node =>
        node.parentElement.closest("code, script, style") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode.data);
    return texts;
}"""
_WITHOUT_FOCUS = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
    .filter(element => element.checkVisibility() && !element.closest(".map")).filter(element => {
        element.focus();
        const style = getComputedStyle(element);
        return document.activeElement === element && style.outlineStyle === "none" && style.boxShadow === "none";
    }).slice(0, 5).map(element => element.outerHTML.slice(0, 120))"""
_CODES = re.compile(r"\b[a-z]+_[a-z_]+\b|\b(?:Import|Commit|Layer|Milestone|Journey|Track|Gate|Twin|Stall|Tenant|Estimate|AGS|Raking|Bayes)\b")


def axe_finds(page: Page, rules: list[str]) -> list[Any]:
    """Let axe look for everything, or by some rules only."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(_AXE)
    found: list[Any] = page.evaluate(_RUN_AXE, rules)
    return found


def too_wide_at_320_pixels(page: Page) -> list[str]:
    """Give what reaches out of a narrow window, which is one of 1280 pixels at 400 %."""
    page.set_viewport_size({"width": 320, "height": 640})
    wide: list[str] = page.evaluate(_TOO_WIDE)
    return wide


def too_wide_with_large_text(page: Page) -> list[str]:
    """Give what reaches out where text alone is twice as large."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    wide: list[str] = page.evaluate(_TOO_WIDE)
    page.evaluate("() => { document.documentElement.style.fontSize = '' }")
    return wide


def inner_names(page: Page) -> list[tuple[str, str]]:
    """Give words of the code that stand in the text."""
    return [(match.group(), text.strip()[:80]) for text in page.evaluate(_TEXTS) if (match := _CODES.search(text))]


def without_focus(page: Page) -> list[str]:
    """Give what does not show that the keyboard is there."""
    page.keyboard.press("Tab")  # from here on the browser shows the focus
    hidden: list[str] = page.evaluate(_WITHOUT_FOCUS)
    return hidden
