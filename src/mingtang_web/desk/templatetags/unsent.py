"""What was typed on a page and not sent, offered on return."""

from __future__ import annotations

from typing import Any

from django import template

from mingtang_web.desk.unsent import PLACES
from mingtang_web.unsent.actions import kept

register = template.Library()


@register.inclusion_tag("desk/unsent.html", takes_context=True)
def unsent(context: dict[str, Any]) -> dict[str, Any]:
    """Offer what was kept of this page, and let its script keep more: one query."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if request is None or match is None or match.url_name not in PLACES:
        return {"here": False}
    if not request.user.is_authenticated:
        return {"here": False}
    # What was sent back stands on the page already.
    row = kept(request.user, request.path) if request.method == "GET" else None
    return {
        "here": True,
        "row": row,
        "place": request.path,
        "posted": request.method == "POST",
        "who": str(request.user.pk),
        "version": context.get("version"),
        "csrf_token": context.get("csrf_token"),
    }
