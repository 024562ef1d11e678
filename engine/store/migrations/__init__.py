"""The way from any older form of the tables to the newest one."""
