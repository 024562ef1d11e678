"""Officials: the queue, one task, one dossier, the counter."""

from admin_ui.desk import counter, dossiers, queue, sign_in, tasks
from admin_ui.desk.blueprint import room

__all__ = ["counter", "dossiers", "queue", "room", "sign_in", "tasks"]
