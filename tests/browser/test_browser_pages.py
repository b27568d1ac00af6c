"""Every page in a real browser: open to everybody in both themes, at every width, and still for who wants that."""

import pytest
from addresses import gets
from browsing import axe, keep

ANN = "ann@example.nhs.uk"
# The email itself is the librarian's page and not ours, in a frame where nothing runs, the tests' scripts included.
_NO_PAGES = {
    "downloads.edition",
    "machine.healthz",  # these two are for machines
    "machine.metrics",
    "static.file",
    "audit.as_csv",
    "audit.as_lines",
    "choices.export",
    "clicks.to",  # leads to where an item is
    "subscribersfile.show",  # needs a file that somebody brought within half an hour
    "subscribersfile.refused",
    "preview.html",
    "preview.text",
}
ROUTES = {route.endpoint: route for route in gets() if route.endpoint not in _NO_PAGES and ".atom" not in route.rule}
_SIDEWAYS = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.getBoundingClientRect().right > 321 && !one.closest("nav, .scroll, iframe"))
  .slice(0, 5).map((one) => one.outerHTML.slice(0, 120))"""
_MOVING = """() => [...document.querySelectorAll("*")].filter((one) => {
    const style = getComputedStyle(one);
    return Math.max(...(style.transitionDuration + "," + style.animationDuration).split(",").map(parseFloat)) > 0.01;
  }).slice(0, 3).map((one) => one.outerHTML.slice(0, 120))"""


def settle(page):
    """Have colours that fade in come to rest: what is judged is the page and not the way to it."""
    page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})))")


@pytest.mark.parametrize("endpoint", ROUTES)
def test_a_page_shuts_nobody_out(shown, visit, watch, endpoint):
    route = ROUTES[endpoint]
    if route.is_open:
        watch.forgiven.append(
            "Failed to load resource.*40[04]"
        )  # without a code, or where nobody else signs people in
    page = visit(shown, "" if route.is_open else ANN, reduced_motion="reduce", color_scheme="light")
    page.goto(shown.there.fill(route.rule))
    axe(page)
    assert not page.evaluate(_MOVING)
    page.emulate_media(color_scheme="dark")
    settle(page)
    axe(page)
    page.set_viewport_size({"width": 320, "height": 640})  # 1280 pixels at 400 %: WCAG 1.4.10
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.evaluate(_SIDEWAYS)
    page.emulate_media(color_scheme="light")
    keep(page, endpoint, 360, 768, 1440)


@pytest.mark.parametrize(("address", "status"), [("/nothing-here", 404), ("/editions/none", 404), ("/people", 403)])
def test_a_page_about_a_mistake_shuts_nobody_out(shown, visit, watch, address, status):
    watch.forgiven.append(f"Failed to load resource.*{status}")
    page = visit(shown, "eve@example.nhs.uk")
    assert page.goto(address).status == status
    axe(page)
    keep(page, f"mishap-{status}")
