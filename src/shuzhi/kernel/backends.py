"""Who may log in: an enabled account whose time has not run out."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils import timezone

from .models import Account


def in_force(account: Account) -> bool:
    """Tell whether the account may be used now."""
    over = account.expires_at is not None and account.expires_at <= timezone.now()
    return account.is_active and not over


class AccountBackend(BaseBackend):
    """User name and password; permissions never come from here."""

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002 (django-axes reads it)
        username: str | None = None,
        password: str | None = None,
        **_credentials: Any,
    ) -> Account | None:
        """Return the account, taking as long for an unknown name as for a wrong password."""
        account = Account.objects.filter(username=username or "").first()
        if account is None:
            make_password(password)
            return None
        return account if account.check_password(password or "") and in_force(account) else None

    def get_user(self, user_id: int) -> Account | None:
        account = Account.objects.filter(pk=user_id).first()
        return account if account and in_force(account) else None
