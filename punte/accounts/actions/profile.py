"""What a person may change about their own account."""

from punte.accounts.models import User
from punte.accounts.verbs import record, verb


@verb
def change_profile(*, by: User, name: str, profession: str, phone: str, language: str) -> User:
    """Change one's own name, qualification, phone and language (`ro` or `en`)."""
    wanted = {"name": name, "profession": profession, "phone": phone, "language": language}
    changed = [field for field, value in wanted.items() if getattr(by, field) != value]
    for field in changed:
        setattr(by, field, wanted[field])
    if changed:
        by.save(update_fields=changed)
    record(by=by, verb="change_profile", keeper=None, subject=by.pk, changes={"fields": changed})
    return by
