"""What of the portal browsers and caches may keep, and ask after before they use it.

Files, feeds and site maps are the same for everybody and name themselves by their content
(ETag): who has them already is told so (304) instead of being sent them again. Pages are
not kept: each carries a token of its own for its forms.
"""

from __future__ import annotations

from django.views.decorators.cache import cache_control

kept = cache_control(public=True, no_cache=True)
"""Marks a view whose answer may be kept as long as the site says it is still the same."""
