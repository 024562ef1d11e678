"""Every table of the record, in five drawers. Importing this package fills `metadata`."""

from engine.store.schema import catalogue, dossiers, migrating, people, work
from engine.store.schema.columns import metadata

__all__ = ["catalogue", "dossiers", "metadata", "migrating", "people", "work"]
