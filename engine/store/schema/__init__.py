"""Every table of the record, in four drawers. Importing this package fills `metadata`."""

from engine.store.schema import catalogue, dossiers, people, work
from engine.store.schema.columns import metadata

__all__ = ["catalogue", "dossiers", "metadata", "people", "work"]
