"""Citizens and businesses: find a procedure, sign in, file, follow, receive."""

from admin_ui.portal import account, catalogue, content, dossiers, filing, home, papers, sign_in
from admin_ui.portal.blueprint import room

__all__ = ["account", "catalogue", "content", "dossiers", "filing", "home", "papers", "room", "sign_in"]
