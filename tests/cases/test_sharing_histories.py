"""Random histories of asking, granting, ending, consents and seals: read exactly while it stands, one at a time."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from punte.cases.actions import (
    ask_sharing,
    give_up_sharing,
    grant_sharing,
    refuse_sharing,
    revoke_sharing,
    seal_case,
    unseal_case,
)
from punte.kernel.errors import DomainError
from punte.people.actions import record_consent, withdraw_consent
from punte.people.models import Consent, Sharing
from tests import some_of
from tests.cases.two_keepers import WHAT, Keepers, again, in_days, two_keepers

pytestmark = pytest.mark.django_db
_DEEDS = ("ask", "ask_by_law", "grant", "refuse", "revoke", "give_up", "agree", "withdraw", "seal", "unseal")


class Plain:
    """The same history in the plainest words: what is asked, what is granted and until when, and what stands."""

    def __init__(self) -> None:
        self.asked: dict[str, Any] | None = None
        self.granted: dict[str, Any] | None = None
        self.consent = 1
        self.stands = True
        self.sealed = False

    def read_on(self, day: int) -> bool:
        return self.granted is not None and 0 <= day <= self.granted["until"]

    def do(self, deed: str, days: int) -> bool:
        """Whether the deed is carried out."""
        if deed in ("ask", "ask_by_law"):
            by_law = deed == "ask_by_law"
            if self.sealed or self.asked or not (by_law or self.stands):
                return False
            self.asked = {"until": days, "consent": None if by_law else self.consent}
        elif deed == "grant":
            if self.asked is None or self.sealed or self.granted is not None:
                return False
            self.granted, self.asked = {**self.asked, "until": min(days, self.asked["until"])}, None
        elif deed == "refuse":
            if self.asked is None:
                return False
            self.asked = None
        elif deed in ("revoke", "give_up"):
            if self.granted is None:
                return False
            self.granted = None
        elif deed == "agree":
            if self.stands:
                return False
            self.stands, self.consent = True, self.consent + 1
        elif deed == "withdraw":
            if not self.stands:
                return False
            self.stands = False
            self.asked = None if self.asked and self.asked["consent"] == self.consent else self.asked
            self.granted = None if self.granted and self.granted["consent"] == self.consent else self.granted
        elif deed == "seal":
            if self.sealed:
                return False
            self.sealed, self.granted = True, None
        elif deed == "unseal":
            if not self.sealed:
                return False
            self.sealed = False
        return True


class Histories(TestCase):
    @settings(max_examples=some_of(25), deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(_DEEDS), st.integers(0, 20)), max_size=12))
    def test_what_is_read_is_what_stands(self, history: list[tuple[str, int]]) -> None:
        both, plain = two_keepers(), Plain()
        for deed, days in history:
            expected = plain.do(deed, days)
            assert _does(both, deed, days) is expected, (deed, days)
            states = list(Sharing.objects.order_by().values_list("state", flat=True))
            assert states.count("granted") <= 1 and states.count("asked") <= 1
            for day in (0, 1, days, days + 1):
                standing = Sharing.objects.standing(in_days(day))
                assert standing.exists() is plain.read_on(day), (deed, days, day)
            reading = Sharing.objects.read_by(again(both.asker))
            assert reading.exists() is plain.read_on(0)
            assert not Sharing.objects.read_by(again(both.keeper)).exists()


def _does(both: Keepers, deed: str, days: int) -> bool:
    try:
        return _done(both, deed, days)
    except DomainError:
        return False


def _done(both: Keepers, deed: str, days: int) -> bool:
    keeper, asker = again(both.keeper), again(both.asker)
    asked = Sharing.objects.filter(state="asked").first()
    granted = Sharing.objects.filter(state="granted").first()
    consent = Consent.objects.filter(withdrawn_on=None).first()
    if deed in ("ask", "ask_by_law"):
        ground = "public_task" if deed == "ask_by_law" else ""
        until = in_days(days)
        ask_sharing(by=asker, household=both.own, keeper=both.kept.keeper, **WHAT, until=until, ground=ground)
    elif deed == "grant" and asked:
        until = min(in_days(days), asked.until)
        grant_sharing(by=keeper, sharing=asked, parts=["members"], until=until)
    elif deed == "refuse" and asked:
        refuse_sharing(by=keeper, sharing=asked, reason="Nu acum")
    elif deed == "revoke" and granted:
        revoke_sharing(by=keeper, sharing=granted, reason="Ajunge")
    elif deed == "give_up" and granted:
        give_up_sharing(by=asker, sharing=granted)
    elif deed == "agree" and consent is None:
        _agreed(both)
    elif deed == "withdraw" and consent:
        withdraw_consent(by=asker, consent=consent, on=dt.date.today(), who="Doamna")
    elif deed == "seal":
        seal_case(by=keeper, case=both.case, reason="Pericol")
    elif deed == "unseal":
        unseal_case(by=keeper, case=both.case, reason="S-a liniștit")
    else:
        return False
    return True


def _agreed(both: Keepers) -> Consent:
    return record_consent(
        by=again(both.asker),
        subject=both.own,
        purpose="share_with_institution",
        organization=both.kept.keeper,
        way="spoken",
        giver="adult_of_household",
        given_by="Elena",
        start=in_days(0),
    )
