"""Settings, all from the environment. README has them as a table."""

import secrets
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))
try:
    VAR_DIR.mkdir(parents=True, exist_ok=True)
except OSError as problem:
    raise ImproperlyConfigured(
        f"{VAR_DIR} cannot be made ({problem.strerror}). Set VAR_DIR to a folder to write in."
    ) from problem
# A folder where the demo was set up stays a demo, until an installation is configured there.
CONFIGURED = bool(env("SECRET_KEY", default="") or env("DATABASE_URL", default=""))
DEMO = env.bool("DEMO", default=(VAR_DIR / "demo").exists() and not CONFIGURED)
DEBUG = False
TESTING = env.bool("TESTING", default=False)
LOCAL = DEMO or TESTING

PORT = env.int("PORT", default=8000)
SITE_URL = env("SITE_URL", default=f"http://localhost:{PORT}" if LOCAL else "").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"] if LOCAL else [])
SECRET_KEY = env("SECRET_KEY", default="")
if not SECRET_KEY and DEMO and (VAR_DIR / "secret_key").exists():
    SECRET_KEY = (VAR_DIR / "secret_key").read_text().strip()
WEAK = len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5 or "insecure" in SECRET_KEY
if not LOCAL and WEAK:
    raise ImproperlyConfigured(
        "Set SECRET_KEY to at least 50 random characters, or run `make setup` for a trial."
    )
OPEN_HOSTS = [host for host in ALLOWED_HOSTS if "*" in host or not host.strip(".")]
if not LOCAL and (not ALLOWED_HOSTS or OPEN_HOSTS):
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to the host names of this installation.")
if not LOCAL and not SITE_URL:
    raise ImproperlyConfigured("Set SITE_URL to the address people use, with https://.")
if DEMO and set(ALLOWED_HOSTS) - {"localhost", "127.0.0.1"}:
    raise ImproperlyConfigured("The demo is for this machine only: leave ALLOWED_HOSTS out.")
# Without a key of its own a trial's first command gets one that ends with it.
SECRET_KEY = SECRET_KEY or secrets.token_urlsafe(60)

INSTALLED_APPS = [
    "programmes",
    "retreats",
    "actions",
    "wiego_review.common",
    "wiego_review.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rules",
]

MIDDLEWARE = [
    "wiego_review.common.middleware.HeadersMiddleware",
    "wiego_review.common.kept.KeptMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wiego_review.common.middleware.PackingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "wiego_review.common.middleware.AddressMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "wiego_review.common.middleware.SignInMiddleware",
    "wiego_review.common.middleware.ReaderMiddleware",
    "wiego_review.common.middleware.WholeTextMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wiego_review.common.middleware.SecondStepMiddleware",
    "wiego_review.common.limits.WritesMiddleware",
]

ROOT_URLCONF = "wiego_review.urls"
WSGI_APPLICATION = "wiego_review.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wiego_review.common.middleware.page_context",
            ],
            "builtins": ["wiego_review.common.templatetags.words"],
        },
    }
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
DATABASE = DATABASES["default"]
if DATABASE["ENGINE"].endswith("sqlite3"):
    DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        ),
    }
else:
    DATABASE["CONN_HEALTH_CHECKS"] = True
    # On an SSD or in memory a row by its key costs little more than the next one: without this,
    # reading a few thousand by their keys scans the whole table instead.
    DATABASE["OPTIONS"] = {
        "options": f"-c statement_timeout={env.int('STATEMENT_TIMEOUT', 30000)}"
        " -c random_page_cost=1.1",
        "connect_timeout": 5,
    }
DATABASE["CONN_MAX_AGE"] = None
DATABASE["ATOMIC_REQUESTS"] = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Limits are counted here, so all processes share it: in the database, or where CACHE_URL says.
CACHES = {
    "default": {
        "OPTIONS": {"MAX_ENTRIES": 20_000},
        **env.cache_url(
            "CACHE_URL", default="locmemcache://" if TESTING else "dbcache://review_cache"
        ),
    }
}

AUTH_USER_MODEL = "programmes.User"
AUTHENTICATION_BACKENDS = ["programmes.accounts.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "programmes.accounts.Adapter"
ACCOUNT_FORMS = {
    "login": "programmes.forms.SignInForm",
    "change_password": "programmes.forms.PasswordChangeForm",
    "set_password": "programmes.forms.FirstPasswordForm",
    "reset_password": "programmes.forms.ForgottenPasswordForm",
    "reset_password_from_key": "programmes.forms.PasswordFromMailForm",
    "request_login_code": "programmes.step_forms.MailMeForm",
    "confirm_login_code": "programmes.step_forms.MailedCodeForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = MAILED_CODE_SECONDS = 60 * 15
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = MAILED_CODE_TRIES = 5
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
WRITE_LIMIT = env.int("WRITE_LIMIT", default=0 if TESTING else 120)
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "100/m/ip,10/5m/key",
    "reset_password": "100/m/ip,5/m/key",
    "request_login_code": "100/m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "mailed_code": "5/5m/user",
    "token_failed": "100/m/ip",
    "write": f"{WRITE_LIMIT}/m/user" if WRITE_LIMIT else None,
}
MFA_ADAPTER = "programmes.accounts.StepAdapter"
MFA_FORMS = {
    "authenticate": "programmes.step_forms.SecondStepForm",
    "activate_totp": "programmes.step_forms.AppForm",
    "add_webauthn": "programmes.passkeys.PasskeyForm",
    "authenticate_webauthn": "programmes.passkeys.SecondStepPasskeyForm",
    "login_webauthn": "programmes.passkeys.SignInPasskeyForm",
    "reauthenticate_webauthn": "programmes.passkeys.ProvingPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "WIEGO Review"
# Accounts are by invitation: whoever is in has had a mail at this address.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
# The roles that set up a second step before anything else.
SECOND_STEP_REQUIRED = env.list(
    "SECOND_STEP_REQUIRED", default=[] if LOCAL else ["coordinator", "administrator"]
)
SESSION_COOKIE_AGE = 60 * 60 * 24 * 90
BOARD_OPEN_SECONDS = 600
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24 * 7

LANGUAGES = [("en", "English"), ("es", "Español"), ("fr", "Français"), ("pt", "Português")]
LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
FORMAT_MODULE_PATH = ["wiego_review.formats"]

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(VAR_DIR / "media")))
# A form holds one file at most, and of that no more is kept than may be.
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_HANDLERS = [
    "wiego_review.common.files.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
# Each client of a test would read the whole folder again at its first request.
WHITENOISE_AUTOREFRESH = TESTING

vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_TIMEOUT = 10
# Every mail goes by way of ours, which keeps what cannot go out, and hands the rest on to this.
MAIL_CARRIER = vars()["EMAIL_BACKEND"]
if DEMO:
    MAIL_CARRIER = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_BACKEND = "programmes.mail.Backend"
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="WIEGO Review <review@localhost>")

PROXY_COUNT = env.int("PROXY_COUNT", default=0)
SECURE = SITE_URL.startswith("https://")
if PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = PROXY_COUNT
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["wiego_review.common.parsers.StrictJSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "programmes.accounts.TokenAuthentication",
        "programmes.accounts.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_THROTTLE_CLASSES": ["wiego_review.common.limits.WriteThrottle"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "wiego_review.common.api.answer_error",
    "DEFAULT_METADATA_CLASS": None,
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
KNOX_TOKEN_MODEL = "programmes.AccessToken"
REST_KNOX = {"AUTH_HEADER_PREFIX": "Token"}
SPECTACULAR_SETTINGS = {
    "TITLE": "WIEGO Review",
    "DESCRIPTION": _("Reviews, retreats, follow-ups and decisions."),
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": ["wiego_review.common.schema.strictly"],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
}
SILENCED_SYSTEM_CHECKS = []
