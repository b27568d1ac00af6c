"""The comments for Outlook that the linter takes for ours are those of our templates."""

import re
from pathlib import Path

from bulletin.lint.page.comments import OURS, digest

TEMPLATES = Path(__file__).parents[2] / "templates"


def test_the_list_of_our_comments_is_what_the_templates_hold():
    texts = [file.read_text(encoding="utf-8") for file in TEMPLATES.rglob("*.html.j2")]
    there = {digest(words) for text in texts for words in re.findall(r"<!--(.*?)-->", text, re.DOTALL)}
    assert there == OURS


def test_spaces_and_capitals_make_no_other_comment():
    assert digest("[if mso]>\n <TABLE> <![endif]") == digest("[if MSO]> <table> <![endif]")
