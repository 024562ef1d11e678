"""What people do: one verb per file.

Every action is a function `verb(tx, office, cmd) -> result`. It never commits: return and it is kept, raise and it
never happened. It checks who is acting, and it writes what it did into the chained history.
"""
