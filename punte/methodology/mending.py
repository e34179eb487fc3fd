"""A filled form with other answers than it came with."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Collection, Mapping

from punte.methodology.instances import member_nodes, named, root_of
from punte.methodology.model import Pack


def mended(
    pack: Pack,
    xml: bytes,
    *,
    answers: Mapping[str, str],
    members: Mapping[tuple[int, str], str],
    without: Collection[int],
) -> bytes:
    """A filled form with other answers, and without some of its members.

    Args:
        answers: by the path below the root, those of the household.
        members: by position and name of the question, those of members.
        without: the positions of members that are left out.

    Raises:
        InstanceError: as `instance_header`.
    """
    root = root_of(xml)
    for path, text in answers.items():
        _write(root, path, text)
    nodes = member_nodes(root, pack.repeat)
    for (position, name), text in members.items():
        if position < len(nodes) and name in pack.questions:
            _write(nodes[position], pack.questions[name].place, text)
    parents = {child: parent for parent in root.iter() for child in parent}
    for position in without:
        # Of a form about one person the root is that person's node, and is not left out.
        if position < len(nodes) and nodes[position] is not root:
            parents[nodes[position]].remove(nodes[position])
    return ET.tostring(root, encoding="utf-8")


def _write(node: ET.Element, path: str, text: str) -> None:
    for name in path.split("/"):
        found = next(named(node, name), None)
        node = ET.SubElement(node, name) if found is None else found
    node.text = text
