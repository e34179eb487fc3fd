"""Read YAML and CSV so that every piece remembers its line; a pack's errors can then name it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from punte.methodology.errors import PackError, gettext_noop

# The reader in C, where the library has it, reads the same in a seventh of the time.
_YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_MOST_NODES = 200_000


class Section(dict[str, object]):
    """A YAML mapping that knows its file, its line and the line of each key."""

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file = file
        self.line = line
        self.lines: dict[str, int] = {}

    def line_of(self, key: str) -> int:
        """The line of a key; the line of the section when it lacks the key."""
        return self.lines.get(key, self.line)

    def error(self, message: str, key: str = "", /, **params: object) -> PackError:
        """A `PackError` at the line of a key."""
        return PackError(message, self.file, self.line_of(key), **params)

    def section(self, key: str) -> Section:
        """The mapping under a key; an absent or empty one is an empty section."""
        value = self.get(key)
        if value is None:
            return Section(self.file, self.line_of(key))
        if not isinstance(value, Section):
            raise self.error(gettext_noop("%(key)s must be a mapping"), key, key=key)
        return value

    def sections(self) -> Iterator[tuple[str, Section]]:
        """Each key with the mapping under it."""
        for key in self:
            yield key, self.section(key)

    def text(self, key: str, default: str | None = None) -> str:
        """The text under a key; an absent one without a default is an error."""
        value = self.get(key, default)
        if value is None or isinstance(value, (Section, list)) or not str(value).strip():
            if default is not None and value in (None, ""):
                return default
            raise self.error(gettext_noop("%(key)s is missing"), key, key=key)
        return str(value).strip()

    def texts(self, key: str) -> list[str]:
        """The list of texts under a key (empty when absent)."""
        value = self.get(key) or []
        if not isinstance(value, list) or any(isinstance(item, (Section, list)) for item in value):
            raise self.error(gettext_noop("%(key)s must be a list"), key, key=key)
        return [str(item) for item in value]

    def items_of(self, key: str) -> list[Section]:
        """The list of mappings under a key (empty when absent)."""
        value = self.get(key) or []
        if not isinstance(value, list) or any(not isinstance(item, Section) for item in value):
            raise self.error(gettext_noop("%(key)s must be a list of mappings"), key, key=key)
        return [item for item in value if isinstance(item, Section)]


def read_yaml(path: Path) -> Section:
    """A YAML file whose top is a mapping.

    Raises:
        PackError: no such file, not YAML, or a key given twice.
    """
    return section_of(text_of(path), str(path))


def text_of(path: Path) -> str:
    """The text of a file.

    Raises:
        PackError: no such file, or not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise PackError(gettext_noop("the file is missing"), str(path), 1) from error
    except UnicodeDecodeError as error:
        raise PackError(gettext_noop("the file is not UTF-8"), str(path), 1) from error


def section_of(text: str, name: str) -> Section:
    """As `read_yaml`, of the text of a file of that name."""
    try:
        node = yaml.compose(text, Loader=_YAML_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise PackError(gettext_noop("not YAML: %(problem)s"), name, line, problem=error.problem) from error
    except RecursionError as error:
        raise PackError(gettext_noop("the file is nested too deep"), name, 1) from error
    if not isinstance(node, yaml.MappingNode):
        raise PackError(gettext_noop("the file must be a mapping"), name, 1)
    _require_finite(name, node)
    return _section(name, node)


def _require_finite(file: str, top: yaml.Node) -> None:
    """Refuse a file whose references (*name) repeat it beyond measure, or lead back into themselves."""
    sizes: dict[int, int] = {}
    open_nodes: set[int] = set()

    def size(node: yaml.Node) -> int:
        if isinstance(node, yaml.ScalarNode):
            return 1
        if id(node) in open_nodes:
            line = node.start_mark.line + 1
            raise PackError(gettext_noop("the file repeats itself (*) too often"), file, line)
        if id(node) not in sizes:
            open_nodes.add(id(node))
            inner = [part for pair in node.value for part in (pair if isinstance(pair, tuple) else (pair,))]
            sizes[id(node)] = 1 + sum(map(size, inner))
            open_nodes.discard(id(node))
        if sizes[id(node)] > _MOST_NODES:
            line = node.start_mark.line + 1
            raise PackError(gettext_noop("the file repeats itself (*) too often"), file, line)
        return sizes[id(node)]

    size(top)


def _section(file: str, node: yaml.MappingNode) -> Section:
    section = Section(file, node.start_mark.line + 1)
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in section:
            raise PackError(gettext_noop("%(key)s is given twice"), file, line, key=key)
        section[key] = _value(file, value_node)
        section.lines[key] = line
    return section


def _value(file: str, node: yaml.Node) -> object:
    if isinstance(node, yaml.MappingNode):
        return _section(file, node)
    if isinstance(node, yaml.SequenceNode):
        return [_value(file, item) for item in node.value]
    assert isinstance(node, yaml.ScalarNode)
    return None if node.tag.endswith(":null") else str(node.value)


def read_sheet(path: Path) -> list[tuple[int, Mapping[str, str]]]:
    """The rows of a CSV sheet with their lines; cells are trimmed, empty ones left out, empty rows skipped.

    Raises:
        PackError: no such file, not UTF-8, a quotation mark left open, or a row longer than the header.
    """
    name = str(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            rows = [(reader.line_num, row) for row in reader]
    except FileNotFoundError as error:
        raise PackError(gettext_noop("the file is missing"), name, 1) from error
    except UnicodeDecodeError as error:
        raise PackError(gettext_noop("the file is not UTF-8"), name, 1) from error
    except csv.Error as error:
        message = gettext_noop("the table is damaged: %(problem)s")
        raise PackError(message, name, reader.line_num, problem=error) from error
    for line, row in rows:
        if None in row:
            raise PackError(gettext_noop("the row has more cells than the header"), name, line)
    filled = (
        (line, {key: cell.strip() for key, cell in row.items() if cell and cell.strip()})
        for line, row in rows
    )
    return [(line, row) for line, row in filled if row]
