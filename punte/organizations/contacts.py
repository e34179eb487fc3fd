"""For what somebody answers at an institution: a list that a service changes (`content/office.yaml`)."""

from collections.abc import Mapping

from punte.kernel.office_rules import section, wrong


def contact_duties() -> Mapping[str, Mapping[str, str]]:
    """Each duty by its key, in words by language, in the order of the file.

    Raises:
        OfficeRulesError: the section says what cannot be.
    """
    rows = section("contacts")
    try:
        duties = {str(row["key"]): {"ro": str(row["ro"]), "en": str(row["en"])} for row in rows["duties"]}
    except (KeyError, TypeError) as error:
        raise wrong("contacts", str(error)) from error
    if len(duties) != len(rows["duties"]) or any(len(key) > 40 for key in duties):
        raise wrong("contacts", "duties")
    return duties
