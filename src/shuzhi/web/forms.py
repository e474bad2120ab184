"""Forms of the shell."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _


class LoginForm(AuthenticationForm):
    """User name and password; a wrong pair never says which of the two was wrong."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.error_messages = {
            "invalid_login": _("用户名或密码不对。请检查大小写后再试。"),
            "inactive": _("这个账号已停用，请联系系统管理员。"),
        }


class PasswordForm(PasswordChangeForm):
    """The old password, and twice a new one; an initial password counts as changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = _(
            "至少 10 位，不要用姓名、用户名、常见密码或全是数字。"
        )
        self.fields["new_password2"].help_text = ""

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 (Django's signature)
        self.user.must_change = False
        return super().save(commit)
