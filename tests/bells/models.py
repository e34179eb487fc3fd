from django.db import models

from punte.people.models import Person


class Bell(models.Model):
    """Somebody rang; its table is made by the test that needs it."""

    person = models.ForeignKey(Person, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    place = models.CharField(max_length=40)
    rang_on = models.DateField()
    seen_on = models.DateField(null=True)

    class Meta:
        app_label = "bells"
        managed = False
        ordering = ["rang_on", "pk"]

    def __str__(self) -> str:
        return self.place
