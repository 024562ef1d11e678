"""Identity providers: the National Public Service account and VNeID, and their sandbox."""
