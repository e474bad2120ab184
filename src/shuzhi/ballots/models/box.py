"""Slips and the box. Their keys are random, so that no order of rows tells who came when."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from shuzhi.ballots.enums import SlipState

from .poll import Poll


def random_key() -> int:
    """Return a random primary key.

    On SQLite it is the row's physical key as well: a plain autoincrement, or a text key with
    its hidden row number, would keep the order of arrival.
    """
    return secrets.randbelow(2**62) + 1


class Slip(models.Model):
    """A one-time code handed out by category: only its keyed hash, no person and no time.

    `used_hash` (of the phone's nonce) lets a repeated request find its receipt; it has the same
    length before and after use, and is cleared on sealing.
    """

    id = models.BigAutoField(primary_key=True, default=random_key)
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="slips")
    category = models.CharField(max_length=40)
    code_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=SlipState, default=SlipState.UNUSED)
    used_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("测评票")
        constraints = (
            models.UniqueConstraint(fields=("poll", "code_hash"), name="ballots_slip_code"),
            models.CheckConstraint(
                condition=models.Q(state__in=SlipState.values), name="ballots_slip_state"
            ),
        )

    def __str__(self) -> str:
        return f"{self.category} {self.get_state_display()}"


class BoxEntry(models.Model):
    """A ballot in the closed box: ciphertext of one fixed length, and nothing else.

    Without a database constraint on the poll: its check would make each ballot wait for whoever
    holds the poll's row, and closing, which waits for ballots, would deadlock with them.
    """

    id = models.BigAutoField(primary_key=True, default=random_key)
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="+", db_constraint=False)
    ciphertext = models.BinaryField()

    def __str__(self) -> str:
        return "▪"
