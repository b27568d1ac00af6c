"""An editor's morning in a real browser: by keys, without scripts, two at once, forty items by the keyboard alone."""

import re

from browsing import keep, log_in
from playwright.sync_api import expect

ADA, EVE = "ada@example.nhs.uk", "eve@example.nhs.uk"
_FOCUS = "document.activeElement.closest('.item')?.dataset.item"
# A frame or a shadow around whatever has the focus; its own colour alone would not be seen by everybody.
_SEEN = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" || style.boxShadow !== "none" || document.activeElement === document.body;
}"""


def press(page, key):
    """Press a key that changes something, and wait until the page shows it; gives the status of the answer."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as got:
        page.keyboard.press(key)
    status = got.value.status
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
    return status


def focused(page):
    expect(page.locator(".item:focus-within")).to_have_count(1)
    return page.evaluate(_FOCUS)


def card(page, item):
    return page.locator(f"#item-{item}")


def tab_to(page, words, key="Tab", most=600):
    """Go on with Tab until what has the focus says these words; everything on the way shows that it has it."""
    for _ in range(most):
        page.keyboard.press(key)
        assert page.evaluate(_SEEN), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if page.evaluate("document.activeElement.textContent").strip().startswith(words):
            return
    raise AssertionError(f"Tab never came to {words!r}")


def test_an_edition_is_reviewed_by_keys_and_approved(own, visit):
    page = visit(own)
    log_in(page, ADA)
    page.get_by_role("heading", name="Today").wait_for()
    page.goto(f"/editions/{own.drafts['health-management']}")
    page.keyboard.press("j")
    first = focused(page)
    assert press(page, "a") == 200
    expect(card(page, first)).to_have_class(re.compile("done"))
    second = focused(page)
    assert second != first
    press(page, "x")
    expect(card(page, second)).to_have_count(0)
    press(page, "u")
    expect(card(page, second)).to_have_count(1)
    expect(card(page, second)).not_to_have_class(re.compile("done"))
    card(page, second).locator("article").focus()
    press(page, "4")
    expect(page.locator(f"#group-leadership #item-{second}")).to_have_count(1)
    card(page, second).locator("article").focus()
    press(page, "p")
    expect(card(page, second)).to_contain_text("Editor’s pick")
    page.keyboard.press("e")
    title = card(page, second).get_by_role("textbox", name="Title")
    title.fill("Our own words <b>for it</b>")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        title.press("Enter")
    expect(card(page, second).locator("h3")).to_contain_text("Our own words <b>for it</b>")
    keep(page, "review")
    assert_previewed_and_approved(page, own)


def assert_previewed_and_approved(page, own):
    """The email has the words that were typed, and is frozen by the yes."""
    where = f"/editions/{own.drafts['health-management']}"
    page.goto(f"{where}/preview")
    assert page.locator("iframe").get_attribute("sandbox") in {"", "allow-popups"}
    keep(page, "preview")
    frame = page.request.get(page.locator("iframe").get_attribute("src"))
    assert "Our own words &lt;b&gt;for it&lt;/b&gt;" in frame.text()
    assert "sandbox" in frame.headers["content-security-policy"]
    page.goto(f"{where}/approval")
    keep(page, "approval")
    # There is one item more than the heading has room for.
    page.get_by_role("checkbox", name=re.compile("Rule 62, sections")).check()
    page.get_by_role("button", name="Accept what is ticked and approve").click()
    page.get_by_role("heading", name=re.compile("^Approved by")).wait_for()
    page.goto(where)
    expect(page.locator("#progress")).to_contain_text("Approved")


def test_everything_goes_without_scripts_too(own, visit):
    page = visit(own, java_script_enabled=False)
    log_in(page, ADA)
    where = f"/editions/{own.drafts['health-management']}"
    page.goto(where)
    items = [one.get_attribute("data-item") for one in page.locator(".item[data-item]").all()]
    card(page, items[0]).get_by_role("button", name="Accept", exact=True).click()
    expect(card(page, items[0])).to_have_class(re.compile("done"))
    card(page, items[1]).get_by_role("button", name="Discard").click()
    expect(card(page, items[1])).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Undo")).click()
    expect(card(page, items[1])).to_have_count(1)
    card(page, items[1]).get_by_label(re.compile("^Heading for")).select_option("leadership")
    card(page, items[1]).get_by_role("button", name="Move", exact=True).click()
    expect(page.locator(f"#group-leadership #item-{items[1]}")).to_have_count(1)
    card(page, items[1]).get_by_role("link", name="Edit").click()
    page.get_by_label("Title").fill("Our own words <b>for it</b>")
    page.get_by_role("button", name="Save the words").click()
    expect(card(page, items[1]).locator("h3")).to_contain_text("Our own words <b>for it</b>")
    assert_previewed_and_approved(page, own)


def test_two_editors_at_one_item_lose_nothing(own, visit, watch):
    watch.forgiven.append("409")
    where = f"/editions/{own.drafts['estates-facilities']}"
    first, second = visit(own, EVE), visit(own, ADA)
    for page in (first, second):
        page.goto(where)
    item = first.locator(".item[data-item]").first.get_attribute("data-item")
    for page, words in ((first, "Eve’s title"), (second, "Ada’s title")):
        card(page, item).locator("article").focus()
        page.keyboard.press("e")
        card(page, item).get_by_role("textbox", name="Title").fill(words)
    for page in (first, second):
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            card(page, item).get_by_role("button", name="Save the words").click()
    expect(card(second, item)).to_contain_text("Two of you at one item")
    expect(card(second, item)).to_contain_text("Eve’s title")
    expect(card(second, item).get_by_role("textbox", name="Title")).to_have_value("Ada’s title")
    keep(second, "merge")
    with second.expect_response(lambda answer: answer.request.method == "POST"):
        card(second, item).get_by_role("button", name="Do mine all the same").click()
    expect(card(second, item).locator("h3")).to_contain_text("Ada’s title")
    first.goto(f"{where}/history")
    for name in ("Eve Editor", "Ada Approver"):
        expect(first.get_by_role("row", name=re.compile(name))).to_have_count(1)


def test_forty_items_are_reviewed_and_approved_by_the_keyboard_alone(own, visit):
    page = visit(own)
    page.goto("/login")
    page.keyboard.press("Tab")
    tab_to_field(page, "email")
    page.keyboard.type(ADA)
    page.keyboard.press("Tab")
    page.keyboard.type("four quiet otters swim")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Today").wait_for()
    page.goto(f"/editions/{own.drafts['health-management']}")
    size = page.locator(".item[data-item]").count()
    assert size == 40
    page.keyboard.press("j")
    for done in range(1, size + 1):
        focused(page)
        press(page, "a")
        expect(page.locator(".item.done")).to_have_count(done)
    expect(page.locator("#progress")).to_contain_text("40 of 40")
    tab_to(page, "Approve", "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/approval")
    tab_to(page, "Approve these")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=re.compile("^Approved by")).wait_for()


def tab_to_field(page, name):
    for _ in range(20):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(name)
