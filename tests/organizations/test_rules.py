"""What a legal name tells of its organisation."""

import pytest

from punte.organizations.rules import kind_of


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Direcția Generală de Asistență Socială și Protecția Copilului Cluj", "county_directorate"),
        ("Primăria Municipiului Dej – Consiliul Local/ Serviciul Public de Asistență Socială", "town_hall"),
        ("Direcția de Asistență Socială Turda", "town_hall"),
        ("Casa cu Bunici Filofteia S.R.L.", "private"),
        ("S.C. Rechinul Impex S.R.L.", "private"),
        ("Parohia Ortodoxă Română Sfânta Treime", "church"),
        ("Penitenciarul Gherla", "public"),
        ("Fundația Creștină Diakonia", "ngo"),
    ],
)
def test_kind_of_organisation(name, kind):
    assert kind_of(name) == kind
