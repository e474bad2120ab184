"""How a poll's short id stands in addresses: capitals and digits, unlike any word of ours."""

from django.urls.converters import StringConverter


class PublicIdConverter(StringConverter):
    """Path converter for public ids."""

    regex = "[2-9A-Z]{6,16}"
