class DocumentRefused(Exception):  # noqa: N818  # an answer to a person, not a fault
    """A file that is not kept. The message says what is wrong and what to do."""
