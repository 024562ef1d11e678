"""A name by which people recognise their own device in the list of sessions."""

from __future__ import annotations

from flask import request

BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def device_name() -> str:
    """For example "Firefox · Windows"; "Web" when the browser does not say."""
    agent = request.user_agent.string
    parts = [next((name for mark, name in known if mark in agent), "") for known in (BROWSERS, SYSTEMS)]
    return " · ".join(part for part in parts if part) or "Web"
