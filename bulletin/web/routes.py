"""The table of routes: every address there is, and who may ask for it. What is not here is not served."""

from bulletin.web.pages import health, static, today
from bulletin.web.route import Route

ROUTES: tuple[Route, ...] = (
    *health.ROUTES,
    *static.ROUTES,
    *today.ROUTES,
)
