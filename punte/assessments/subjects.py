"""Of whom a questionnaire about one person is put forward."""

from punte.methodology.model import Pack
from punte.people.models import Person


def is_offered(pack: Pack, person: Person) -> bool:
    """Whether a questionnaire about one person is put forward for them: alive, and of its age. Any may be begun."""
    if pack.about != "person" or person.died_on:
        return False
    age = person.age_on()
    return pack.offered_from_age == 0 or (age is not None and age >= pack.offered_from_age)
