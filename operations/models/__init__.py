from operations.models.incident import Grade, Incident

__all__ = ["Grade", "Incident"]
