"""What people see: read models as frozen dataclasses. They never write, and they filter rows by who asks."""
