"""The record: tables, the transaction, one file per aggregate. SQLAlchemy lives here."""
