"""A service asks what people think of it, and stops; somebody answers."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.directory.models import Service
from punte.directory.services.keepers import require_keeping
from punte.kernel.errors import DomainError
from punte.kernel.models import new_id
from punte.satisfaction.forms_of_services import SCALE, form_of
from punte.satisfaction.models import Opinion, OpinionSheet

LONGEST = 500


@verb
def start_asking(*, by: User, service: Service) -> OpinionSheet:
    """Open the short form of a service; a code that stood before opens nothing any more.

    Raises:
        NotAllowed: the account does not keep the service.
    """
    keeper = require_keeping(by, service)
    service.opinion_sheets.filter(ended_at=None).update(ended_at=timezone.now())
    sheet = OpinionSheet(pk=new_id(), service=service, by=by)
    sheet.digest = OpinionSheet.digest_of(sheet.code)
    sheet.save()
    record(by=by, verb="start_asking_opinions", keeper=keeper, subject=service.pk)
    return sheet


@verb
def stop_asking(*, by: User, service: Service) -> None:
    """Let the code of a service open nothing any more; what was said stays.

    Raises:
        NotAllowed: the account does not keep the service.
        DomainError: nothing is asked.
    """
    keeper = require_keeping(by, service)
    if not service.opinion_sheets.filter(ended_at=None).update(ended_at=timezone.now()):
        raise DomainError(_("Nothing is being asked."))
    record(by=by, verb="stop_asking_opinions", keeper=keeper, subject=service.pk)


def open_sheet(code: str) -> OpinionSheet | None:
    """The sheet that a code opens, with its service."""
    sheets = OpinionSheet.objects.filter(digest=OpinionSheet.digest_of(code), ended_at=None)
    return sheets.select_related("service", "service__provider").first()


def give_opinion(*, sheet: OpinionSheet, answers: Mapping[str, str], words: str = "") -> None:
    """Keep what somebody says of a service, with the month alone.

    Not a verb: nobody signs in, and a line in the trail would say when.

    Raises:
        DomainError: nothing was answered, an answer is unknown, or the words are too many.
    """
    form = form_of(sheet.service)
    given = {key: answer for key, answer in answers.items() if answer}
    if not given and not words.strip():
        raise DomainError(_("Choose at least one answer."))
    if set(given) - set(form.questions) or set(given.values()) - set(SCALE) or len(words) > LONGEST:
        raise DomainError(_("This answer cannot be read. Choose one of those shown."))
    month = timezone.localdate().strftime("%Y-%m")
    Opinion.objects.create(
        service=sheet.service, month=month, form=form.key, answers=given, words=words.strip()
    )
