"""Where a document grants the permission of its platform by which roles are given."""

from __future__ import annotations

from credlint.catalogue.deployments import Permission
from credlint.extract.deployment.actions import Granted
from credlint.extract.deployment.tree import Node, entries, items, text_at, text_of, value_at


def at_the_top(root: Node, permission: Permission | None) -> Granted:
    """Where a file may be called, whoever calls it grants; otherwise nothing is granted that is not written."""
    if permission is None:
        return Granted.UNKNOWN
    called = value_at(root, permission.caller_at) if permission.caller_at else None
    names = [placed.entry.key.text for placed in entries(called)] + [text_of(item) for item in items(called)]
    return Granted.UNKNOWN if permission.caller in (*names, text_of(called)) else Granted.NO


def grants(node: Node, permission: Permission | None, above: Granted) -> Granted:
    """Tell whether a node, or what stands around it, grants the permission."""
    given = value_at(node, permission.at) if permission else None
    if permission is None or given is None:
        return above
    whole = text_of(given)
    if whole is not None:
        return Granted.YES if whole in permission.all else Granted.NO
    return Granted.YES if text_at(given, permission.name) in permission.granted else Granted.NO
