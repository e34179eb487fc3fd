"""Whether a pack that holds together also opens everywhere: at the office, on Teren, in Collect, under its rules."""

from __future__ import annotations

import duckdb
from sqlglot.errors import SqlglotError

from punte.methodology.assess import assess
from punte.methodology.collect import collect_form
from punte.methodology.errors import MethodologyError, PackError, gettext_noop
from punte.methodology.forms import compile_form, instance_for, rows_from_instance
from punte.methodology.instances import IDENTITY
from punte.methodology.javascript import compile_pack
from punte.methodology.model import Pack

_OF_EVERY_PACK = ("household_id", "uat_siruta", "visit_date", "member_id")
_OF_A_HOUSEHOLD = ("birth_date", "sex")


def require_opens_everywhere(pack: Pack) -> None:
    """Compile and try what each door needs of a pack.

    Raises:
        PackError: a question that every questionnaire has is missing, the form does not compile or is not read back, or
            a rule cannot be run here or on a device.
    """
    _require_usual_questions(pack)
    compile_form(pack)
    collect_form(pack)
    compile_pack(pack)
    try:
        empty = instance_for(pack, {"household_id": "h"}, [{"member_id": "m"}], "uuid:0").encode()
        read = rows_from_instance(pack, empty)
        assess(pack, [read.household], read.members)
    except PackError:
        raise
    except MethodologyError as error:
        message = gettext_noop("an empty form is not read back: %(problem)s")
        raise PackError(message, str(pack.path / "survey.csv"), 1, problem=error) from error
    except (duckdb.Error, SqlglotError, RecursionError) as error:
        message = gettext_noop("the rules cannot be run: %(problem)s")
        problem = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise PackError(message, str(pack.path / "rules.yaml"), 1, problem=problem) from error


def _require_usual_questions(pack: Pack) -> None:
    of_household = pack.about == "household"
    for name in (*_OF_EVERY_PACK, *(_OF_A_HOUSEHOLD if of_household else ())):
        if name not in pack.facts:
            message = gettext_noop("facts lacks %(name)s, which every questionnaire has")
            raise PackError(message, str(pack.path / "pack.yaml"), 1, name=name)
    for name in IDENTITY if of_household else ():
        if name not in pack.questions:
            message = gettext_noop("the form lacks %(name)s, by which people are known")
            raise PackError(message, str(pack.path / "survey.csv"), 1, name=name)
