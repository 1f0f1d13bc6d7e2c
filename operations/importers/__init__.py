from operations.importers import incidents

__all__ = ["incidents"]
