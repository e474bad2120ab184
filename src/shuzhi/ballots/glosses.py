"""What the words of a form mean, for a rater who reads another language.

A form is kept, shown and counted in its own words; beside them stand those that have a translation.
"""

from django.utils.translation import gettext, gettext_noop

from .schema import Choices, PollForm

GRADES = (
    gettext_noop("好"),
    gettext_noop("较好"),
    gettext_noop("一般"),
    gettext_noop("差"),
    gettext_noop("优秀"),
    gettext_noop("合格"),
    gettext_noop("不合格"),
    gettext_noop("弃权"),
)


def glosses(form: PollForm) -> list[tuple[str, str]]:
    """Return the form's items and marks that read otherwise in the reader's language."""
    marks = form.scale.values() if isinstance(form.scale, Choices) else []
    words = dict.fromkeys([*(item.title for item in form.items), *marks])
    return [(word, meant) for word in words if (meant := gettext(word)) != word]
