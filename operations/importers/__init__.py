from operations.importers import incidents, pack_movements, planning_applications

__all__ = ["incidents", "pack_movements", "planning_applications"]
