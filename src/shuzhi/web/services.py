"""Log-in, log-out and password: verbs, because each leaves a trace."""

from django.contrib import auth
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor, actor_for
from shuzhi.kernel.audit import EventKind, record
from shuzhi.kernel.models import Account
from shuzhi.kernel.writes import verb

from .forms import PasswordForm

EVENTS = (
    EventKind("account.logged_in", _("登录")),
    EventKind("account.logged_out", _("退出登录")),
    EventKind("account.locked_out", _("多次输错密码，暂停登录")),
    EventKind("account.password_changed", _("修改密码")),
)


@verb
def log_in(request: HttpRequest, account: Account) -> None:
    """Open a session for an account that has proved its password."""
    auth.login(request, account)
    record("account.logged_in", account, actor=actor_for(account))


@verb
def log_out(request: HttpRequest, *, actor: Actor) -> None:
    """Close the session: its row is deleted, so that a copied cookie is worth nothing."""
    if request.user.is_authenticated:
        record("account.logged_out", request.user, actor=actor)
    auth.logout(request)


@verb
def change_password(request: HttpRequest, form: PasswordForm, *, actor: Actor) -> None:
    """Store the new password; every other session of the account ends with the old one."""
    account = form.save()
    auth.update_session_auth_hash(request, account)
    record("account.password_changed", account, actor=actor)


@verb
def note_lockout(username: str) -> None:
    """Record that somebody guessed at an account's password; unknown names leave no trace."""
    if account := Account.objects.filter(username=username).first():
        nobody = Actor(account_id=None, name="")
        record("account.locked_out", account, actor=nobody)
