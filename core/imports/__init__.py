from core.imports.kinds import Kind, all_kinds, kind_called
from core.imports.pipeline import load
from core.imports.receipt import FileRefused, Receipt

__all__ = ["FileRefused", "Kind", "Receipt", "all_kinds", "kind_called", "load"]
