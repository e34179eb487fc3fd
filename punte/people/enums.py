from django.db import models
from django.utils.translation import gettext_lazy as _


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
