"""Mistakes of one line that a tired person makes, and the tests that should catch each.

`before` stands in the file exactly once. `python3 run.py security` plants each in a copy and runs its tests.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Defect:
    what: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]


NET = "tests/unit/core/access/test_middleware.py"
POLICY = "tests/unit/core/access/test_policy.py"
MATRIX = "tests/integration/test_access_matrix.py"
LOOKS = "tests/integration/test_looks.py"
CHAIN = "tests/integration/test_audit_chain.py"
EXPORTS = "tests/unit/core/services/test_exports.py"
PEOPLE = "tests/unit/core/services/test_people.py"
PAGES = "tests/integration/test_nominal_pages.py"
PURPOSE = "tests/integration/test_purpose.py"
BROWSER = "tests/integration/test_browser_protections.py"
SIGN_IN = "tests/integration/test_sign_in.py"
TOKENS = "tests/integration/test_tokens.py"

ORDER = "tests/unit/offenders/policies/test_access.py"
RESTRICTED = "tests/integration/test_restricted.py"
UNNAMED = "tests/integration/test_unnamed_people.py"
APPROVALS = "tests/integration/test_approvals.py"

DEFECTS = (
    Defect(
        "people approve what they asked for themselves",
        "core/policies.py",
        "    if by.pk == approval.asked_by_id:",
        "    if by.pk is None:",
        (APPROVALS,),
    ),
    Defect(
        "emergency access outlives the role",
        "offenders/models/break_glass.py",
        "    if not user.has(Permission.NOMINAL_SUPERVISE):\n        return None\n    if CACHE",
        "    if CACHE",
        ("tests/integration/test_break_glass.py",),
    ),
    Defect(
        "the net under all pages lets everybody through",
        "core/access/middleware.py",
        "return None if decision else _answer(request, view, decision)",
        "return None",
        (NET,),
    ),
    Defect(
        "a page without a stated policy answers",
        "core/access/policy.py",
        "    if policy is Standing.PUBLIC:\n        return None\n    if policy is None or",
        "    if policy is None or policy is Standing.PUBLIC:\n        return None\n    if policy is None or",
        (POLICY,),
    ),
    Defect(
        "the second factor is not asked for",
        "core/access/policy.py",
        "if second_factor_missing and policy is not Standing.ENROLLING:",
        "if second_factor_missing and policy is Standing.NOBODY:",
        (POLICY, SIGN_IN),
    ),
    Defect(
        "the API no longer asks its policy",
        "core/api/permissions.py",
        "            raise NotAllowed(decision.reason)\n        return True",
        "            return True\n        return True",
        ("tests/unit/core/api/test_base.py", "tests/integration/test_imports_api.py"),
    ),
    Defect(
        "a role is given the permission of another",
        "core/access/roles.py",
        '"actions given to them and reads the boards. Sees no crime records, and no person.",',
        '"actions given to them and reads the boards. Sees no crime records, and no person.",\n        P.NOMINAL_VIEW,',
        (f"{MATRIX}::test_staff_of_prevention_meet_nobody",),
    ),
    Defect(
        "a page is opened to everybody who signed in",
        "core/views/people.py",
        "@requires(Permission.USER_MANAGE)\nclass PersonList(",
        "@requires(Permission.BOARD_VIEW)\nclass PersonList(",
        (f"{MATRIX}::test_address_answers_as_the_matrix_says[core]",),
    ),
    Defect(
        "a service forgets to ask whether this may be exported",
        "core/services/exports.py",
        "    can_export(by, declared).require()\n",
        "",
        (EXPORTS,),
    ),
    Defect(
        "anybody may open an export who knows its number",
        "core/services/exports.py",
        "    can_download_export(by, run).require()\n",
        "",
        (EXPORTS,),
    ),
    Defect(
        "a list of exports is not narrowed to one's own",
        "core/selectors/exports.py",
        "ExportRun.objects.filter(by=user)",
        "ExportRun.objects.filter()",
        ("tests/integration/test_exports.py",),
    ),
    Defect(
        "a list of saved views is not narrowed to one's own",
        "core/selectors/saved_views.py",
        "SavedView.objects.filter(user=user)",
        "SavedView.objects.filter()",
        ("tests/integration/test_saved_views.py",),
    ),
    Defect(
        "an export is taken without a row in the log",
        "core/services/exports.py",
        "    _record(run, by, audit.Action.EXPORT_DOWNLOADED",
        "    _of_people = (run, by, audit.Action.EXPORT_DOWNLOADED",
        ("tests/integration/test_exports.py", EXPORTS),
    ),
    Defect(
        "an export needs no purpose",
        "core/services/exports.py",
        "    require_purpose(Need.EXPORT)\n",
        "",
        (PURPOSE,),
    ),
    Defect(
        "a look at a nominal is not logged",
        "core/audit.py",
        "        request.waiting.append(event)\n",
        "",
        (LOOKS,),
    ),
    Defect(
        "the net under forgotten looks is cut",
        "core/access/looks.py",
        "if shows_people(response) and not left_a_look(found):",
        "if not shows_people(response) and not left_a_look(found):",
        (LOOKS,),
    ),
    Defect(
        "a refusal is written in the transaction that is rolled back",
        "core/audit.py",
        "WAITING = LOOKS | {Action.ACCESS_REFUSED}",
        "WAITING = LOOKS",
        (LOOKS,),
    ),
    Defect(
        "a search for nominals is not logged",
        "core/access/looks.py",
        "    if not logged:\n        return",
        "    if logged:\n        return",
        (LOOKS,),
    ),
    Defect(
        "a row of each batch is left out of its seal",
        "core/services/audit_chain.py",
        "digest=chain.digest_rows(rows),",
        "digest=chain.digest_rows(rows[:-1]),",
        (CHAIN,),
    ),
    Defect(
        "a seal does not hold on to the one before",
        "core/services/audit_chain.py",
        'link_parts(seal, last.hash if last else "")',
        'link_parts(seal, "")',
        (CHAIN,),
    ),
    Defect(
        "rows outside of every batch are not looked at",
        "core/selectors/audit_chain.py",
        "    yield from _outside()\n",
        "",
        (CHAIN,),
    ),
    Defect(
        "the application may change the log",
        "core/services/runtime_role.py",
        "if model in (AuditEvent, AuditSeal) or",
        "if model in (AuditSeal,) or",
        ("tests/integration/test_runtime_role.py",),
    ),
    Defect(
        "administrators may give roles to themselves",
        "core/policies.py",
        "return Decision(Reason.OWN_ACCOUNT) if by == user else ALLOWED",
        "return ALLOWED",
        (PEOPLE,),
    ),
    Defect(
        "sessions go on when a role has ended",
        "core/services/people.py",
        "    if wanted != held:\n        _end_sessions(user)",
        "    if wanted == held:\n        _end_sessions(user)",
        (PEOPLE,),
    ),
    Defect(
        "a token works on after it was revoked",
        "core/models/api_token.py",
        "self.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())",
        "self.filter(expires_at__gt=timezone.now())",
        (TOKENS, "tests/unit/core/services/test_tokens.py"),
    ),
    Defect(
        "a form is exempt from its token",
        "core/views/exports.py",
        "@signed_in\n@require_POST\ndef export_create(",
        '@__import__("django.views.decorators.csrf", fromlist=["csrf"]).csrf_exempt\n'
        "@signed_in\n@require_POST\ndef export_create(",
        (f"{BROWSER}::test_no_form_is_taken_without_its_token",),
    ),
    Defect(
        "scripts inside pages are allowed",
        "config/settings.py",
        """"script-src": ["'self'"],""",
        """"script-src": ["'self'", "'unsafe-inline'"],""",
        (f"{BROWSER}::test_every_answer_carries_its_protections",),
    ),
    Defect(
        "a browser may keep pages of people",
        "core/access/middleware.py",
        'rule = "no-store" if policy in ABOUT_PEOPLE else "no-cache"',
        'rule = "no-cache"',
        (f"{BROWSER}::test_pages_of_people_are_kept_by_no_browser",),
    ),
    Defect(
        "passwords may be guessed without end",
        "config/settings.py",
        'LOGIN_URL = "account_login"\n',
        'LOGIN_URL = "account_login"\nACCOUNT_RATE_LIMITS = False\n',
        (SIGN_IN,),
    ),
    Defect(
        "a page leads on to another site",
        "core/views/purpose.py",
        "safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())",
        "safe = bool(address)",
        (PURPOSE,),
    ),
    Defect(
        "a spreadsheet runs what somebody typed",
        "core/exports/cells.py",
        "if clean.startswith(FORMULA_START) and not HARMLESS.fullmatch(clean):",
        "if clean.startswith(FORMULA_START) and HARMLESS.fullmatch(clean):",
        ("tests/unit/core/exports/test_cells.py",),
    ),
    Defect(
        "a call gets as many rows as it asks for",
        "core/api/pages.py",
        'if not (re.fullmatch(r"[0-9]{1,9}", asked) and 1 <= int(asked) <= self.max_page_size):',
        'if not re.fullmatch(r"[0-9]{1,9}", asked):',
        ("tests/unit/core/api/test_base.py",),
    ),
    Defect(
        "emergency access opens a record that somebody is kept from",
        "offenders/policies/access.py",
        "Refusal.EXCLUDED if standing.is_excluded else None,",
        "Refusal.EXCLUDED if standing.is_excluded and not standing.has_broken_glass else None,",
        (ORDER,),
    ),
    Defect(
        "a disposed record is shown",
        "offenders/policies/access.py",
        "        Refusal.DISPOSED if standing.is_disposed else None,\n",
        "",
        (ORDER,),
    ),
    Defect(
        "a refusal tells that there is a hidden record",
        "offenders/policies/access.py",
        "return Refusal.HIDDEN if standing.restricted is Restricted.HIDDEN else Refusal.MASKED",
        "return Refusal.MASKED",
        (ORDER,),
    ),
    Defect(
        "a list of people is narrowed by nothing",
        "offenders/models/scope.py",
        "else _scoped(rows, barred_from(by).gone)",
        "else _scoped(rows, frozenset())",
        (RESTRICTED,),
    ),
    Defect(
        "whoever was cleared for one record is cleared for every one",
        "offenders/models/scope.py",
        "WHERE clearance.restriction_id = restriction.id",
        "WHERE clearance.restriction_id IS NOT NULL",
        (RESTRICTED,),
    ),
    Defect(
        "somebody is kept from those from whom another is",
        "offenders/models/scope.py",
        "WHERE user_id = %(by)s AND ended_at IS NULL",
        "WHERE user_id <> %(by)s AND ended_at IS NULL",
        (RESTRICTED,),
    ),
    Defect(
        "people without names are those whom the analyst may not see, too",
        "offenders/selectors/unnamed.py",
        "return open_rows(Nominal.objects.live(), by)",
        "return Nominal.objects.live().for_service()",
        (UNNAMED,),
    ),
    Defect(
        "a serializer gives a field more",
        "offenders/api/unnamed.py",
        "    age_band = serializers.CharField()\n",
        '    age_band = serializers.CharField()\n    born = serializers.CharField(source="age_band")\n',
        (UNNAMED,),
    ),
    Defect(
        "a pseudonym is the same in every publication",
        "offenders/selectors/unnamed.py",
        'said = f"{publication.strip().lower()}',
        'said = f"',
        (UNNAMED,),
    ),
    Defect(
        "what somebody searched for is read by the number of their saved view",
        "core/views/saved_views.py",
        "    if not allowed and view.user_id",
        "    if view.path is None and view.user_id",
        ("tests/integration/test_saved_views.py",),
    ),
    Defect(
        "a document is taken without a look at the person",
        "offenders/documents.py",
        'return nominal_for(by, int(key), why="document", is_task=False)',
        "return Nominal.everybody.get(pk=int(key))",
        ("tests/integration/test_documents.py",),
    ),
    Defect(
        "what was written in a request outlives the person",
        "offenders/services/erasure.py",
        "return rows.update(reason=ERASED, note=note) if keys else 0",
        "return 0",
        ("tests/unit/offenders/services/test_erasure.py",),
    ),
    Defect(
        "what was searched for outlives the person",
        "offenders/services/erasure.py",
        "if words & {*plain(value), *value.upper().split()}",
        "if words & {*plain(value)}",
        ("tests/unit/offenders/services/test_erasure.py",),
    ),
    Defect(
        "a page that is no task takes the place of a purpose",
        "offenders/documents.py",
        'why="document", is_task=False)',
        'why="document")',
        (PURPOSE,),
    ),
    Defect(
        "a link to somebody who is hidden is changed by its number",
        "offenders/views/parts.py",
        'open_rows(rows.filter(nominal=self.nominal)), pk=self.kwargs["row"]',
        'rows.filter(nominal=self.nominal), pk=self.kwargs["row"]',
        ("tests/integration/test_hidden_person.py",),
    ),
    Defect(
        "the history tells of links to somebody who is hidden",
        "offenders/selectors/nominal_history.py",
        "histories_of(model, scope=open_rows, nominal=nominal.pk)",
        "histories_of(model, nominal=nominal.pk)",
        ("tests/integration/test_hidden_person.py", "tests/integration/test_masked_rows.py"),
    ),
    Defect(
        "a file outlives the right to see somebody in it",
        "core/services/exports.py",
        "if not export_kind(run.kind).still_open(by, people):",
        "if by != run.by:",
        ("tests/integration/test_large_exports.py",),
    ),
)
