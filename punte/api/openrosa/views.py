"""OpenRosa, as ODK Collect speaks it: forms and lists go out, filled questionnaires come in."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from punte.api.openrosa import answers
from punte.api.openrosa.endpoint import for_devices
from punte.assessments.packs import current_version, pack_of, version_named
from punte.devices.models import Device
from punte.fieldwork.actions import Sent, receive_form
from punte.fieldwork.caseload import EntityList, entity_lists, places_of
from punte.fieldwork.enums import FormState
from punte.kernel.errors import DomainError
from punte.methodology.collect import collect_form
from punte.methodology.packs import available_packs

_XML_PART, _INCOMPLETE = "xml_submission_file", "*isIncomplete*"
_ENTITIES = ("households", "people")


@for_devices("GET", "HEAD")
def form_list(request: HttpRequest, device: Device) -> HttpResponse:
    """Every questionnaire in its current version."""
    rows = []
    for pack in available_packs():
        version = current_version(pack.name)
        where = {"name": pack.name, "version": version.version}
        rows.append(
            {
                "formID": pack.name,
                "name": pack.title["ro"],
                "version": version.version,
                "hash": answers.hash_of(collect_form(pack_of(version)).encode()),
                "downloadUrl": request.build_absolute_uri(reverse("openrosa_form", kwargs=where)),
                "manifestUrl": request.build_absolute_uri(reverse("openrosa_manifest", args=[pack.name])),
            }
        )
    return answers.forms(row for row in rows if request.GET.get("formID") in (None, "", row["formID"]))


@for_devices("GET", "HEAD")
def form(request: HttpRequest, device: Device, name: str, version: str) -> HttpResponse:
    """The XForm of one version."""
    try:
        pack = pack_of(version_named(name, version))
    except DomainError as unknown:
        return answers.message(str(unknown.message), status=404)
    return HttpResponse(collect_form(pack).encode(), content_type="text/xml; charset=utf-8")


@for_devices("GET", "HEAD")
def manifest(request: HttpRequest, device: Device, name: str) -> HttpResponse:
    """The lists that go with a form: the caseload as this worker sees it now."""
    rows = []
    for one in _lists(device):
        row = {
            "filename": f"{one.name}.csv",
            "hash": answers.hash_of(one.as_csv()),
            "downloadUrl": request.build_absolute_uri(reverse("openrosa_list", args=[one.name])),
        }
        if one.name in _ENTITIES:
            row["integrityUrl"] = request.build_absolute_uri(reverse("openrosa_integrity", args=[one.name]))
        rows.append(row)
    return answers.media(rows)


@for_devices("GET", "HEAD")
def entity_list(request: HttpRequest, device: Device, name: str) -> HttpResponse:
    """One list as CSV."""
    found = _list(device, name)
    if found is None:
        return answers.message(_("There is no such list."), status=404)
    return HttpResponse(found.as_csv(), content_type="text/csv; charset=utf-8")


@for_devices("GET", "HEAD")
def integrity(request: HttpRequest, device: Device, name: str) -> HttpResponse:
    """Which of the households or people that a device holds are no longer on its list."""
    found = _list(device, name)
    if found is None or name not in _ENTITIES:
        return answers.message(_("There is no such list."), status=404)
    asked = [key for key in request.GET.get("id", "").split(",") if key][:5_000]
    there = {str(key) for key in found.keys}
    return answers.entities({key: key not in there for key in asked})


@for_devices("HEAD", "POST")
def submission(request: HttpRequest, device: Device) -> HttpResponse:
    """A filled questionnaire, whole or in parts; it is answered 201 once it is kept."""
    if request.method == "HEAD":
        return HttpResponse(status=204)
    files = {name: file.read() for name, file in request.FILES.items() if isinstance(file, UploadedFile)}
    instance = files.pop(_XML_PART, None)
    if instance is None:
        return answers.message(_("The questionnaire is missing from what was sent."), status=400)
    sent = Sent(instance, files, more_to_come=request.POST.get(_INCOMPLETE) == "yes")
    try:
        kept = receive_form(device=device, sent=sent)
    except DomainError as refused:
        return answers.message(str(refused.message), status=400)
    return answers.message(_SAID[FormState(kept.state)](), status=201)


_SAID = {
    FormState.ARRIVING: lambda: _("Received; the other files are awaited."),
    FormState.TAKEN: lambda: _("Received. The findings are in the office."),
    FormState.WAITING: lambda: _("Received. Somebody must look at it in the office before it is taken in."),
    FormState.SET_ASIDE: lambda: _("Received before; it was set aside in the office."),
}


def _lists(device: Device) -> list[EntityList]:
    return [*entity_lists(device.owner), places_of(device.owner)]


def _list(device: Device, name: str) -> EntityList | None:
    return next((one for one in _lists(device) if one.name == name), None)
