"""Filled questionnaires, the facts they hold and what the rules found in them."""

from django.db import models
from django.utils import timezone

from punte.accounts.enums import SEALED_COMPARTMENTS, Compartment
from punte.accounts.models import User
from punte.assessments.enums import PackAbout, UploadState
from punte.assessments.queries import AssessmentQuerySet, DraftQuerySet, FindingQuerySet, FindingSetQuerySet
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Record
from punte.organizations.models import Organization
from punte.people.models import Household, Person


class PackVersion(Record):
    """A methodology pack as it was when first used here; kept whole, so that an old assessment stays readable.

    What lists ask of it stands beside the files: what it is about, whether it says how severe a household is, and which
    compartment one must read to fill and to see it.
    """

    name = models.CharField(max_length=40)
    version = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    files = models.JSONField()
    about = models.CharField(max_length=10, choices=PackAbout, default=PackAbout.HOUSEHOLD)
    sets_severity = models.BooleanField(default=True)
    opens_with = models.CharField(max_length=10, choices=Compartment, default=Compartment.GENERAL)

    class Meta:
        ordering = ["name", "-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="one_pack_of_a_name_and_version")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class PackUpload(Record):
    """A version of a pack that somebody uploaded: checked, asked to be in force from a day, and agreed to by another.

    From its day on it is in use, as if it lay in `content/packs`; the `PackVersion` of it is made with its first use.
    """

    keeper = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    version = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    files = models.JSONField()
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=UploadState, default=UploadState.CHECKED)
    starts_on = models.DateField(null=True)
    reason = EncryptedTextField(blank=True)
    asked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "version"],
                condition=~models.Q(state=UploadState.WITHDRAWN),
                name="one_upload_of_a_name_and_version",
            ),
            models.UniqueConstraint(
                fields=["name", "starts_on"],
                condition=models.Q(state=UploadState.AGREED),
                name="one_version_in_force_from_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_by=None) | ~models.Q(answered_by=models.F("asked_by")),
                name="who_asked_does_not_agree",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=UploadState.AGREED)
                | models.Q(starts_on__isnull=False, asked_by__isnull=False, answered_by__isnull=False),
                name="in_force_by_two_and_from_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class AssessmentDraft(Record):
    """A questionnaire that is being filled; `revision` grows with every save, so that two hands are noticed.

    `person` is whom it is about, where the pack is about a person.
    """

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="drafts")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="drafts")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assessment_drafts")
    pack = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="drafts")
    instance_id = models.CharField(max_length=80, unique=True)
    instance = EncryptedTextField()
    revision = models.PositiveIntegerField(default=1)
    answered = models.PositiveIntegerField(default=0)
    asked = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "by", "pack"],
                condition=models.Q(person=None),
                name="one_draft_per_household_pack_and_worker",
            ),
            models.UniqueConstraint(
                fields=["household", "person", "by", "pack"], name="one_draft_per_person_pack_and_worker"
            ),
        ]


class Assessment(Record):
    """One filled questionnaire of one pack version; the instance is kept as it was sent.

    `person` is whom it is about, where the pack is about a person.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="assessments")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="assessments")
    pack = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="assessments")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assessments")
    instance_id = models.CharField(max_length=80, unique=True)
    instance = EncryptedTextField()
    digest = models.CharField(max_length=64)
    visited_on = models.DateField()
    submitted_at = models.DateTimeField(default=timezone.now)
    facts = models.JSONField(default=dict)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-visited_on", "-submitted_at"]
        indexes = [models.Index(fields=["household", "-visited_on"], name="assessments_newest_first")]


class AssessedMember(Record):
    """The facts about one person in one assessment."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assessed")
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "person"], name="a_person_once_per_assessment")
        ]


class FindingSet(Record):
    """What the rules of one pack version found in one assessment; a later version makes a set beside it.

    Of each score `scores` has whose it is, its value and, where it has none, which answers are missing.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="finding_sets")
    pack = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="finding_sets")
    not_assessed = models.JSONField(default=list)
    scores = models.JSONField(default=list)

    objects = FindingSetQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "pack"], name="one_finding_set_per_pack_version")
        ]


class Finding(models.Model):
    """A vulnerability code that holds for the household or one member, with the answers behind it."""

    finding_set = models.ForeignKey(FindingSet, on_delete=models.CASCADE, related_name="findings")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="findings")
    code = models.CharField(max_length=20)
    severity = models.PositiveSmallIntegerField()
    dimension = models.CharField(max_length=30)
    compartment = models.CharField(max_length=10, choices=Compartment)
    explanation = models.JSONField()
    because_of = models.JSONField(default=list)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["-severity", "code", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["finding_set", "person", "code"], name="a_code_once_per_person_and_set"
            ),
            models.UniqueConstraint(
                fields=["finding_set", "code"],
                condition=models.Q(person=None),
                name="a_code_once_per_household_and_set",
            ),
        ]


class ListedFact(models.Model):
    """What lists are narrowed by: an answer of the newest assessment of each subject, or a finding of its newest set.

    `name` is the question or the code of the finding. Of a person or, where `person` is empty, of the household; of
    open compartments and the living alone. Made anew from what it repeats by `assessments.listed`, never changed.
    """

    is_made_anew = True

    keeper = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+", db_index=False)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=40)
    choice = models.CharField(max_length=40, blank=True)
    number = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    compartment = models.CharField(max_length=10, choices=Compartment)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["household", "name", "person"], name="listed_facts_of_household"),
            models.Index(fields=["keeper", "name", "choice", "household"], name="listed_facts_by_answer"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(compartment__in=sorted(SEALED_COMPARTMENTS)),
                name="no_list_tells_of_violence",
            ),
            models.CheckConstraint(
                condition=models.Q(choice="") | models.Q(number=None), name="a_listed_fact_has_one_value"
            ),
        ]
