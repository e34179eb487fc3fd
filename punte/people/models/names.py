"""The words of names, by which people are found."""

from django.db import models

from punte.organizations.models import Organization
from punte.people.models.people import Person


class NameToken(models.Model):
    """One word that occurs in names, folded."""

    text = models.CharField(max_length=80, unique=True)


class NameSlip(models.Model):
    """A word as it reads with one letter left out, so that a slip of the finger still meets it."""

    text = models.CharField(max_length=80)
    token = models.ForeignKey(NameToken, on_delete=models.CASCADE, related_name="slips")

    class Meta:
        indexes = [models.Index(fields=["text", "token"], name="slips_by_text")]


class PersonName(models.Model):
    """A word of a person's name, beside the keeper, so that the index alone narrows a search."""

    # The constraint has an index that begins with the person.
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="name_words", db_index=False)
    token = models.ForeignKey(NameToken, on_delete=models.PROTECT, related_name="+", db_index=False)
    keeper = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["token", "keeper", "person"], name="people_by_name_word")]
        constraints = [
            models.UniqueConstraint(fields=["person", "token"], name="a_name_word_once_per_person")
        ]


class PersonNamePair(models.Model):
    """Two words of a person's name, the lower number first: who bears two common words is found without a long walk."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="name_pairs")
    first = models.ForeignKey(NameToken, on_delete=models.PROTECT, related_name="+", db_index=False)
    second = models.ForeignKey(NameToken, on_delete=models.PROTECT, related_name="+", db_index=False)
    keeper = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["first", "second", "keeper", "person"], name="people_by_name_pair")]
