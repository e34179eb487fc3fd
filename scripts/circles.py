"""Fail where modules of punte import each other in a circle; imports for types and within functions count too."""

import sys
from graphlib import CycleError, TopologicalSorter

import grimp


def main() -> str | None:
    """The first circle met, in words; None where there is none."""
    graph = grimp.build_graph("punte", cache_dir=".import_linter_cache")
    arrows = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        return f"A circle of imports: {' -> '.join(reversed(error.args[1]))}"
    return None


if __name__ == "__main__":
    sys.exit(main())
