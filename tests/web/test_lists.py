"""Lists cost the same for one row and for thirty: those that no test beside their room counts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from shuzhi.appraisal.models import Figure, Review
from shuzhi.gatherings.models import Gathering
from shuzhi.kernel.models import Job, LogHead
from shuzhi.matters.models import Digest, Matter, MatterParty
from tests.web.access.scene import Scene

pytestmark = pytest.mark.django_db
ROWS = 30
Numbers = Iterable[int]
Row = TypeVar("Row", bound=models.Model)


def copy(row: Row, **changes: Any) -> Row:
    """Return an unsaved copy of a row, under a public id of its own."""
    fields = [field for field in row._meta.concrete_fields if field.name != "public_id"]
    kept = {field.attname: getattr(row, field.attname) for field in fields if field.name != "id"}
    return type(row)(**kept | changes)


def add_reviews(scene: Scene, numbers: Numbers) -> None:
    """Add published reviews of earlier years."""
    row = Review.objects.get(public_id=scene.values["review"])
    Review.objects.bulk_create(
        copy(row, year=1900 + number, poll_id=None, gathering_id=None) for number in numbers
    )


def add_figures(scene: Scene, numbers: Numbers) -> None:
    row = Figure.objects.filter(entrant__review__public_id=scene.values["review"])[0]
    Figure.objects.bulk_create(copy(row, indicator=f"more-{number}") for number in numbers)


def add_gatherings(scene: Scene, numbers: Numbers) -> None:
    row = Gathering.objects.get(public_id=scene.values["gathering"])
    Gathering.objects.bulk_create(copy(row, poll_id=None) for _number in numbers)


def add_heads(_scene: Scene, numbers: Numbers) -> None:
    at = timezone.now()
    LogHead.objects.bulk_create(
        LogHead(size=10_000 + number, root="ab" * 32, signed_at=at, key_id="k", signature="0" * 128)
        for number in numbers
    )


def add_jobs(scene: Scene, numbers: Numbers) -> None:
    row = Job.objects.get(public_id=scene.values["job"])
    Job.objects.bulk_create(copy(row) for _number in numbers)


def add_matters(scene: Scene, numbers: Numbers) -> list[Matter]:
    """Add matters that stand where the scene's stands, with the same parties."""
    row = Matter.objects.get(public_id=scene.values["matter"])
    made = Matter.objects.bulk_create(copy(row, title=f"事项{number}") for number in numbers)
    parties = list(row.parties.all())
    MatterParty.objects.bulk_create(copy(p, matter_id=new.pk) for new in made for p in parties)
    return made


def add_reminders(scene: Scene, numbers: Numbers) -> None:
    """Name more matters in the digest of the day before."""
    digest, _made = Digest.objects.get_or_create(
        person=scene.cast.people["commissioner"],
        day=timezone.localdate() - timedelta(days=1),
        defaults={"lines": {"soon": []}},
    )
    digest.lines["soon"] += [matter.public_id for matter in add_matters(scene, numbers)]
    digest.save()


def add_duties(scene: Scene, numbers: Numbers) -> None:
    """Add matters to deal with, and bulletins to draft for published reviews."""
    add_matters(scene, numbers)
    add_reviews(scene, numbers)


@dataclass(frozen=True)
class List:
    """A page, who reads it, and how it gets longer."""

    name: str
    part: str
    add: Callable[[Scene, Numbers], object]
    rows: int = ROWS

    def url(self, scene: Scene) -> str:
        names = ("review",) if self.name == "appraisal:figure-sources" else ()
        return reverse(self.name, kwargs={name: scene.values[name] for name in names})


LISTS = (
    List("appraisal:list", "commissioner", add_reviews),
    List("appraisal:results-index", "commissioner", add_reviews),
    List("appraisal:figure-sources", "commissioner", add_figures),
    List("bulletins:meetings", "commissioner", add_reviews),
    List("gatherings:list", "commissioner", add_gatherings),
    List("kernel:log", "audit", add_heads),
    List("kernel:jobs", "audit", add_jobs),
    List("matters:digests", "commissioner", add_reminders),
    # Home names twenty matters and counts the rest, which costs a query of its own.
    List("web:home", "commissioner", add_duties, rows=18),
)


def measured(client: Client, url: str) -> tuple[list[str], int]:
    """Return the queries that a page costs, and how long it is."""
    with CaptureQueriesContext(connection) as spent:
        answer = client.get(url)
    assert answer.status_code == 200
    return [query["sql"] for query in spent], len(answer.content)


@pytest.mark.parametrize("page", LISTS, ids=lambda page: page.name)
def test_the_number_of_queries_does_not_grow(scene: Scene, page: List) -> None:
    client, url = Client(), page.url(scene)
    client.force_login(scene.cast.account(page.part), "shuzhi.kernel.backends.AccountBackend")
    page.add(scene, range(1))
    client.get(url)  # the first request of a session renews it
    few, short = measured(client, url)
    page.add(scene, range(1, page.rows))
    many, long = measured(client, url)
    assert long > short
    assert len(many) == len(few), [sql for sql in many if sql not in few][:5]


TABLES = [page for page in LISTS if page.name not in {"matters:digests", "web:home"}]


@pytest.mark.parametrize("page", TABLES, ids=lambda page: page.name)
def test_a_list_is_searched_filtered_sorted_and_taken_away(scene: Scene, page: List) -> None:
    client = Client()
    client.force_login(scene.cast.account(page.part), "shuzhi.kernel.backends.AccountBackend")
    page.add(scene, range(1))
    table = client.get(page.url(scene)).context["listing"].table
    assert table.search
    assert table.filters
    assert table.sortable
    assert client.get(page.url(scene), {"format": "xlsx"}).content[:2] == b"PK"
