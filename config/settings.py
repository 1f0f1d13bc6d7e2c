"""Every setting, read from the environment. `docs/reference/settings.md` says what each variable is for.

Without any variable, the project runs on this machine alone: embedded servers under AWARE_HOME, a secret key kept there.
"""

import os
from pathlib import Path
from typing import Any

import dj_database_url
import django_stubs_ext

from config import servers
from config.environment import address, flag, kept_secret, number, text, words
from config.logs import json_lines
from config.schema import ENUM_NAMES

django_stubs_ext.monkeypatch()  # ModelForm[Crime] and its like, as the type checker wants them written

BASE_DIR = servers.ROOT
HOME = servers.home()
TESTING = "PYTEST_VERSION" in os.environ


# What this process is

DEBUG = flag("DEBUG", default=False)
DEMO = flag("DEMO", default=False)  # run.py: the demonstration force on plain http
HTTPS = flag("HTTPS", default=not (DEMO or TESTING or DEBUG))
SECRET_KEY = text("SECRET_KEY") or kept_secret(HOME / "secret_key")
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]  # where health checks ask
# The first seals new rows of the audit log; rows that an earlier one sealed stay genuine.
AUDIT_KEYS = words("AUDIT_KEYS") or [f"audit {SECRET_KEY}"]
# Of people in rows without names. With a new one, what is published later joins nothing before.
PSEUDONYM_KEY = text("PSEUDONYM_KEY") or f"pseudonym {SECRET_KEY}"
ALLOWED_HOSTS = [*words("ALLOWED_HOSTS"), *LOOPBACK]
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")
SITE_NAME = text("SITE_NAME", "Aware")
SITE_ADDRESS = text("SITE_ADDRESS").rstrip("/")  # before the links of a mail
CONTACT = text("CONTACT")  # whom the accessibility statement names
MARKING = text("MARKING")  # e.g. OFFICIAL-SENSITIVE, at the top of every page
HOSPITAL_PAUSES_REVIEWS = flag(
    "HOSPITAL_PAUSES_REVIEWS", default=True
)  # forces read s.41(6) both ways
# Days from one review of a member of a cohort to the next, by RAG.
COHORT_REVIEW_DAYS = {
    "red": number("COHORT_REVIEW_DAYS_RED", 7),
    "amber": number("COHORT_REVIEW_DAYS_AMBER", 14),
    "green": number("COHORT_REVIEW_DAYS_GREEN", 28),
    "blue": number("COHORT_REVIEW_DAYS_BLUE", 90),
}
# Actions: a fast-track one is due within working hours, another within working days.
FAST_TRACK_HOURS = number("FAST_TRACK_HOURS", 10)  # one working day, 08:00 to 18:00
ACTION_DAYS = number("ACTION_DAYS", 5)
# The daily scan: what is the same place, what is near, and how far back it looks.
SCAN_SAME_METRES = number("SCAN_SAME_METRES", 15)
SCAN_SAME_DAYS = number("SCAN_SAME_DAYS", 365)
SCAN_NEAR_METRES = number("SCAN_NEAR_METRES", 400)
SCAN_NEAR_DAYS = number("SCAN_NEAR_DAYS", 14)
SCAN_HOME_METRES = number("SCAN_HOME_METRES", 1000)  # from a home of the cohort
SCAN_LATE_DAYS = number("SCAN_LATE_DAYS", 7)  # records that reach Aware after their scan
PACKS_LOW_WEEKS = number("PACKS_LOW_WEEKS", 2)  # a stock that lasts less is low
SCAN_CATEGORIES = words("SCAN_CATEGORIES", "burglary-dwelling,burglary,robbery,vehicle-crime")

INSTALLED_APPS = [
    "config",
    "core",
    "offenders",
    "operations",
    "performance",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "django_tables2",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pghistory",
    "pgtrigger",
    "rest_framework",
    "core.access.admin_app.ReferenceAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "core.access.uploads.UploadLimitMiddleware",  # before what reads the form
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.access.sessions.SessionLimitMiddleware",
    "core.history.RequestLogMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.bounds.BoundsMiddleware",
    "core.history.RequestHistoryMiddleware",
    "core.access.looks.LooksMiddleware",  # outside of what refuses: it writes the refusals
    "core.access.middleware.AccessMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.navigation",
            ],
        },
    }
]

# Servers: the embedded ones where none is named

_embedded = servers.addresses()
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        text("DATABASE_URL", _embedded["DATABASE_URL"]),
        conn_max_age=number("DATABASE_CONN_MAX_AGE", 60),
        conn_health_checks=True,
    )
}
DATABASES["default"].setdefault("OPTIONS", {}).update({"application_name": "aware"})

REDIS_URL = text("REDIS_URL", _embedded["REDIS_URL"])
CELERY_BROKER_URL = text("CELERY_BROKER_URL", _embedded["CELERY_BROKER_URL"])

CACHES: dict[str, Any] = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "aware",
    }
}
PGHISTORY_APPEND_ONLY = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Background work

CELERY_TIMEZONE = "Europe/London"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "work"
CELERY_TASK_ROUTES = {
    # A queue and a worker of its own: an import of an hour must not hold up the figures.
    "performance.tasks.fold_changes": {"queue": "figures"},
    "core.tasks.seal_audit": {"queue": "figures"},  # likewise: the log is sealed within seconds
}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 4 * 3600,  # seconds; no task runs longer
    "socket_timeout": 30,
    "socket_connect_timeout": 5,
}

# Signing in

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"login": "core.sign_in.SignInForm"}
ACCOUNT_SESSION_REMEMBER = False  # nobody is asked: a session ends when it is left alone
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = SITE_NAME
ACCOUNT_ADAPTER = "core.access.accounts.AccountAdapter"
REQUIRE_SECOND_FACTOR = flag("REQUIRE_SECOND_FACTOR", default=not (DEMO or TESTING or DEBUG))

# Who has no second factor is asked for the password again instead: only where nobody is real.
CONFIRM_BY_PASSWORD = flag("CONFIRM_BY_PASSWORD", default=DEMO)

# The force's own provider of identities (Entra ID, for one), if it is named.
OIDC_NAME = text("OIDC_NAME", "your force account")
OIDC_ISSUER = address("OIDC_ISSUER", secure=HTTPS)
OIDC_SECOND_FACTOR = flag("OIDC_SECOND_FACTOR", default=False)  # it asks for one itself
SOCIALACCOUNT_ADAPTER = "core.access.accounts.ProviderAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form may not lead to another site: see form-action below
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "force",
                "name": OIDC_NAME,
                "client_id": text("OIDC_CLIENT_ID"),
                "secret": text("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}

SESSION_HOURS = number("SESSION_HOURS", 12)  # from signing in, however busy
SESSION_ENGINE = "django.contrib.sessions.backends.cache"
SESSION_COOKIE_AGE = 60 * number("SESSION_IDLE_MINUTES", 60)
SESSION_SAVE_EVERY_REQUEST = True  # the age counts from the last request

EMAIL_HOST = text("EMAIL_HOST")
EMAIL_PORT = number("EMAIL_PORT", 25)
DEFAULT_FROM_EMAIL = text("DEFAULT_FROM_EMAIL", "aware@localhost")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"

# What a person has to say first what they are working on for: search, view, print, export, out-of-area,
# restricted.
PURPOSE_NEEDED = words(
    "PURPOSE_NEEDED", "" if TESTING else "search, export, out-of-area, restricted"
)
PURPOSE_MINUTES = number("PURPOSE_MINUTES", 30)

# The browser's side of security

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
# A browser takes a cookie of such a name only from this host, over https, for every path.
_of_this_host = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_of_this_host}sessionid"
CSRF_COOKIE_NAME = f"{_of_this_host}csrftoken"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # they may name people
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "core.access.middleware.csrf_refused"
X_FRAME_OPTIONS = "DENY"
BEHIND_PROXY = flag("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Only what the proxy itself added to X-Forwarded-For is believed: for lock-out, logs and audit.
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)
METRICS_TOKEN = text("METRICS_TOKEN")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# Language, time, files

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
STATIC_ROOT = Path(text("STATIC_ROOT", str(HOME / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(text("FILES_ROOT", str(HOME / "files")))  # imports and exports; never served
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
IMPORT_MAX_BYTES = 10**6 * number("IMPORT_MAX_MB", 2000)  # of a file, packed and unpacked
DOCUMENT_MAX_BYTES = 10**6 * number("DOCUMENT_MAX_MB", 25)
EXPORT_MAX_ROWS = number("EXPORT_MAX_ROWS", 100_000)
EXPORT_PEOPLE = number("EXPORT_PEOPLE", 1000)  # more in one file need an approval
EXPORT_KEEP_HOURS = number("EXPORT_KEEP_HOURS", 24)
SUBJECT_ACCESS_KEEP_DAYS = number("SUBJECT_ACCESS_KEEP_DAYS", 30)
IMPORT_KEEP_DAYS = number("IMPORT_KEEP_DAYS", 30)  # rejected rows, and files nobody confirmed
# Beside their place, so that moving them there is a rename; /tmp may be memory.
FILE_UPLOAD_TEMP_DIR = MEDIA_ROOT if MEDIA_ROOT.is_dir() else None
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# Pages and API

FORM_RENDERER = "core.forms.GovukRenderer"
DJANGO_TABLES2_TEMPLATE = "components/table.html"
FILTERS_EMPTY_CHOICE_LABEL = "Any"

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        # The first one decides how a 401 asks for credentials: a session could not.
        "core.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PARSER_CLASSES": [
        "core.api.parsers.JsonParser",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["core.api.permissions.PolicyRequired"],
    "DEFAULT_PAGINATION_CLASS": "core.api.pages.Pages",
    "EXCEPTION_HANDLER": "core.api.errors.answer",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Aware API",
    "DESCRIPTION": "Records, figures and boards of the force.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": ENUM_NAMES,
}

# Logs: one JSON object a line, with the request's or the task's id

DJANGO_STRUCTLOG_CELERY_ENABLED = True
LOGGING = json_lines(text("LOG_LEVEL", "INFO"), cached=not TESTING)

# Tests share the servers with a running demo, so they keep to other numbered databases of Valkey.

if TESTING:
    _worker = int(text("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    CELERY_BROKER_URL = servers.with_database(CELERY_BROKER_URL, 2 + 2 * _worker)
    CACHES["default"]["LOCATION"] = servers.with_database(REDIS_URL, 3 + 2 * _worker)
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    DATABASES["default"]["OPTIONS"]["options"] = "-c aware.allow_truncate=on"
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_AUTOREFRESH = True  # nothing is collected
    MEDIA_ROOT = HOME / "test-files"
