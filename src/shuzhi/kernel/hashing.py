"""How passwords are hashed: Argon2id as OWASP recommends for a small server.

Django's own setting takes 100 MB a log-in, which a laptop in a hall cannot spare.
"""

from django.contrib.auth.hashers import Argon2PasswordHasher


class PasswordHasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet)."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
