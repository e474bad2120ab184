"""Build the demo county in one transaction, or tell why not."""

from datetime import date
from random import Random

from django.db import connection
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from shuzhi.appraisal.services.schemes import Source, begin_scheme
from shuzhi.catalogue.services import offer, sync_packs
from shuzhi.kernel.access import SYSTEM
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.models import Account
from shuzhi.kernel.writes import verb
from shuzhi.registry.queries import any_unit, unit_by_code
from shuzhi.registry.services.periods import open_period

from .bulletin import issue_bulletin
from .commitments import take_in_commitments
from .county import COUNTY_NAME, build_tree
from .crew import Crew
from .current import prepare_this_year
from .finished import hold_last_year
from .mended import mend_last_year
from .names import person_names
from .owed import owe_this_year
from .owed_scene import Scene
from .people import build_people

SEED = 4
NEXT_SCHEME = "明年的社区党组织书记考核方案"


def is_demo() -> bool:
    """Tell whether the database holds the demo county."""
    county = unit_by_code("COUNTY")
    return county is not None and county.short_name == COUNTY_NAME


def holds_data() -> bool:
    """Tell whether anything at all has been entered."""
    return any_unit() or Account.objects.exists()


@override("zh-hans")  # what is written down is Chinese, whatever the terminal speaks
@verb
def build_demo(today: date) -> None:
    """Build the county with last year's and this year's work; refuse a database in use."""
    if holds_data():
        raise RefusedError(
            _("数据库里已有数据，示范县只能建在空的数据库里。请另设 SHUZHI_VAR 或 DATABASE_URL。")
        )
    random = Random(SEED)  # noqa: S311 (the same county every time)
    for year in (today.year - 1, today.year):
        open_period(actor=SYSTEM, year=year)
    county, names = build_tree(random), person_names(random)
    build_people(county, names, random, today.year)
    sync_packs()
    for mechanism in ("town-review", "secretary-review-ballot", "secretary-review-meeting"):
        offer(actor=SYSTEM, mechanism=mechanism, unit=county.root)
    crew = Crew()
    last = hold_last_year(county, crew, names, random, today.year - 1)
    issue_bulletin(last, crew)
    begin_scheme(county.town, Source.of_review(last), NEXT_SCHEME, actor=crew.commissioner)
    prepare_this_year(county, crew, names, random, today)
    take_in_commitments(county, random)
    owe_this_year(county, crew, today)
    mend_last_year(last, Scene(county, crew, today))
    _weigh()


def _weigh() -> None:
    """Let PostgreSQL count what came in one go: it plans by what it knew of empty tables."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
