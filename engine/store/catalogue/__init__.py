"""Published procedures, and what the portal tells everybody."""
