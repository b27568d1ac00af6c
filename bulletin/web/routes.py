"""The table of routes: every address there is, and who may ask for it. What is not here is not served."""

from bulletin.web.pages import account, audit, health, login, oidc, people, second, static, today
from bulletin.web.route import Route

ROUTES: tuple[Route, ...] = (
    *oidc.ROUTES,
    *login.ROUTES,
    *account.ROUTES,
    *second.ROUTES,
    *people.ROUTES,
    *audit.ROUTES,
    *health.ROUTES,
    *static.ROUTES,
    *today.ROUTES,
)
