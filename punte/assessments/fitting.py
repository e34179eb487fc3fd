"""Whether a new version of a pack fits what is here: its compartments, its codes, and the version in use."""

from punte.accounts.enums import SEALED_COMPARTMENTS, Compartment
from punte.methodology.errors import PackError, gettext_noop
from punte.methodology.model import Pack
from punte.methodology.packs import available_packs


def require_fits(pack: Pack) -> None:
    """Refuse what would open closed answers, or what another questionnaire already calls its own.

    Raises:
        PackError: a compartment that nobody reads, or a closed one left open; a code of another pack; a version that is
            about something else than the one in use, or opens an answer that was closed in it.
    """
    for key in pack.compartments:
        if key not in Compartment.values:
            raise _error(pack, gettext_noop("unknown compartment: %(name)s"), name=key)
        if key in SEALED_COMPARTMENTS and key not in pack.sealed:
            raise _error(pack, gettext_noop("the compartment %(name)s must stand in sealed"), name=key)
    for other in available_packs():
        if other.name == pack.name:
            _require_follows(pack, other)
        elif both := sorted(pack.rules.keys() & other.rules.keys()):
            message = gettext_noop("the code %(code)s belongs to the questionnaire %(name)s")
            raise PackError(message, str(pack.path / "rules.yaml"), 1, code=both[0], name=other.name)


def _require_follows(pack: Pack, before: Pack) -> None:
    if (pack.about, pack.sets_severity) != (before.about, before.sets_severity):
        raise _error(
            pack, gettext_noop("a new version is about what the one before was, and weighs the same")
        )
    for name, fact in before.facts.items():
        now = pack.facts.get(name)
        if now and fact.compartment in SEALED_COMPARTMENTS and now.compartment not in SEALED_COMPARTMENTS:
            raise _error(pack, gettext_noop("%(name)s was closed before and cannot be opened"), name=name)


def _error(pack: Pack, message: str, **params: object) -> PackError:
    return PackError(message, str(pack.path / "pack.yaml"), 1, **params)
