"""Topics, feeds and bulletins are changed in a real browser, with scripts and without."""

import re
from datetime import timedelta

from browsing import axe, keep

from bulletin import config

ANN = "ann@example.nhs.uk"


def loaded(site):
    return config.load(site.folder, {})


def test_a_topic_is_tried_seen_and_saved(own, visit):
    topic = loaded(own).topics[0]
    page = visit(own, ANN)
    page.goto(f"/topics/{topic.id}")
    words = page.get_by_label("Words that belong here")
    words.fill(words.input_value() + "\nhospital: all of it")
    page.get_by_role("button", name="Show what would move").click()
    assert page.get_by_text("Nothing is saved yet").is_visible()
    assert page.get_by_role("heading", name="What would move").evaluate("one => one === document.activeElement")
    assert page.locator("ins").inner_text().strip() == '- "hospital: all of it"'
    axe(page)
    keep(page, "topics.preview")
    page.get_by_role("region", name="What would move").get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile("saved=1"))
    assert loaded(own).topics[0].phrases == (*topic.phrases, "hospital: all of it")


def test_what_is_wrong_is_told_first_and_its_field_is_one_step_away(own, visit, watch):
    watch.forgiven.append("422")
    page = visit(own, ANN)
    page.goto(f"/topics/{loaded(own).topics[0].id}")
    page.get_by_label("Heading", exact=True).fill("")
    page.get_by_label("How sure").fill("very")
    page.get_by_role("button", name="Save").click()
    problem = page.get_by_role("alert")
    assert problem.evaluate("one => one === document.activeElement")
    axe(page)
    keep(page, "topics.wrong")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.get_by_label("Heading", exact=True).evaluate("one => one === document.activeElement")
    assert page.get_by_label("How sure").input_value() == "very"


def test_headings_are_put_in_order_without_scripts(own, visit):
    bulletin = loaded(own).bulletins[0]
    names = {topic.id: topic.heading for topic in loaded(own).topics}
    first, second, *others = bulletin.headings
    page = visit(own, ANN, java_script_enabled=False)
    page.goto(f"/bulletins/{bulletin.id}")
    page.get_by_label(names[first], exact=True).fill("2.5")
    page.get_by_label(names[others[-1]], exact=True).fill("")
    page.get_by_role("button", name="Save").click()
    assert page.get_by_text("Saved.").is_visible()
    assert loaded(own).bulletins[0].headings == (second, first, *others[:-1])


def test_a_schedule_says_what_follows_from_draft_to_sending(own, visit):
    bulletin = loaded(own).bulletins[0]
    page = visit(own, ANN)
    page.goto(f"/bulletins/{bulletin.id}")
    keep(page, "bulletins.schedule-as-it-is")
    page.get_by_label("How long editors have for it").fill("2d")
    assert not page.get_by_label("Hour of sending").is_visible()
    page.get_by_text("Reminders, the hour of sending, and what is rare").click()
    page.get_by_label("Hour of sending").fill("09:00")
    page.get_by_label("Remind editors").fill("1d")
    axe(page)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile("saved=1"))
    keep(page, "bulletins.schedule")
    assert page.get_by_text("sent two days later at 09:00, once approved; editors are reminded a day").is_visible()
    assert loaded(own).bulletins[0].schedule.remind == timedelta(days=1)


def test_two_people_at_one_file_lose_nothing(own, visit, watch):
    watch.forgiven.append("422")
    feed = loaded(own).feeds[0]
    ann, eve = visit(own, ANN), visit(own, "eve@example.nhs.uk")
    for page, name in ((ann, "By Ann"), (eve, "By Eve")):
        page.goto(f"/feeds/{feed.id}")
        page.get_by_label("Name", exact=True).fill(name)
    ann.get_by_role("button", name="Save").click()
    ann.wait_for_url(re.compile("saved=1"))
    eve.get_by_role("button", name="Save").click()
    assert eve.get_by_role("row", name="Name By Ann By Eve").is_visible()
    axe(eve)
    keep(eve, "feeds.changed-meanwhile")
    assert loaded(own).feeds[0].name == "By Ann"
    eve.get_by_role("button", name="Save").click()
    eve.wait_for_url(re.compile("saved=1"))
    assert (loaded(own).feeds[0].name, loaded(own).feeds[0].id) == ("By Eve", feed.id)
