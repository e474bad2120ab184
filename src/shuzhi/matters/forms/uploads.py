"""Files of a fact: checked one by one by their content, limits said before anything is sent."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.uploads import MIB, Received, check_upload, too_large
from shuzhi.matters.facts import KINDS
from shuzhi.matters.schema import Fact, FactType

FILE_LIMIT = 20 * MIB  # one file, as the kernel keeps it
FORM_LIMIT = 60 * MIB  # all that is sent at once
SUFFIXES = ".docx,.xlsx,.pdf,.jpg,.jpeg,.png"
PICTURES = "image/jpeg,image/png"


class FilesInput(forms.FileInput):
    """The camera where there is one, and files from the device."""

    template_name = "matters/_files.html"
    allow_multiple_selected = True

    def __init__(self, *, most: int, pictures: bool) -> None:
        super().__init__()
        self.most, self.pictures = most, pictures

    def value_from_datadict(self, _data: Any, files: Any, name: str) -> Any:
        found = files.getlist(name) if hasattr(files, "getlist") else files.get(name, [])
        return [file for file in found if file]

    def use_required_attribute(self, _initial: Any) -> bool:
        return False  # the camera or the files, either will do

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        found = super().get_context(name, value, attrs)
        found["widget"] |= {
            "accept": PICTURES if self.pictures else SUFFIXES,
            "camera": PICTURES,
            "most": self.most,
            "limit": FILE_LIMIT // MIB,
            "total": FORM_LIMIT // MIB,
        }
        return found


class FilesField(forms.Field):
    """Several files; gives uploads that have passed their checks."""

    def __init__(self, fact: Fact, **options: Any) -> None:
        widget = FilesInput(most=fact.most, pictures=fact.type is FactType.PHOTO)
        super().__init__(widget=widget, **options)
        self.fact = fact

    def clean(self, value: Any) -> list[Received]:
        if self.required and not value:
            raise forms.ValidationError(_("请拍照或选择文件。"))
        return [self._received(file) for file in value or ()]

    def _received(self, file: Any) -> Received:
        if file.size > FILE_LIMIT:
            raise forms.ValidationError(
                _("%(name)s：%(said)s") % {"name": file.name, "said": too_large(FILE_LIMIT)}
            )
        try:
            return check_upload(file.name, file.read(), *KINDS[self.fact.type])
        except RefusedError as error:
            raise forms.ValidationError(str(error.message)) from error
