"""A partner tells of somebody, and sees what became of it in words that tell nothing of what was found."""

import pytest
from django.test import Client
from django.urls import reverse

from punte.accounts.enums import Role
from punte.notifications.actions import check_notification, close_notification, conclude_check
from punte.notifications.models import Notification
from tests.factories import OrganizationFactory, worker
from tests.notifications.town import WORDS, Town
from tests.notifications.town import town as make_town


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


def partner() -> Client:
    client = Client()
    account = worker(Role.PARTNER, organization=OrganizationFactory(kind="school", name="Școala nr. 1"))
    client.force_login(account, backend="punte.accounts.backend.OpenAccounts")
    return client


def test_a_teacher_tells_and_sees_how_far_it_came(town: Town) -> None:
    teacher = partner()
    roles = {f"role_{number}": "child" for number in (1, 2, 3)}
    own = teacher.get(reverse("notification_send")).context["form"].fields["organization"].queryset.get()
    sent = {
        **{"what": WORDS, "danger": "no", "kind": "child_abuse", "channel": "professional", "name_1": "Ana"},
        **{"keeper": town.hall.pk, "organization": own.pk, **roles},
    }
    assert teacher.post(reverse("notification_send"), {**sent, "what": ""}).status_code == 422
    page = teacher.post(reverse("notification_send"), sent)
    made = Notification.objects.get()
    url = reverse("notification_sent", args=[made.pk])
    assert page["Location"] == url
    check_notification(by=town.worker, notification=made, outcome="visited", text="Vânătăi vechi.")
    conclude_check(
        by=town.worker, notification=made, result="confirmed", abuse={"physical": "confirmed"}, text="Grav."
    )
    close_notification(by=town.worker, notification=made, decision="advice", reason="Sfat")
    said = teacher.get(url).content.decode()
    assert "S-a verificat" in said and WORDS in said
    for found in ("Vânătăi", "Grav", "Confirmat", "confirmat", "Abuz fizic", "Sfat"):
        assert found not in said
    assert teacher.post(url, {"text": "Lipsește și azi."}).status_code == 302
    assert "Lipsește și azi." in teacher.get(url).content.decode()
    assert str(made) in teacher.get(reverse("notifications_sent")).content.decode()


def test_one_who_guesses_addresses_finds_nothing(town: Town) -> None:
    made = town.told("Ana")
    stranger = partner()
    for key in (made.pk, town.hall.pk):
        assert stranger.get(reverse("notification_sent", args=[key])).status_code == 404
    assert stranger.get(reverse("notification", args=[made.pk])).status_code == 403
