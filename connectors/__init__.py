"""The others: identity providers, SMS gateways, the post, payment, file storage."""
