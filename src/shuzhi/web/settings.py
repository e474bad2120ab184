"""Settings, from the environment with safe defaults; nothing secret lives in the repository.

`SHUZHI_VAR` names the runtime folder (default ./var), `DATABASE_URL` a PostgreSQL database,
`SHUZHI_HOSTS` the host names served, `SHUZHI_DEBUG=1` development, `SHUZHI_HTTPS=1` cookies for
TLS only (a hall without internet runs on plain HTTP).
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from .secret import secret_key

PACKAGE = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("SHUZHI_VAR", "var")).resolve()
FILES_ROOT = VAR / "files"
KEYS_ROOT = Path(os.environ.get("SHUZHI_KEYS", VAR / "keys")).resolve()
LOG_HASH = os.environ.get("SHUZHI_LOG_HASH", "sha256")  # or sm3; chosen once, at the log's birth
DEBUG = os.environ.get("SHUZHI_DEBUG") == "1"
HTTPS = os.environ.get("SHUZHI_HTTPS") == "1"
SECRET_KEY = secret_key(VAR)
ALLOWED_HOSTS = os.environ.get("SHUZHI_HOSTS", "*").split(",")

ROOMS = [
    "kernel",
    "registry",
    "catalogue",
    "ballots",
    "matters",
    "gatherings",
    "appraisal",
    "bulletins",
    "web",
]
INSTALLED_APPS = [
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_tasks_db",
    "axes",
    "csp",
    *(f"shuzhi.{room}" for room in ROOMS if (PACKAGE / room / "apps.py").exists()),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "shuzhi.web.storage.StaticMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "shuzhi.web.middleware.language_middleware",
    "django.middleware.common.CommonMiddleware",
    "shuzhi.kernel.uploads.UploadLimitMiddleware",  # before anything reads the form
    "django.middleware.csrf.CsrfViewMiddleware",
    "shuzhi.kernel.typed.TypedMiddleware",  # after it: the form may be read
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "shuzhi.kernel.middleware.actor_middleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "shuzhi.web.middleware.GateMiddleware",
    "shuzhi.web.middleware.RefusalMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
FORM_RENDERER = "shuzhi.kernel.forms.FormRenderer"
ROOT_URLCONF = "shuzhi.web.urls"
WSGI_APPLICATION = "shuzhi.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "shuzhi.web.context.shell",
            ],
        },
    }
]


def _database(url: str) -> dict[str, object]:
    """Return Django's settings for a database address; SQLite under VAR without one."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR / "shuzhi.sqlite3",
            "CONN_MAX_AGE": None,  # one connection a thread of the server
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # A confirmed ballot must survive a power cut: FULL, not NORMAL.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                "PRAGMA mmap_size=0; PRAGMA secure_delete=ON; PRAGMA cache_size=-8000;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database(os.environ.get("DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "kernel.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "shuzhi.kernel.backends.AccountBackend",
]
PASSWORD_HASHERS = ["shuzhi.kernel.hashing.PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = ["username"]  # a hall has one address: never lock by address
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # or guessing would lock out for ever
AXES_LOCKOUT_CALLABLE = "shuzhi.web.views.account.locked_out"
AXES_DISABLE_ACCESS_LOG = True  # log-ins are audit events; addresses of people are not kept
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # asks to lock by address as well; see above
LOGIN_URL = "web:login"
LOGIN_REDIRECT_URL = "web:home"
LOGOUT_REDIRECT_URL = "web:login"

SESSION_ENGINE = "shuzhi.kernel.sessions"
SESSION_COOKIE_AGE = 30 * 60  # idle time-out
SESSION_RENEWAL = 3 * 60  # a session in use is written again after this long
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "shuzhi.web.views.errors.csrf_failed"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
MIB = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * MIB
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * MIB
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
DEADLINE_FIRST_DAY_COUNTS = False  # Civil Code, article 201: a term starts the day after

STATIC_URL = "static/"
STATICFILES_DIRS = [PACKAGE / "web" / "assets"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "shuzhi.web.storage.DigestStorage"},
}
WHITENOISE_USE_FINDERS = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"axes": {"level": "ERROR"}},  # its lines hold addresses
}
