"""Numbers to be called and sites to be opened, as links on a page."""

from __future__ import annotations

import re

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
_CALLED = re.compile(r"\+?\d[\d ()-]{4,}")


@register.filter
def called(number: str) -> str:
    """Return a telephone number as a link that calls it; anything else as it stands."""
    if not _CALLED.fullmatch(number.strip()):
        return number
    plain = re.sub(r"[^\d+]", "", number)
    return format_html('<a class="phone" href="tel:{}">{}</a>', plain, number.strip())


@register.filter
def calling(words: str, number: str) -> SafeString:
    """Return words with a telephone number among them as a link that calls it."""
    safe = conditional_escape(words)
    if not number:
        return safe
    linked = safe.replace(conditional_escape(number), conditional_escape(called(number)))
    return mark_safe(linked)  # noqa: S308 - each part of it was escaped


@register.filter
def site(address: str) -> str:
    """Return the address of a site as a link to it; anything else as it stands."""
    if not re.fullmatch(r"https?://\S+", address.strip()):
        return address
    return format_html('<a href="{0}" rel="noreferrer">{0}</a>', address.strip())
