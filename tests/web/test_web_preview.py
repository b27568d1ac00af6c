"""The preview: an email in a frame where nothing runs, and into which nothing comes from outside but its logo."""

import editing
import newsroom
import pytest
from visiting import at_desk

from bulletin import jobs


@pytest.fixture
def folder(tmp_path):
    return newsroom.workspace(tmp_path, "https://example.org/feed")


@pytest.fixture
def settings(folder):
    return newsroom.settings(folder)


@pytest.fixture
def draft(desk):
    editing.shelve(desk, "Gowns that last", greener=0.9)
    return jobs.compose(desk, desk.bulletin("update")).id


def pictures(eve, draft):
    """Where pictures may come from, as the policy of the HTML part says it."""
    policy = eve.get(f"/editions/{draft}/preview/managers/html").headers["Content-Security-Policy"]
    (told,) = [one.split()[1:] for one in policy.split(";") if one.split()[0] == "img-src"]
    return told


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://library.example.nhs.uk/logo.png", ["data:", "https://library.example.nhs.uk"]),
        ("https://library.example.nhs.uk:8443/a;b/logo.png", ["data:", "https://library.example.nhs.uk:8443"]),
        ("https://a.example;script-src/logo.png", ["data:"]),
        ("", ["data:"]),
    ],
)
def test_the_logo_of_a_brand_is_shown_and_no_other_picture(app, desk, folder, draft, url, allowed):
    if url:
        (folder / "brands").mkdir()
        logo = f'logo: {{url: "{url}", alt: Wexbridge, width: 100, height: 40}}\n'
        (folder / "brands" / "ours.yaml").write_text(logo, encoding="utf-8")
        with (folder / "bulletins.yaml").open("a", encoding="utf-8") as file:
            file.write("        brand: ours\n")
    assert pictures(at_desk(app, desk, "viewer"), draft) == allowed
