"""Services as their owners keep them, and as those check them who keep the directory."""

from tests.access.rows import Row

_KEEP = ("partner", "planner", "coordinator", "county_methodologist")
_CHECK = ("planner", "coordinator", "county_methodologist")


def _for(roles: tuple[str, ...], *, at: tuple[str, ...] = (), let_in: int = 200) -> dict[str, int]:
    """Those roles, where they stand if that matters (to the others of them there is none); nobody else."""
    if not at:
        return {"|".join(roles): let_in, "*|case_team": 403}
    theirs = "|".join(f"{role}@{place}" for role in roles for place in at)
    return {theirs: let_in, "|".join(roles): 404, "*|case_team": 403}


_OWN = {"roles": _KEEP, "at": ("own", "team")}
_THEIRS = {"pk": "own_service"}

ROWS: tuple[Row, ...] = (
    Row("own_services", _for(_KEEP)),
    Row("own_service_new", _for(_KEEP)),
    Row("services_of_nobody", _for(_KEEP)),
    Row("service_claim", _for(_KEEP), {"pk": "service"}),
    Row("service_claim", {"|".join(_KEEP): 404, "*|case_team": 403}, _THEIRS),
    Row("own_service", _for(**_OWN), _THEIRS),
    # Somebody else's service: there is none to keep.
    Row("own_service", {"|".join(_KEEP): 404, "*|case_team": 403}, {"pk": "service"}),
    Row("own_service_opinions", _for(**_OWN), _THEIRS),
    Row("own_service_opinions", {"|".join(_KEEP): 404, "*|case_team": 403}, {"pk": "service"}, "post"),
    Row("opinion_poster", _for(**_OWN), _THEIRS),
    Row("own_service_edit", _for(**_OWN), _THEIRS),
    Row("own_service_edit", {"|".join(_KEEP): 404, "*|case_team": 403}, {"pk": "service"}, "post"),
    Row("own_service_status", _for(**_OWN), _THEIRS),
    Row("own_service_places", _for(**_OWN, let_in=422), _THEIRS, "post"),
    Row("own_service_places", {"|".join(_KEEP): 404, "*|case_team": 403}, {"pk": "service"}, "post"),
    Row("own_service_confirm", _for(**_OWN, let_in=302), _THEIRS, "post"),
    Row("own_service_capacity", _for(**_OWN, let_in=422), _THEIRS, "post"),
    Row("own_proposal_withdraw", _for(**_OWN, let_in=302), {"pk": "proposal"}, "post"),
    Row("service_checks", _for(_CHECK)),
    Row("service_check", _for(_CHECK, at=("own", "team")), {"pk": "proposal"}),
)
