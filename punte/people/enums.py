from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sex(models.TextChoices):
    FEMALE = "f", _("female")
    MALE = "m", _("male")


class Relation(models.TextChoices):
    """What a member is to the reference person of the household."""

    REFERENCE = "reference", _("reference person")
    SPOUSE = "spouse", _("spouse")
    PARTNER = "partner", _("partner")
    CHILD = "child", _("child")
    STEPCHILD = "stepchild", _("stepchild")
    GRANDCHILD = "grandchild", _("grandchild")
    PARENT = "parent", _("parent")
    GRANDPARENT = "grandparent", _("grandparent")
    SIBLING = "sibling", _("brother or sister")
    OTHER_RELATIVE = "other_relative", _("other relative")
    FOSTER_CHILD = "foster_child", _("child in placement")
    UNRELATED = "not_related", _("not related")


class DwellingKind(models.TextChoices):
    """By which right one lives in a dwelling, or what it is (L114/1996, L152/1998, L143/2017, L151/2019)."""

    SOCIAL = "social", _("social housing")
    NECESSITY = "necessity", _("emergency housing")
    SUPPORT = "support", _("support housing")
    SERVICE = "service", _("service or young people's housing")
    PUBLIC = "public", _("another dwelling of the town")
    PRIVATE = "private", _("private dwelling")
    INFORMAL = "informal", _("informal settlement, without papers")
    SHELTER = "shelter", _("container, barrack or another shelter")


class OtherNameKind(models.TextChoices):
    """What a name is besides the one that a person bears by law."""

    FORMER = "former", _("former name")
    NICKNAME = "nickname", _("nickname")
    SPELLING = "spelling", _("other spelling")


class KinshipKind(models.TextChoices):
    """What `relative` is to `person`."""

    MOTHER = "mother", _("mother")
    FATHER = "father", _("father")
    GUARDIAN = "guardian", _("guardian")
    SPOUSE = "spouse", _("spouse")
    SIBLING = "sibling", _("brother or sister")


PARENTAL = (KinshipKind.MOTHER, KinshipKind.FATHER, KinshipKind.GUARDIAN)
"""Who decides for a child."""


class PairState(models.TextChoices):
    """What was said of two files that may be of one person."""

    OPEN = "open", _("not looked at yet")
    REFUSED = "refused", _("different people")
    JOINED = "joined", _("joined")


class SpeaksFor(models.TextChoices):
    """Why two files may be of one person."""

    SAME_CNP = "same_cnp", _("same CNP")
    NEAR_CNP = "near_cnp", _("almost the same CNP")
    SAME_BIRTH_DATE = "same_birth_date", _("same birth date")
    NEAR_BIRTH_DATE = "near_birth_date", _("almost the same birth date")
    SAME_NAME = "same_name", _("same name")
    SIMILAR_NAME = "similar_name", _("similar name")
    SAME_PHONE = "same_phone", _("same phone")
    SAME_HOUSEHOLD = "same_household", _("same household")


class SpeaksAgainst(models.TextChoices):
    """Why two files may be of two people."""

    OTHER_CNP = "other_cnp", _("another CNP")
    OTHER_BIRTH_DATE = "other_birth_date", _("another birth date")
    PARENT_AND_CHILD = "parent_and_child", _("years of birth of a parent and a child")
    OTHER_NAME = "other_name", _("another name")
    OTHER_SEX = "other_sex", _("another sex")
    OTHER_DEATH = "other_death", _("another day of death, or only one died")


class DocumentKind(models.TextChoices):
    IDENTITY_CARD = "identity_card", _("identity card")
    BIRTH_CERTIFICATE = "birth_certificate", _("birth certificate")
    PASSPORT = "passport", _("passport")
    RESIDENCE_PERMIT = "residence_permit", _("residence permit")
    DISABILITY_CERTIFICATE = "disability_certificate", _("disability certificate")
    OTHER = "other", _("other document")


class SightReason(models.TextChoices):
    CASE_TEAM = "case_team", _("member of a case team")
    EMERGENCY = "emergency", _("emergency")


class ConsentWay(models.TextChoices):
    """How a consent was given."""

    SIGNED = "signed", pgettext_lazy("consent", "Signed on paper")
    SPOKEN = "spoken", pgettext_lazy("consent", "Spoken before a witness")
    BY_PHONE = "by_phone", pgettext_lazy("consent", "By phone")
    ELECTRONIC = "electronic", pgettext_lazy("consent", "Written electronically")


class ConsentGiver(models.TextChoices):
    """Who gave a consent."""

    THEMSELVES = "themselves", pgettext_lazy("consent", "The person, for themselves")
    PARENT = "parent", pgettext_lazy("consent", "A parent")
    GUARDIAN = "guardian", pgettext_lazy("consent", "The guardian")
    REPRESENTATIVE = "representative", pgettext_lazy("consent", "Another legal representative")
    ADULT_OF_HOUSEHOLD = "adult_of_household", pgettext_lazy("consent", "An adult of the household")


class SharedPart(models.TextChoices):
    """What of a household's record one institution may let another read."""

    MEMBERS = "members", pgettext_lazy("shared", "The household and who lives there")
    FINDINGS = "findings", pgettext_lazy("shared", "What the newest assessment found")
    PLAN = "plan", pgettext_lazy("shared", "The plan in force")
    REFERRALS = "referrals", pgettext_lazy("shared", "Where they were referred")


class SharingState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("sharing", "Waits for an answer")
    GRANTED = "granted", pgettext_lazy("sharing", "Granted")
    REFUSED = "refused", pgettext_lazy("sharing", "Refused")
    REVOKED = "revoked", pgettext_lazy("sharing", "Revoked by the keeper")
    ENDED = "ended", pgettext_lazy("sharing", "Ended")


class RequestKind(models.TextChoices):
    """What somebody asks about their own data (GDPR, art. 15-18 and 21)."""

    ACCESS = "access", _("to see what is on record")
    RECTIFICATION = "rectification", _("to correct what is wrong")
    ERASURE = "erasure", _("to erase data")
    RESTRICTION = "restriction", _("to stop using data for a while")
    OBJECTION = "objection", _("to object to a use of data")


class RequestState(models.TextChoices):
    OPEN = "open", pgettext_lazy("a request about one's data", "waits for an answer")
    ANSWERED = "answered", pgettext_lazy("a request about one's data", "answered")
    REFUSED = "refused", pgettext_lazy("a request about one's data", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("a request about one's data", "taken back")


class AskedBy(models.TextChoices):
    """By which right a request is made."""

    THEMSELVES = "themselves", _("the person themselves")
    PARENT = "parent", _("a parent, for their child")
    GUARDIAN = "guardian", _("a guardian, by decision of a court or authority")
    AUTHORISED = "authorised", _("somebody with a written mandate")
