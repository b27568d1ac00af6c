"""The table of routes: every address there is, and who may ask for it. What is not here is not served."""

from bulletin.web.pages import static, today
from bulletin.web.route import Route

ROUTES: tuple[Route, ...] = (
    *static.ROUTES,
    *today.ROUTES,
)
