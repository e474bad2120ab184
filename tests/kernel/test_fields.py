"""A JSON value comes back as it was written, keys in their order, on every database."""

import json
from typing import Any

import pytest

from shuzhi.kernel.models import Job

pytestmark = pytest.mark.django_db

MARKS = {"好": 100, "较好": 85, "一般": 70, "差": 50, "rows": [{"b": None, "a": "“引号”\n"}]}


def kept(facts: Any) -> Any:
    return Job.objects.get(pk=Job.objects.create(facts=facts).pk).facts


def test_the_order_of_keys_survives() -> None:
    assert json.dumps(kept(MARKS)) == json.dumps(MARKS)


def test_an_update_of_many_rows_keeps_it_too() -> None:
    job = Job.objects.create()
    job.facts = MARKS
    Job.objects.bulk_update([job], ["facts"])
    job.refresh_from_db()
    assert list(job.facts) == list(MARKS)


@pytest.mark.parametrize("value", [{}, [], "好", 0, True])
def test_any_value_comes_back(value: Any) -> None:
    assert kept(value) == value
