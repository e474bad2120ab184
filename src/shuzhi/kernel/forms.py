"""How forms look everywhere: one renderer, so that `{{ form }}` is a finished form."""

from typing import Any

from django.forms import BoundField, CheckboxInput, Select, Widget
from django.forms.renderers import TemplatesSetting


def _style(widget: Widget) -> str:
    if isinstance(widget, CheckboxInput):
        return "form-check-input"
    kind = getattr(widget, "input_type", "")
    if kind in {"radio", "checkbox", "hidden"}:
        return ""
    return "form-select" if isinstance(widget, Select) else "form-control"


class StyledField(BoundField):
    """A field whose control carries the layout's class."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> Any:
        """Add the class that fits the widget to what Django sets for accessibility."""
        found = super().build_widget_attrs(attrs, widget)
        own = widget or self.field.widget
        if style := _style(own):
            found["class"] = f"{own.attrs.get('class', '')} {style}".strip()
        return found


class FormRenderer(TemplatesSetting):
    """The layout's templates for forms and fields."""

    form_template_name = "kernel/_form.html"
    field_template_name = "kernel/_field.html"
    bound_field_class = StyledField
