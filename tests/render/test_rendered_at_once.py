"""Many people look at previews at once, and each gets the bytes that one alone would get."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from bulletin.render.inline import inline

RULES = "".join(f".a{n}, .b{n} {{ color: #0d131a !important; margin: 0 }}" for n in range(6))
PAGE = f"""<!doctype html><html><head><style>p {{ color: #112233 }}
@media (prefers-color-scheme: dark) {{ {RULES} }} @media (max-width: 30em) {{ {RULES} }}</style></head>
<body><p class="a1">Gowns</p></body></html>"""


@pytest.fixture
def restless():
    """Have threads take turns as often as can be."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_what_is_rendered_at_once_is_what_is_rendered_alone(restless):
    alone = inline(PAGE)
    with ThreadPoolExecutor(4) as threads:
        assert {*threads.map(inline, [PAGE] * 16)} == {alone}
