"""Two leaders sign at the same moment, on whichever database runs."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from shuzhi.appraisal.enums import ReviewState
from shuzhi.appraisal.models import Review
from shuzhi.bulletins import services
from shuzhi.bulletins.enums import BulletinState
from shuzhi.bulletins.models import Bulletin
from shuzhi.kernel.errors import StateError
from shuzhi.kernel.models import NumberSeries
from tests.appraisal.sample import SCHEME_TEXT
from tests.cast import YEAR, Cast, build_cast

pytestmark = pytest.mark.django_db(transaction=True)


def checked_bulletin(cast: Cast) -> Bulletin:
    """Return a bulletin, drafted and checked, on a published review without a poll."""
    review = Review.objects.create(
        unit=cast.town,
        year=YEAR,
        title="述职评议",
        state=ReviewState.PUBLISHED,
        scheme_text=SCHEME_TEXT,
    )
    bulletin = services.begin_bulletin(review, actor=cast.actor("commissioner"))
    services.offer_bulletin(bulletin, actor=cast.actor("commissioner"))
    return services.check_bulletin(bulletin, actor=cast.actor("organiser"))


def test_two_people_issuing_at_once_get_one_number() -> None:
    cast = build_cast()
    bulletin = checked_bulletin(cast)
    actors = [cast.actor("leader"), cast.actor("county_leader")]
    start = Barrier(len(actors))

    def issue(number: int) -> str:
        own = Bulletin.objects.select_related("review").get(pk=bulletin.pk)
        start.wait(10)
        try:
            services.issue_bulletin(own, actor=actors[number])
        except StateError as refused:
            return str(refused.message)
        finally:
            connection.close()
        return "issued"

    with ThreadPoolExecutor(len(actors)) as pool:
        told = sorted(pool.map(issue, range(len(actors))))
    assert told[0] == "issued"
    assert "刷新" in told[1]
    bulletin.refresh_from_db()
    assert (bulletin.state, bulletin.number) == (BulletinState.ISSUED, 1)
    assert NumberSeries.objects.get(series__startswith="bulletin").last == 1
