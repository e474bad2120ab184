"""An account: a way to log in, apart from the person whom the registry knows."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.fields import PublicIdField


class AccountManager(BaseUserManager["Account"]):
    """Creates accounts with a hashed password, or with none (log-in impossible)."""

    def create_account(
        self, username: str, name: str, password: str | None = None, *, must_change: bool = True
    ) -> "Account":
        account = self.model(username=username, name=name, must_change=must_change)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A user name and a password; what it may do follows from grants, never from the account."""

    public_id = PublicIdField()
    username = models.CharField(_("用户名"), max_length=40, unique=True)
    name = models.CharField(_("显示姓名"), max_length=60)
    is_active = models.BooleanField(_("启用"), default=True)
    must_change = models.BooleanField(_("须修改初始密码"), default=True)
    expires_at = models.DateTimeField(_("有效期至"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = AccountManager()

    class Meta:
        verbose_name = _("账号")
        ordering = ("username",)

    def __str__(self) -> str:
        return self.name
