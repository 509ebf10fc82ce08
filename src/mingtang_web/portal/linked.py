"""What pages say as linked data (schema.org, JSON-LD): bodies, documents, reports.

A property whose fact is not known is left out.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.safestring import mark_safe

from mingtang_web.publication.norms import Validity

if TYPE_CHECKING:
    from mingtang_web.annual.models import Annual
    from mingtang_web.bodies.models import Body
    from mingtang_web.publication.models import Document, Revision

Data = dict[str, Any]
CONTEXT = "https://schema.org"
LANGUAGE = "zh-Hans"
FORCE = {
    Validity.NOT_YET: "NotInForce",
    Validity.IN_FORCE: "InForce",
    Validity.AMENDED: "InForce",
    Validity.REPEALED: "NotInForce",
    Validity.LAPSED: "NotInForce",
}
"""In force or not, as schema.org says it; what is not registered says nothing of it."""
_OUT_OF_MARKUP = str.maketrans(
    {
        "<": "\\u003C",
        ">": "\\u003E",
        "&": "\\u0026",
        "\u2028": "\\u2028",
        "\u2029": "\\u2029",
    }
)


def written(data: Data) -> str:
    r"""Return data as JSON that no parser of HTML finds markup in.

    >>> written({"name": "</script>"})
    '{"name":"\\u003C/script\\u003E"}'
    """
    said = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(said.translate(_OUT_OF_MARKUP))  # noqa: S308 - no markup is left


def site(address: str) -> Data:
    """Return the site itself; nothing where the operator did not name it."""
    if not settings.SITE_NAME:
        return {}
    return _typed("WebSite", name=settings.SITE_NAME, url=address, inLanguage=LANGUAGE)


def organisation(body: Body, address: str = "") -> Data:
    """Return a body as the office it is."""
    return _typed("GovernmentOrganization", **_office(body), url=address)


def document(row: Document, revision: Revision, address: str) -> Data:
    """Return a document: legislation where it is a rule or a normative document."""
    common = {
        "@id": address,
        "url": address,
        "name": revision.title,
        "identifier": row.index_number,
        "inLanguage": LANGUAGE,
        "datePublished": _day(row.first_published_on),
        "dateModified": _day(row.published_on),
        "expires": _day(row.expires_on if row.norm else revision.expires_on),
        "abstract": revision.abstract,
        "keywords": revision.keywords,
        "publisher": {"@type": "GovernmentOrganization", **_office(row.body)},
    }
    if not row.norm:
        return _typed("DigitalDocument", **common, dateCreated=_day(revision.formed_on))
    force = FORCE.get(Validity(row.validity))
    return _typed(
        "Legislation",
        **common,
        legislationIdentifier=revision.document_number,
        legislationDate=_day(revision.formed_on),
        legislationDateOfApplicability=_day(revision.effective_on),
        legislationLegalForce=f"{CONTEXT}/{force}" if force else "",
        legislationPassedBy=_named(revision.issuer),
    )


def report(annual: Annual, address: str) -> Data:
    """Return a published annual report."""
    return _typed(
        "Report",
        **{"@id": address},
        url=address,
        name=title(annual),
        inLanguage=LANGUAGE,
        temporalCoverage=str(annual.year),
        datePublished=_day(annual.published_on),
        version=str(annual.issue),
        publisher={"@type": "GovernmentOrganization", **_office(annual.body)},
    )


def title(annual: Annual) -> str:
    """Return what a report is called."""
    return f"{annual.body.name}{annual.year}年政府信息公开工作年度报告"


def _office(body: Body) -> Data:
    said = {
        "name": body.name,
        "identifier": body.code,
        "telephone": body.telephone,
        "address": body.address,
    }
    return {name: value for name, value in said.items() if value}


def _named(name: str) -> Data | str:
    return {"@type": "GovernmentOrganization", "name": name} if name else ""


def _typed(kind: str, **said: object) -> Data:
    known = {name: value for name, value in said.items() if value}
    return {"@context": CONTEXT, "@type": kind} | known


def _day(day: object) -> str:
    return f"{day:%Y-%m-%d}" if day else ""
