"""An editor's morning in a real browser: log in, review by keys, preview, approve; and again without scripts."""

from browsing import axe, keep, log_in


def test_somebody_logs_in_by_the_form_and_sees_today(shown, visit):
    page = visit(shown)
    log_in(page, "ann@example.nhs.uk")
    page.get_by_role("heading", name="Today").wait_for()
    assert page.context.cookies()[0]["httpOnly"]
    keep(page, "today")
    axe(page)
