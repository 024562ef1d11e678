"""Officials: the queue, one task, one dossier, the counter, their own account."""

from admin_ui.desk import account, counter, dossiers, fees, find, papers, queue, sign_in, tasks
from admin_ui.desk.blueprint import room

__all__ = ["account", "counter", "dossiers", "fees", "find", "papers", "queue", "room", "sign_in", "tasks"]
