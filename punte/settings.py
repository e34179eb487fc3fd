"""Settings, read from the environment; what is missing gets a safe value for one machine.

Every variable is described in docs/operations.md.
"""

import os
from pathlib import Path

import django_stubs_ext
import environ

from punte import __version__
from punte.secrets import Secrets

# Some classes of Django take the types of what they hold in their stubs only: `TextField[str, str]`, `ModelForm[User]`.
django_stubs_ext.monkeypatch()

ROOT = Path(__file__).resolve().parent.parent
CONTENT = ROOT / "content"
ENVIRONMENT = env = environ.Env()
OWN_CONTENT = Path(env("PUNTE_CONTENT")) if env("PUNTE_CONTENT", default="") else None

# What Punte writes is for its own account on the machine alone.
os.umask(0o077)
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
VAR = Path(env("PUNTE_VAR", default=str(ROOT / "var")))
VAR.mkdir(parents=True, exist_ok=True)
if VAR.stat().st_uid == os.getuid():
    VAR.chmod(0o700)
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'punte.sqlite3'}")}
_ON_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
SECRETS = Secrets.read(
    VAR / "secrets.json",
    environment=env,
    beginning=_ON_SQLITE and not Path(DATABASES["default"]["NAME"]).exists(),
)

VERSION = __version__
DEBUG = env.bool("PUNTE_DEBUG", default=False)
DEMONSTRATION = env.bool("PUNTE_DEMONSTRATION", default=False)
# Whether everybody who works here accepts the promise of confidentiality before anything else.
PROMISE_REQUIRED = env.bool("PUNTE_PROMISE_REQUIRED", default=True)
MFA_REQUIRED = env.bool("PUNTE_MFA_REQUIRED", default=not DEMONSTRATION)
PUBLICATION_THRESHOLD = env.int("PUNTE_PUBLICATION_THRESHOLD", default=5)
HTTPS = env.bool("PUNTE_HTTPS", default=False)
ALLOWED_HOSTS = env.list("PUNTE_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("PUNTE_ORIGINS", default=[])

SECRET_KEY = SECRETS.signing_key
DATA_KEYS = SECRETS.data_keys
BLIND_INDEX_KEY = SECRETS.blind_index_key

SITE_ID = 1
INSTALLED_APPS = [
    "punte.kernel",
    "punte.operations",
    "punte.territory",
    "punte.organizations",
    "punte.accounts",
    "punte.directory",
    "punte.people",
    "punte.assessments",
    "punte.cases",
    "punte.registers",
    "punte.benefits",
    "punte.waiting",
    "punte.gatherings",
    "punte.notifications",
    "punte.protection",
    "punte.emergencies",
    "punte.satisfaction",
    "punte.devices",
    "punte.petitions",
    "punte.publication",
    "punte.fieldwork",
    "punte.annual_plans",
    "punte.statistics",
    "punte.programmes",
    "punte.reports",
    "punte.documents",
    "punte.returns",
    "punte.api",
    "punte.www",
    "punte.www.public",
    "punte.www.townhall",
    "punte.www.office.people",
    "punte.www.office.assessments",
    "punte.www.office.cases",
    "punte.www.office.day",
    "punte.www.office.services",
    "punte.www.office.documents",
    "punte.www.office.registers",
    "punte.www.office.benefits",
    "punte.www.office.timeline",
    "punte.www.office.keeping",
    "punte.www.office.groups",
    "punte.www.office.meetings",
    "punte.www.office.privacy",
    "punte.www.office.devices",
    "punte.www.office.petitions",
    "punte.www.office.notifications",
    "punte.www.office.protection",
    "punte.www.office.emergencies",
    "punte.www.office.publication",
    "punte.www.office.plans",
    "punte.www.office.needs",
    "punte.www.office.programmes",
    "punte.www.office.reports",
    "punte.www.office.returns",
    "punte.www.partner",
    "punte.www.family",
    "punte.www.teren",
    "punte.www.manage",
    "punte.www.manual",
    "punte.demonstration",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "punte.www.frame.middleware.content_security_policy",
    "punte.www.frame.middleware.private",
    "punte.www.frame.plain_text.PlainText",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "punte.www.frame.middleware.language_of_user",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "punte.www.frame.middleware.end_old_session",
    "punte.www.frame.veiled.veiled_search",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "punte.www.frame.middleware.RequireSignIn",
    "punte.www.frame.once.SentOnce",
]

ROOT_URLCONF = "punte.www.urls"
WSGI_APPLICATION = "punte.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", ["punte.www.frame.layout.TemplateLoader"])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "punte.www.frame.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "punte.www.templatetags.punte",
            ],
        },
    }
]

FORM_RENDERER = "punte.www.frame.widgets.Drawn"

# Connections are kept: to open one takes as long as several questions, and what it had read would be read again.
DATABASES["default"]["CONN_MAX_AGE"] = 60
if _ON_SQLITE:
    DATABASES["default"]["ENGINE"] = "punte.kernel.sqlite"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        # More than the pages of a day ask: to read one anew takes as long as to answer it.
        "cached_statements": 512,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            " PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;"
        ),
    }
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
else:
    # Statements are prepared once per connection: of a page's time on PostgreSQL most was planning its queries.
    DATABASES["default"]["OPTIONS"] = {
        "server_side_binding": True,
        "prepare_threshold": 3,
        # To compile a question that is asked once takes longer than to answer it.
        "options": "-c jit=off",
    }
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "punte.accounts.backend.OpenAccounts",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "punte.accounts.passwords.NotOnlyCommonWords"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {
    "login": "punte.www.frame.sign_in.SignInForm",
    "user_token": "punte.www.frame.sign_in.LinkForm",
}
ACCOUNT_ADAPTER = "punte.www.frame.sign_in.ClosedDoorAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Punte"
MFA_ADAPTER = "punte.accounts.second_factor.SecondFactor"
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Wrong passwords are counted by `punte.accounts.sign_in_failures`; this counts the codes of the second step.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key", "login": None}
# Nobody is written to who has no account.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
SOCIALACCOUNT_ADAPTER = "punte.www.frame.sign_in.KnownUsersOnlyAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": env.json("PUNTE_OIDC_APPS", default=[])}}

# Limits and used codes hold over all workers and machines.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
SESSION_ENGINE = "punte.accounts.sessions"
SESSION_COOKIE_NAME = "punte_session"
SESSION_COOKIE_AGE = env.int("PUNTE_SESSION_SECONDS", default=8 * 60 * 60)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE_SECONDS = env.int("PUNTE_IDLE_SECONDS", default=30 * 60)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "punte_csrf"
CSRF_FAILURE_VIEW = "punte.www.frame.refusals.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["punte.www.frame.uploads.InMemory"]


# A basemap behind the points of maps, as a URL of tiles with {z}, {x} and {y}; without one the map draws its own.
TILES_URL = env("PUNTE_TILES_URL", default="")
TILES_ATTRIBUTION = env("PUNTE_TILES_ATTRIBUTION", default="")

LANGUAGE_CODE = "ro"
LANGUAGES = [("ro", "Română"), ("en", "English")]
PUBLIC_LANGUAGES = [*LANGUAGES, ("hu", "Magyar")]
# Pages that speak another language besides, by where their addresses begin.
LANGUAGES_OF_PAGES = {"/primarie/formular/": [("uk", "Українська")]}
LANGUAGE_COOKIE_NAME = "punte_language"
LOCALE_PATHS = [ROOT / "punte" / "methodology" / "locale", ROOT / "punte" / "deadlines" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Bucharest"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "files"},
    },
    "staticfiles": {
        "BACKEND": "punte.www.frame.layout.StaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
EMAIL_CONFIG = env.email_url("PUNTE_EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10
SMS_URL = env("PUNTE_SMS_URL", default="")
SMS_TOKEN = env("PUNTE_SMS_TOKEN", default="")
SMS_FROM = env("PUNTE_SMS_FROM", default="")
DEFAULT_FROM_EMAIL = env("PUNTE_EMAIL_FROM", default="punte@localhost")
# Where residents find the site, for links in mails.
SITE_ADDRESS = env(
    "PUNTE_ADDRESS", default=CSRF_TRUSTED_ORIGINS[0] if CSRF_TRUSTED_ORIGINS else "http://localhost:8000"
).rstrip("/")
# Whole calendar years for which an ended petition keeps what names anybody; 0 for always.
PETITION_YEARS = env.int("PUNTE_PETITION_YEARS", default=0)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
