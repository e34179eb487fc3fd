"""A new version of a register follows on the former: what was written by that one must still be read and carried on."""

from punte.kernel.prepared import Prepared
from punte.methodology.errors import PackError, gettext_noop
from punte.methodology.source_files import Section, section_of
from punte.registers.catalogue import definition_at
from punte.registers.definition import Definition
from punte.registers.models import Entry, RegisterVersion


def refuse_what_does_not_follow(now: Definition, file: str) -> None:
    """Refuse a file that changed without a new version, or that leaves entries behind.

    Args:
        file: its name, for the message.

    Raises:
        PackError: the version was used with another text; a field is gone that no other `was`, is of another type, or
            is read by others; a choice is gone that is not `retired`; a state is gone in which entries stand; it is
            about something else.
    """
    used = list(_used(key=now.key))
    for version in used:
        if version.version == now.version and version.digest != now.digest:
            raise section_of(now.text, file).error(
                gettext_noop("version %(version)s was used with another text: give the file a new version"),
                "version",
                version=version.version,
            )
    if used and used[-1].digest != now.digest:
        _compare(definition_at(used[-1]), now, section_of(now.text, file))


_used = Prepared(lambda key: RegisterVersion.objects.filter(key=key).order_by("created_at", "pk"))


def _compare(before: Definition, now: Definition, top: Section) -> None:
    fields = top.section("fields")
    if before.about != now.about:
        raise top.error(gettext_noop("entries of it are about a %(about)s"), "about", about=before.about)
    followers = {one.was or name: one for name, one in now.fields.items()}
    followers |= now.fields
    for name, one in before.fields.items():
        heir = followers.get(name)
        if heir is None:
            raise _gone(fields, "fields", name)
        if heir.type != one.type:
            raise fields.error(
                gettext_noop("%(name)s was of type %(type)s in version %(version)s"),
                heir.name,
                name=name,
                type=one.type,
                version=before.version,
            )
        offered = {choice.key for choice in heir.choices}
        for choice in one.choices:
            if choice.key not in offered:
                raise fields.section(heir.name).error(
                    gettext_noop("the choice %(name)s is gone, which entries may have: let it be retired"),
                    "choices",
                    name=choice.key,
                )
    _compare_states(before, now, top)


def _compare_states(before: Definition, now: Definition, top: Section) -> None:
    for state in before.states:
        if state not in now.states and Entry.objects.filter(register=now.key, state=state).exists():
            raise top.error(
                gettext_noop("the state %(name)s is gone, in which entries stand"), "states", name=state
            )


def _gone(section: Section, key: str, name: str) -> PackError:
    return section.error(
        gettext_noop("the field %(name)s is gone: name the one that follows it with was"), key, name=name
    )
