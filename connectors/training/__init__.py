"""The training ground: what the sandboxes of all connectors share."""
