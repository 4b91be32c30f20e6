"""Giving a group its roles, in Wagtail's page of a group."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.models import Group
from django.template.loader import render_to_string
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tajuk.newsroom.forms.sections import section_choices
from tajuk.newsroom.models import Section, SectionRole

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[SectionRole]
    _FormSet = forms.BaseInlineFormSet[SectionRole, Group, "RoleForm"]
else:
    _ModelForm, _FormSet = forms.ModelForm, forms.BaseInlineFormSet


class RoleForm(_ModelForm):
    """A role in one section, or in the whole paper."""

    section = forms.ModelChoiceField(
        Section.objects.all(),
        label=pgettext_lazy("of the paper", "Section"),
        required=False,
        empty_label=_("The whole paper"),
    )

    class Meta:
        model = SectionRole
        fields = ("section", "role")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole_paper = str(_("The whole paper"))
        field = self.fields["section"]
        assert isinstance(field, forms.ModelChoiceField)
        field.choices = [("", whole_paper), *section_choices(None)]


class BaseRoleFormSet(_FormSet):
    """The roles of a group: what Wagtail asks of a panel on that page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", "section_roles")
        super().__init__(*args, **kwargs)

    def clean(self) -> None:
        """Refuses two roles in one section: the higher one would hide the other."""
        super().clean()
        seen: set[int | None] = set()
        for form in self.forms:
            given = getattr(form, "cleaned_data", {})
            if not given.get("role") or given.get("DELETE"):
                continue
            section = given.get("section")
            key = None if section is None else section.pk
            if key in seen:
                form.add_error(
                    "section", gettext("This group has a role here already: change that one.")
                )
            seen.add(key)

    def as_admin_panel(self) -> str:
        """The table of roles, as Wagtail's page of a group shows it."""
        return render_to_string("newsroom/desk/group_roles.html", {"formset": self})


GroupRoles = forms.inlineformset_factory(
    Group, SectionRole, form=RoleForm, formset=BaseRoleFormSet, extra=2, can_delete=True
)
