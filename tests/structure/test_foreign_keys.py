"""Foreign keys point down and leave no name behind in the room they point at."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Field, Model

from tests.structure.rooms import HEIGHT, below


def _relations() -> Iterator[tuple[type[Model], Field, type[Model]]]:
    """Yield (model, field, target) for every relation that a room of ours declares."""
    for model in apps.get_models():
        if model._meta.app_label not in HEIGHT:
            continue
        for field in (*model._meta.fields, *model._meta.many_to_many):
            target = field.related_model
            if field.is_relation and isinstance(target, type) and issubclass(target, Model):
                yield model, field, target


def _complaint(room: str, target: str, related_name: str) -> str:
    """Return what is wrong with a relation between two rooms, or nothing."""
    if target not in HEIGHT or room == target:
        return ""
    if not below(target, room):
        return f"points up to {target}"
    return "" if related_name == "+" else 'needs related_name="+"'


def test_the_rule_itself() -> None:
    assert _complaint("registry", "appraisal", "+")
    assert _complaint("appraisal", "registry", "reviews")
    assert not _complaint("appraisal", "registry", "+")
    assert not _complaint("registry", "registry", "children")


def test_relations_between_rooms() -> None:
    found = list(_relations())
    assert found
    wrong = []
    for model, field, target in found:
        name = field.remote_field.related_name or ""
        name = "+" if name.endswith("+") else name  # Django numbers hidden names of many-to-many
        if complaint := _complaint(model._meta.app_label, target._meta.app_label, name):
            wrong.append(f"{model._meta.label}.{field.name} {complaint}")
    assert not wrong, "\n".join(wrong)
