"""Migrations in a third of their time: what Django renders again of its models is what changed, not all around it.

After an operation Django renders anew every model that is related to the one it changed; here nearly all are. Tables,
columns, indexes and constraints are made from the changed model alone (a new column that points to another model too),
and whatever walks along relations (a change of a column that others point to, a migration that runs Python) has
everything rendered afresh, by Django's own way of putting it off. An installation in earnest migrates as
Django does, and so does `make test-all`; the demonstration and `make test` begin so from nothing.
"""

from typing import Any

from django.db.migrations.state import ModelState, ProjectState
from django.db.models import Field

_reload_with_all_around = ProjectState.reload_model
_add_column = ProjectState.add_field


def use() -> None:
    """Migrate so from here on."""
    ProjectState.add_model = _add_model  # type: ignore[assignment, method-assign]
    ProjectState.reload_model = _reload_model  # type: ignore[assignment, method-assign]
    ProjectState.add_field = _add_field  # type: ignore[assignment, method-assign]


def _add_model(state: ProjectState, model: ModelState) -> None:
    """Nothing points to a new model yet."""
    key = (model.app_label, model.name_lower)
    state.models[key] = model
    if state._relations is not None:  # type: ignore[attr-defined]
        state.resolve_model_relations(key)
    if "apps" in state.__dict__:
        state.apps.render_multiple([model])


def _add_field(
    state: ProjectState,
    app_label: str,
    model_name: str,
    name: str,
    field: "Field[Any, Any]",
    preserve_default: Any,
) -> None:
    """Nothing walks along a column that is new; its model alone is rendered again."""
    rendered = state.__dict__.pop("apps", None)
    _add_column(state, app_label, model_name, name, field, preserve_default)
    if rendered is not None:
        state.apps = rendered  # type: ignore[misc]
        _reload_model(state, app_label, model_name, delay=True)


def _reload_model(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:
    if "apps" not in state.__dict__:
        return
    if delay:
        state.is_delayed = True
        state._reload({(app_label, model_name)})  # type: ignore[attr-defined]
    elif state.is_delayed:
        del state.__dict__["apps"]
        state.is_delayed = False
    else:
        _reload_with_all_around(state, app_label, model_name)
