"""Versions of the methodology: all are read; new ones uploaded, tried on old answers, put in force from a day."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from punte.accounts.enums import Capability as Can
from punte.accounts.models import User
from punte.assessments.actions import (
    agree_in_force,
    ask_in_force,
    refuse_in_force,
    upload_pack,
    withdraw_pack,
)
from punte.assessments.enums import UploadState
from punte.assessments.models import PackUpload
from punte.assessments.packs import pack_of_upload
from punte.assessments.trial import Trial, try_version
from punte.assessments.unpacking import files_of
from punte.assessments.versions import versions_known
from punte.cases.models import Case
from punte.documents.templates import read_by_papers
from punte.kernel.errors import DomainError
from punte.methodology.errors import PackError
from punte.methodology.length import length_of
from punte.methodology.model import Pack
from punte.methodology.unread import unread_facts
from punte.organizations.models import Organization
from punte.people.models import Household
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.findings import in_language
from punte.www.frame.form_page import FormPage, Press
from punte.www.manage.forms.packs import InForceForm, PackReasonForm, UploadForm

_TRIED = 2000
_SMALL = 5
"""Fewer than this many are not counted on a page: so few may be told by who they are."""
_WORK_ON_IT = (Can.KEEP_METHODOLOGY, Can.AGREE_METHODOLOGY)


def _uploads(user: User) -> QuerySet[PackUpload]:
    """All of them for who may agree, as they are for all institutions here; else those of one's own institution."""
    there = PackUpload.objects.select_related("uploaded_by", "asked_by", "answered_by")
    there = there.order_by("-created_at", "pk")
    return there if user.standing.may(Can.AGREE_METHODOLOGY) else _own(user, there)


def _own(user: User, among: QuerySet[PackUpload]) -> QuerySet[PackUpload]:
    return among.filter(keeper__in=user.standing.organizations(Can.KEEP_METHODOLOGY))


@require_safe
@needs(Can.SEE_METHODOLOGY)
def versions(request: SignedIn) -> HttpResponse:
    """All versions of all packs, and what is on its way."""
    mine = any(request.user.standing.may(can) for can in _WORK_ON_IT)
    context = {
        "versions": versions_known(),
        "uploads": {one.pk for one in _uploads(request.user)} if mine else set(),
        "may_upload": request.user.standing.may(Can.KEEP_METHODOLOGY),
    }
    return render(request, "manage/methodology_versions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.KEEP_METHODOLOGY)
def upload(request: SignedIn) -> HttpResponse:
    """Send a version; what is wrong with it is told with its file and line, and nothing is kept."""
    keepers = Organization.objects.filter(pk__in=request.user.standing.organizations(Can.KEEP_METHODOLOGY))
    form = FormPage(request, UploadForm, keepers=keepers.order_by("name", "pk"))
    faults: list[dict[str, Any]] = []

    def take(given: dict[str, Any]) -> PackUpload:
        try:
            return upload_pack(by=request.user, keeper=given["keeper"], files=files_of(given["sent"]))
        except PackError as error:
            faults.append(_in_words(error))
            raise DomainError(
                _("The version cannot be used yet. Mend what is named below and send it again.")
            ) from error

    if form.attempt(take):
        return form.done(
            _("The version holds together. Try it on old answers before you ask for it."),
            "methodology_upload",
            form.made.pk,
        )
    return form.show("manage/methodology_upload.html", faults=faults)


def _in_words(error: PackError) -> dict[str, Any]:
    place = error.file.replace("\\", "/").rsplit("/", 1)[-1]
    return {
        "file": place,
        "line": error.line,
        "message": _(error.message) % error.params if error.params else _(error.message),
    }


@require_GET
@needs(*_WORK_ON_IT)
def uploaded(request: SignedIn, pk: UUID) -> HttpResponse:
    """One version that was uploaded: what it asks, where it stands, what may be done with it."""
    made = fetch(_uploads(request.user), pk=pk)
    return render(request, "manage/methodology_uploaded.html", _about(request.user, made))


def _about(user: User, made: PackUpload) -> dict[str, Any]:
    pack = pack_of_upload(made)
    keeps = user.standing.may(Can.KEEP_METHODOLOGY, made.keeper_id)
    asked = made.state == UploadState.ASKED
    agrees = asked and user.standing.may(Can.AGREE_METHODOLOGY) and made.asked_by_id != user.pk
    return {
        "upload": made,
        "title": in_language(pack.title),
        "pack": pack,
        "length": length_of(pack),
        "unread": [in_language(fact.label) for fact in unread_facts(pack, elsewhere=read_by_papers())],
        "may_ask": keeps and made.state == UploadState.CHECKED,
        "may_agree": agrees,
        "may_withdraw": keeps and made.state != UploadState.WITHDRAWN,
    }


@require_GET
@needs(*_WORK_ON_IT)
def tried(request: SignedIn, pk: UUID) -> HttpResponse:
    """What it would find in the newest answers: how many findings appear and go, and cases that the reader sees."""
    made = fetch(_uploads(request.user), pk=pk)
    pack, refused, rows = pack_of_upload(made), "", []
    trial = Trial()
    try:
        trial = try_version(pack, at_most=_TRIED)
        rows = _rows(request.user, pack, trial)
    except DomainError as error:
        refused = str(error.message)
    context = {"upload": made, "pack": pack, "trial": trial, "rows": rows, "refused": refused, "most": _TRIED}
    return render(request, "manage/methodology_tried.html", context)


def _rows(user: User, pack: Pack, trial: Trial) -> list[dict[str, Any]]:
    told = {home for homes in (*trial.appear.values(), *trial.go.values()) for home in homes}
    cases = {}
    if user.standing.may(Can.SEE_PEOPLE):
        seen = Household.objects.visible_to(user).filter(pk__in=told)
        open_to = Case.objects.visible_to(user).filter(household__in=seen, sealed=False)
        cases = {case.household_id: case for case in open_to.order_by("year", "number")}
    return [
        {
            "code": code,
            "name": in_language(rule.name) if (rule := pack.rules.get(code)) else "",
            "appear": _counted(trial.appear.get(code, ())),
            "go": _counted(trial.go.get(code, ())),
            "unknown": _number(trial.unknown.get(code, 0)),
            "cases": []
            if rule is None or rule.compartment in pack.sealed
            else [
                cases[home]
                for home in dict.fromkeys((*trial.appear.get(code, ()), *trial.go.get(code, ())))
                if home in cases
            ],
        }
        for code in trial.codes
    ]


def _counted(homes: Collection[UUID]) -> str:
    return _number(len(homes))


def _number(count: int) -> str:
    return str(count) if count == 0 or count >= _SMALL else _("fewer than 5")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.KEEP_METHODOLOGY)
def ask(request: SignedIn, pk: UUID) -> HttpResponse:
    """Ask that it be in force from a day."""
    made = fetch(_own(request.user, _uploads(request.user)), pk=pk)
    form = FormPage(request, InForceForm)
    if form.attempt(lambda given: ask_in_force(by=request.user, upload=made, **given)):
        return form.done(
            _("Asked for. It is in force once somebody else has looked at it and agreed."),
            "methodology_upload",
            made.pk,
        )
    return form.ask(_("Put in force"), **_beside(made), button=_("Ask"))


@require_POST
@needs(Can.AGREE_METHODOLOGY)
def agree(request: SignedIn, pk: UUID) -> HttpResponse:
    """Agree, as second person."""
    made = fetch(_uploads(request.user), pk=pk)
    return Press(request).tell(
        lambda: agree_in_force(by=request.user, upload=made),
        _("You agreed. It is in force from its day on."),
        "methodology_upload",
        made.pk,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.AGREE_METHODOLOGY)
def refuse(request: SignedIn, pk: UUID) -> HttpResponse:
    """Refuse, as second person, with a reason."""
    made = fetch(_uploads(request.user), pk=pk)
    form = FormPage(request, PackReasonForm)
    if form.attempt(lambda given: refuse_in_force(by=request.user, upload=made, **given)):
        return form.done(_("You refused. It can be asked for again."), "methodology_upload", made.pk)
    return form.ask(_("Refuse"), **_beside(made), button=_("Refuse"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.KEEP_METHODOLOGY)
def withdraw(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take it back before its day."""
    made = fetch(_own(request.user, _uploads(request.user)), pk=pk)
    form = FormPage(request, PackReasonForm)
    if form.attempt(lambda given: withdraw_pack(by=request.user, upload=made, **given)):
        return form.done(_("Withdrawn."), "methodology_versions")
    return form.ask(_("Withdraw"), **_beside(made), button=_("Withdraw"))


def _beside(made: PackUpload) -> dict[str, str]:
    return {"back": reverse("methodology_upload", args=[made.pk]), "back_to": str(made), "intro": str(made)}
