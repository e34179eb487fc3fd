"""The page on which a household, or one person of it, is assessed."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from punte.accounts.enums import Capability
from punte.accounts.verbs import record_read
from punte.assessments.actions import discard_draft, new_members, start_assessment
from punte.assessments.models import Assessment, AssessmentDraft
from punte.methodology.model import About, Pack
from punte.methodology.packs import available_packs
from punte.people.compartments import may_open
from punte.people.models import Household, Person
from punte.people.sight import hidden_from
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.findings import in_language
from punte.www.frame.form_page import FormPage, Press
from punte.www.frame.other_questionnaires import USUAL_PACK, place_of
from punte.www.office.assessments.forms.assessments import PeopleForm
from punte.www.office.assessments.views.send import send


@require_http_methods(["GET", "POST"])
@needs(Capability.ASSESS)
def assess(request: SignedIn, household: UUID, pack: str = USUAL_PACK) -> HttpResponse:
    """The questionnaire about a household where one is begun; otherwise what there is to know before one begins it."""
    home = fetch(Household.objects.visible_to(request.user), pk=household)
    return _assess(_Subject(request, _pack(request, pack, home, "household"), home))


@require_http_methods(["GET", "POST"])
@needs(Capability.ASSESS)
def assess_person(request: SignedIn, household: UUID, pack: str, person: UUID) -> HttpResponse:
    """As `assess`, of a questionnaire about one person who lives there."""
    home = fetch(Household.objects.visible_to(request.user), pk=household)
    hidden = hidden_from(request.user)
    living = hidden.living().filter(household=home).select_related("person")
    found = hidden.person(fetch(living, person=person).person)
    return _assess(_Subject(request, _pack(request, pack, home, "person"), home, found))


@dataclass(frozen=True)
class _Subject:
    """Whom a questionnaire of one pack is about."""

    request: SignedIn
    pack: Pack
    home: Household
    person: Person | None = None

    @property
    def address(self) -> tuple[str, ...]:
        """The address of the questionnaire, as `redirect` takes it."""
        return place_of(self.pack.name, self.home.pk, self.person.pk if self.person else None)

    def draft(self) -> AssessmentDraft | None:
        """What the account began."""
        mine = (
            AssessmentDraft.objects.of_author(self.request.user).select_related("pack").defer("pack__files")
        )
        return mine.filter(household=self.home, person=self.person, pack__name=self.pack.name).first()

    def last(self) -> Assessment | None:
        """The newest that was sent."""
        key = self.person.pk if self.person else None
        seen = Assessment.objects.visible_to(self.request.user).of_subject(self.pack.name, self.home.pk, key)
        return seen.select_related("by").first()


def _pack(request: SignedIn, name: str, home: Household, about: About) -> Pack:
    """A questionnaire in use now about a household or a person, which the account may fill in there."""
    packs = {pack.name: pack for pack in available_packs() if pack.about == about}
    if name not in packs:
        raise Http404
    if not may_open(request.user, home, packs[name].opens_with):
        raise PermissionDenied
    return packs[name]


def _assess(subject: _Subject) -> HttpResponse:
    request, home, person = subject.request, subject.home, subject.person
    draft = subject.draft()
    if request.method == "POST" and draft is None:
        return Press(request).tell(
            lambda: start_assessment(
                by=request.user, household=home, pack_name=subject.pack.name, person=person
            ),
            "",
            *subject.address,
        )
    shown = {"household": home, "person": person, "title": in_language(subject.pack.title)}
    if draft is not None:
        # The page holds no answer; the door that it asks for them notes that they were read.
        return render(request, "office_assessments/questionnaire.html", {**shown, "draft": draft})
    record_read(by=request.user, what="questionnaire", keeper=home.keeper_id, household=home.pk)
    members = hidden_from(request.user).living().filter(household=home)
    context = {**shown, "members": 1 if person else members.count(), "last": subject.last()}
    return render(request, "office_assessments/before.html", context)


@require_http_methods(["GET", "POST"])
@needs(Capability.ASSESS)
def people(request: SignedIn, pk: UUID) -> HttpResponse:
    """Who the new members are, where people like them are already on record."""
    draft = _draft(request, pk)
    home, instance = draft.household, draft.instance.encode()
    place = place_of(draft.pack.name, home.pk, draft.person_id)
    press = Press(request)
    if not press.attempt(lambda: new_members(by=request.user, household=home, instance=instance)):
        messages.error(request, press.said)
        return redirect(*place)
    form = FormPage(request, PeopleForm, members=press.made)
    if form.attempt(lambda _given: send(request.user, draft, instance, form.form.decisions())):
        return form.done("", "assessment", form.made.pk)
    record_read(by=request.user, what="questionnaire", keeper=home.keeper_id, household=home.pk)
    where = reverse(place[0], args=place[1:])
    return form.show("office_assessments/people.html", household=home, questionnaire_url=where)


def _draft(request: SignedIn, pk: UUID) -> AssessmentDraft:
    mine = AssessmentDraft.objects.of_author(request.user).select_related("household", "pack")
    return fetch(mine.defer("pack__files"), pk=pk)


@require_POST
@needs(Capability.ASSESS)
def discard(request: SignedIn, pk: UUID) -> HttpResponse:
    """Give up a questionnaire that was begun."""
    draft = _draft(request, pk)
    said = _("The questionnaire was given up.")
    record = ("person", draft.person_id) if draft.person_id else ("household", draft.household_id)
    return Press(request).tell(lambda: discard_draft(by=request.user, draft=draft), said, *record)
