"""Verbs on accounts: a person's own, and short-lived ones for tellers and the desk."""

from datetime import datetime, timedelta
from typing import NamedTuple

from axes.utils import reset
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.fields import random_id
from shuzhi.kernel.models import Account
from shuzhi.kernel.writes import verb
from shuzhi.registry.enums import Role
from shuzhi.registry.models import Appointment, Person, RoleGrant, Unit
from shuzhi.registry.policy import TEMPORARY_DAYS, TEMPORARY_ROLES


class Opened(NamedTuple):
    """A new account with its one-time password, which is shown once and stored nowhere."""

    account: Account
    password: str


def _one_time_password() -> str:
    return "-".join(random_id(4) for _part in range(3))


def _free_username(unit: Unit) -> str:
    """Return "<unit's code>-<n>" with the next free n: short, typed without a Chinese keyboard."""
    prefix = f"{unit.code.lower()}-"
    taken = set(
        Account.objects.filter(username__startswith=prefix).values_list("username", flat=True)
    )
    return next(name for n in range(1, len(taken) + 2) if (name := f"{prefix}{n:02}") not in taken)


@verb
def create_account_for(*, actor: Actor, person: Person, username: str = "") -> Opened:
    """Open an account for `person` with a one-time password that must be changed at first use."""
    require(actor, Permission.ACCOUNT_MANAGE, person)
    Person.objects.select_for_update().get(pk=person.pk)
    if person.account_id:
        raise RefusedError(_("%(name)s 已有账号。") % {"name": person.name})
    username = username.strip() or _free_username(person.home)
    if Account.objects.filter(username=username).exists():
        raise RefusedError(_("用户名“%(username)s”已被使用。") % {"username": username})
    password = _one_time_password()
    account = Account.objects.create_account(username, person.name, password)
    person.account = account
    person.save(update_fields=["account"])
    facts = {"person": person.name, "username": username}
    record("registry.account_created", account, actor=actor, after=facts)
    return Opened(account, password)


@verb
def reset_password(*, actor: Actor, person: Person) -> Opened:
    """Replace a forgotten password by a new one-time password, which is good at once.

    A lock-out after too many wrong ones ends with the old password.
    """
    require(actor, Permission.ACCOUNT_MANAGE, person)
    if person.account is None:
        raise RefusedError(_("%(name)s 还没有账号。") % {"name": person.name})
    account, password = person.account, _one_time_password()
    account.set_password(password)
    account.must_change = account.is_active = True
    account.save(update_fields=["password", "must_change", "is_active"])
    reset(username=account.username)
    record("registry.password_reset", account, actor=actor, after={"person": person.name})
    return Opened(account, password)


@verb
def disable_account(*, actor: Actor, person: Person) -> None:
    """Stop an account from logging in; a new one-time password starts it again."""
    require(actor, Permission.ACCOUNT_MANAGE, person)
    if person.account is None:
        raise RefusedError(_("%(name)s 还没有账号。") % {"name": person.name})
    if person.pk == actor.person_id:
        raise RefusedError(_("不能停用自己的账号。"))
    person.account.is_active = False
    person.account.save(update_fields=["is_active"])
    record("registry.account_disabled", person.account, actor=actor, after={"person": person.name})


@verb
def create_temporary_account(
    *, actor: Actor, name: str, role: str, unit: Unit, until: datetime
) -> Opened:
    """Open an account that ends by itself, for tellers and the desk of one meeting.

    `until` is a moment at most 31 days away. Whoever prepares the meeting may open it; no other
    role can be had this way.
    """
    require(actor, Permission.GATHERING_PREPARE, unit)
    now = timezone.now()
    if Role(role) not in TEMPORARY_ROLES:
        raise RefusedError(_("临时账号只能用于计票员和会务。"))
    if not now < until <= now + timedelta(days=TEMPORARY_DAYS):
        raise RefusedError(
            _("临时账号的有效期须在今后 %(days)d 天以内。") % {"days": TEMPORARY_DAYS}
        )
    opened = _open_temporary(name, Role(role), unit, until)
    facts = {"person": name, "role": role, "unit": unit.code, "until": until.isoformat()}
    record("registry.temporary_account", opened.account, actor=actor, after=facts)
    return opened


@verb
def end_temporary_accounts(*, actor: Actor, unit: Unit, role: Role) -> int:
    """End the temporary accounts with `role` in the unit: what they were opened for is over."""
    require(actor, Permission.GATHERING_PREPARE, unit)
    posts = Appointment.objects.filter(unit=unit, person__temporary=True, grants__role=role)
    going = Account.objects.filter(
        pk__in=posts.values("person__account"), expires_at__gt=timezone.now()
    )
    if count := going.update(expires_at=timezone.now()):
        facts = {"role": role, "count": count}
        record("registry.temporary_ended", unit, actor=actor, after=facts)
    return count


def _open_temporary(name: str, role: Role, unit: Unit, until: datetime) -> Opened:
    password = _one_time_password()
    account = Account.objects.create_account(
        _free_username(unit), name, password, must_change=False
    )
    account.expires_at = until
    account.save(update_fields=["expires_at"])
    person = Person(name=name, home=unit, account=account, temporary=True)
    person.place_by_strokes()
    person.save()
    dates = {"since": timezone.localdate(), "until": timezone.localdate(until)}
    post = Appointment.objects.create(person=person, unit=unit, post=str(role.label), **dates)
    RoleGrant.objects.create(appointment=post, role=role, **dates)
    return Opened(account, password)
