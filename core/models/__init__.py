from core.models.api_token import ApiToken
from core.models.approval import Approval
from core.models.audit import AuditEvent, AuditSeal, HistoryContext
from core.models.change import Change
from core.models.dip_sample import DipLook, DipSample
from core.models.document import Document
from core.models.export_run import ExportRun, ExportState
from core.models.import_run import ImportRun, ImportState
from core.models.saved_view import SavedView
from core.models.unit import Unit, UnitClosure, UnitKind
from core.models.user import RoleGrant, User

__all__ = [
    "ApiToken",
    "Approval",
    "AuditEvent",
    "AuditSeal",
    "Change",
    "DipLook",
    "DipSample",
    "Document",
    "ExportRun",
    "ExportState",
    "HistoryContext",
    "ImportRun",
    "ImportState",
    "RoleGrant",
    "SavedView",
    "Unit",
    "UnitClosure",
    "UnitKind",
    "User",
]
