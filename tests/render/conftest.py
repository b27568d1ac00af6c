"""Emails of the sample edition, as a mail program would read them."""

from dataclasses import replace

import pytest
import sample_edition as sample
from email_reader import Document

from bulletin import render


@pytest.fixture(scope="session")
def send():
    """Render an edition; what is not given is the sample's."""

    def email(
        edition=sample.RICH, template="default", bulletin=sample.BULLETIN, templates=sample.TEMPLATES, **changes
    ):
        audience = replace(sample.AUDIENCE, template=template, **changes)
        return render.email(edition, bulletin, audience, replace(sample.HOUSE, templates=templates))

    return email


@pytest.fixture(scope="session", params=["default", "brief", "plain"])
def rich(request, send):
    """The rich sample in each template."""
    return send(template=request.param)


@pytest.fixture(scope="session")
def document(rich):
    return Document(rich.html)
