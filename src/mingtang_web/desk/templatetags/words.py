"""The engine's words on a page, in the reader's language."""

from __future__ import annotations

from django import template

from mingtang_web import words

register = template.Library()
register.filter("spoken", words.spoken)
