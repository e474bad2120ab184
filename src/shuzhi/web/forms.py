"""Forms of the shell."""

from typing import Any

from django.contrib.auth.forms import PasswordChangeForm


class PasswordForm(PasswordChangeForm):
    """The old password, and twice a new one; an initial password counts as changed."""

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 (Django's signature)
        self.user.must_change = False
        return super().save(commit)
