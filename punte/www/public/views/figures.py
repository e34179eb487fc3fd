"""Tables that everybody may read: numbers out of the record, none of which tells of anybody."""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, override
from django.views.decorators.http import require_safe

from punte.kernel.papers import FOLDER, LANGUAGE, pdf
from punte.kernel.tables import write_xlsx
from punte.statistics.actions.publish_table import file_of
from punte.statistics.models import PublishedTable
from punte.statistics.publishing.showing import Shown
from punte.statistics.safety.certificate import VERIFIER
from punte.www.frame.download import file_response
from punte.www.frame.everybody import for_everybody

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SVG = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}


@for_everybody(seconds=300)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """All tables that are published; of each the newest first."""
    tables = PublishedTable.objects.filter(withdrawn_at=None).select_related("organization")
    return render(
        request, "public/figures.html", {"section": "figures", "tables": [Shown(one) for one in tables[:200]]}
    )


@for_everybody(seconds=300)
@require_safe
def figure(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One table: its numbers, a picture, the files, and what shows that nobody can be found in it."""
    table = _table(key, number)
    shown = Shown(table, request.GET.dict())
    context = {
        "section": "figures",
        "shown": shown,
        "table": table,
        "rule": table.certificate["rule"],
        "files": [(name, reverse("figure_file", args=[key, number, name])) for name in FILES],
        "newer": PublishedTable.objects.filter(key=key, number__gt=number, withdrawn_at=None).first(),
    }
    return render(request, "public/figure.html", context)


@for_everybody(seconds=300)
@require_safe
def figure_file(request: HttpRequest, key: str, number: int, name: str) -> HttpResponse:
    """A table as a file, or what goes with it."""
    table = _table(key, number)
    if name not in FILES:
        raise Http404
    content_type, make = FILES[name]
    headers = _SVG if name == "svg" else {}
    return file_response(make(table), content_type, f"{table.slug}.{name.replace('_', '.')}", headers=headers)


def _table(key: str, number: int) -> PublishedTable:
    tables = PublishedTable.objects.filter(key=key, number=number, withdrawn_at=None)
    found = tables.select_related("organization", "extract").first()
    if found is None:
        raise Http404
    return found


def _csv(table: PublishedTable) -> bytes:
    return file_of(table).content


def _xlsx(table: PublishedTable) -> bytes:
    header, rows = Shown(table).flat()
    return write_xlsx({Shown(table).title: [header, *rows], gettext("About"): _about(table)})


def _about(table: PublishedTable) -> list[list[str]]:
    shown, rule = Shown(table), table.certificate["rule"]
    return [
        [gettext("What"), gettext("What is known of it")],
        [gettext("Title"), shown.title],
        [gettext("What is counted"), shown.about],
        [gettext("Published by"), str(table.organization)],
        [gettext("Published on"), date_format(timezone.localtime(table.published_at), "j F Y").lower()],
        [gettext("Made from the extract"), table.extract.name],
        [
            gettext("What is hidden"),
            gettext(
                "Numbers from 1 to %(most)d, and others by which they could be worked out. No hidden number can be "
                "placed in a range narrower than %(width)d."
            )
            % {"most": rule["least"] - 1, "width": rule["width"]},
        ],
        [gettext("Source of the definition"), table.words["source"]],
    ]


def _svg(table: PublishedTable) -> bytes:
    return render_to_string("public/figure_picture.svg", {"shown": Shown(table)}).encode()


def _pdf(table: PublishedTable) -> bytes:
    with override(LANGUAGE):
        shown = Shown(table)
        content: dict[str, Any] = {
            "title": shown.title,
            "language": LANGUAGE,
            "author": str(table.organization),
            "about": _about(table)[3:],
            "intro": shown.about,
            "years": [
                {
                    "title": year,
                    "header": [gettext("Place"), *(name for _code, name in shown.columns)],
                    "rows": [
                        [row.name, *("–" if one.number is None else str(one.number) for one in row.cells)]
                        for row in Shown(table, {"an": year}).rows
                    ],
                    "sums": [row.is_sum for row in Shown(table, {"an": year}).rows],
                }
                for year in shown.years
            ],
            "note": gettext("– is a number that is hidden, so that nobody can be found by it."),
        }
    return pdf(FOLDER / "published_table", content, timezone.localtime(table.published_at))


def _metadata(table: PublishedTable) -> bytes:
    known = {
        "name": table.slug,
        "organization": str(table.organization),
        "published": table.published_at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "extract": table.extract.name,
        **table.words,
        "codes": table.codes,
        "rule": table.certificate["rule"],
        "sha256": file_of(table).digest,
        "licence": "CC-BY-4.0",
    }
    return json.dumps(known, ensure_ascii=False, indent=1).encode()


def _certificate(table: PublishedTable) -> bytes:
    return json.dumps(table.certificate, ensure_ascii=False).encode()


def _whole(table: PublishedTable) -> bytes:
    """Everything that a stranger needs to check it, the earlier tables of the certificate too."""
    named = [one["name"].removesuffix(".csv").rpartition("-") for one in table.certificate["files"]]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for key, _dash, number in named:
            one = table if (key, number) == (table.key, str(table.number)) else None
            one = one or PublishedTable.objects.get(key=key, number=int(number))
            file.writestr(f"{one.slug}.csv", file_of(one).content)
        file.writestr("certificate.json", _certificate(table))
        file.writestr("metadata.json", _metadata(table))
        file.writestr("verify.py", VERIFIER.read_bytes())
    return packed.getvalue()


FILES: dict[str, tuple[str, Callable[[PublishedTable], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", _csv),
    "xlsx": (_XLSX, _xlsx),
    "pdf": ("application/pdf", _pdf),
    "svg": ("image/svg+xml", _svg),
    "metadata_json": ("application/json", _metadata),
    "certificate_json": ("application/json", _certificate),
    "zip": ("application/zip", _whole),
}
