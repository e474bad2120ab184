"""Series of numbers that people cite; each counts by year and leaves no gap."""

from django.db import models


class NumberSeries(models.Model):
    """The last number taken from a series ("town-notice") in a year."""

    series = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("series", "year"), name="kernel_series_year"),
        )

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"
