"""The table of routes: every address there is, and who may ask for it. What is not here is not served."""

from bulletin.web.pages import (
    account,
    adding,
    approval,
    audit,
    editions,
    health,
    item,
    items,
    login,
    oidc,
    people,
    preview,
    review,
    second,
    static,
    today,
)
from bulletin.web.route import Route

ROUTES: tuple[Route, ...] = (
    *login.ROUTES,
    *oidc.ROUTES,
    *account.ROUTES,
    *second.ROUTES,
    *people.ROUTES,
    *audit.ROUTES,
    *health.ROUTES,
    *static.ROUTES,
    *today.ROUTES,
    *editions.ROUTES,
    *review.ROUTES,
    *item.ROUTES,
    *adding.ROUTES,
    *preview.ROUTES,
    *approval.ROUTES,
    *items.ROUTES,
)
