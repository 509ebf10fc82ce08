"""A page of the tests alone: one document to write, and what of it was taken."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from mingtang_web.richtext.forms import RichTextField

PICTURES = "/static/mingtang/"
PAGE = """{% extends "page.html" %}
{% block title %}编辑{% endblock %}
{% block styles %}{{ form.media }}{% endblock %}
{% block content %}<h1>编辑正文</h1>
{% if taken is not None %}<div class="card">
<div class="rich-text" id="taken">{{ taken|safe }}</div>
<pre hidden id="source">{{ taken }}</pre></div>{% endif %}
<form method="post" novalidate>{% csrf_token %}{{ form }}
<div class="buttons"><button class="button">保存</button></div></form>{% endblock %}"""
BEGUN = {"text": ""}
"""The document with which the page opens."""


class SheetForm(forms.Form):
    title = forms.CharField(label="标题", required=False)
    text = RichTextField(
        label="正文", pictures=PICTURES, help_text="按公文格式书写。", required=False
    )


def write(request: HttpRequest) -> HttpResponse:
    form = SheetForm(request.POST or None, initial=BEGUN)
    taken = form.cleaned_data["text"] if form.is_bound and form.is_valid() else None
    page = engines["django"].from_string(PAGE)
    return HttpResponse(page.render({"form": form, "taken": taken}, request))


urlpatterns = [
    path("sheet/", write, name="sheet"),
    path("", include("mingtang_web.urls")),
]
