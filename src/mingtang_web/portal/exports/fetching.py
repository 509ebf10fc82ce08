"""Pages of the portal as a visitor without a session gets them, without a network."""

from __future__ import annotations

from io import BytesIO
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.template.loader import render_to_string

from mingtang_web.portal.addresses import ELSEWHERE


class Answer(NamedTuple):
    """What the site answers: how it went, of which media type, its bytes."""

    status: int
    kind: str
    data: bytes


class Fetcher:
    """Asks the site itself, as anybody would; ``address`` is where the pages will stand."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._handler = BaseHandler()
        self._handler.load_middleware()

    def get(self, address: str) -> Answer:
        """Return what the site answers at an address of its own, without its prefix."""
        response = self._handler.get_response(self._request(address))
        assert isinstance(response, HttpResponse)  # noqa: S101 - the portal streams nothing
        kind = response.headers["Content-Type"].partition(";")[0]
        return Answer(response.status_code, kind, bytes(response.content))

    def rendered(self, template: str, address: str, context: dict[str, object]) -> bytes:
        """Return a page that the live site does not have."""
        request = self._request(address)
        request.user = AnonymousUser()
        return render_to_string(template, context, request).encode()

    def _request(self, address: str) -> WSGIRequest:
        path, _, query = address.partition("?")
        host = urlsplit(settings.ADDRESS).hostname or settings.ALLOWED_HOSTS[0].strip(".*")
        return WSGIRequest(
            {
                "REQUEST_METHOD": "GET",
                "PATH_INFO": unquote(path).encode().decode("latin-1"),
                "QUERY_STRING": query,
                "SERVER_NAME": host or "localhost",
                "SERVER_PORT": "443" if settings.HTTPS else "80",
                "HTTP_X_FORWARDED_PROTO": "https" if settings.HTTPS else "http",
                "REMOTE_ADDR": "127.0.0.1",
                "wsgi.url_scheme": "https" if settings.HTTPS else "http",
                "wsgi.input": BytesIO(),
                ELSEWHERE: self._address,
            }
        )
