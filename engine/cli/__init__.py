"""The command `motcua`: every way in that is not a web page. Each word group has its file; all are thin."""

from engine.cli.program import main

__all__ = ["main"]
