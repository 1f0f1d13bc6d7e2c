"""Files that are attached to a record: what they may be, and whose they are."""
