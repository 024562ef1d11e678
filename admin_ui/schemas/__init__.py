"""What crosses the border of the HTTP API, field by field (marshmallow)."""
