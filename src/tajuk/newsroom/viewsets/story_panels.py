"""The edit form of a story: tabs and fields in the order in which editors work."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.widgets import AdminDateTimeInput

from tajuk.newsroom.forms.story import StoryForm
from tajuk.newsroom.viewsets.story_chooser import OtherEditionChooser


def edit_handler() -> TabbedInterface:
    """The whole form. A one-language paper chooses no language and links no translation."""
    return TabbedInterface(
        [
            ObjectList(_text(), heading=_("Text")),
            ObjectList(_topics_and_sources(), heading=_("Topics and sources")),
            ObjectList(_publishing(), heading=_("Publishing")),
            ObjectList(_social(), heading=_("Social")),
        ],
        base_form_class=StoryForm,
    )


def _text() -> list[Panel]:
    section = FieldPanel("section", widget=forms.Select)
    language = FieldPanel("language", widget=forms.Select)
    return [
        FieldRowPanel([language, section]),
        FieldPanel("kicker"),
        FieldPanel("headline", classname="title"),
        FieldPanel("standfirst"),
        FieldPanel("dateline"),
        MultipleChooserPanel(
            "bylines", chooser_field_name="person", heading=_("Byline"), label=_("Person"),
            panels=[FieldPanel("person")],
        ),
        MultiFieldPanel(
            [FieldPanel("lead_picture"), FieldPanel("lead_caption")], heading=_("Lead picture")
        ),
        FieldPanel("body"),
    ]  # fmt: skip


def _topics_and_sources() -> list[Panel]:
    panels = [
        MultipleChooserPanel(
            "topics", chooser_field_name="topic", heading=_("Topics"), label=_("Topic"),
            panels=[FieldPanel("topic")],
        ),
        InlinePanel(
            "sources", heading=_("Sources"), label=_("Source"),
            help_text=_("“As quoted from …”, under the text."),
            panels=[
                FieldRowPanel([FieldPanel("agency"), FieldPanel("medium")]),
                FieldRowPanel([FieldPanel("quoted_on"), FieldPanel("url")]),
            ],
        ),
        InlinePanel(
            "other_sections", heading=_("Also listed in"), label=pgettext_lazy("of the paper", "Section"),
            panels=[FieldPanel("section", widget=forms.Select)],
        ),
    ]  # fmt: skip
    if settings.PAPER.second_language:
        panels.append(FieldPanel("translation_of", widget=OtherEditionChooser))
    return panels


def _publishing() -> list[Panel]:
    return [
        FieldPanel("access", widget=forms.RadioSelect),
        MultiFieldPanel(
            [
                HelpPanel(
                    content=_(
                        "While an embargo runs, publishing schedules the story for the moment it lifts "
                        "(or for the schedule, if that is later)."
                    )
                ),
                FieldPanel("embargo_until", widget=AdminDateTimeInput),
                FieldPanel("embargo_note"),
            ],
            heading=_("Embargo"),
        ),
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("published_at")], heading=_("Address and date")
        ),
        PublishingPanel(),
    ]


def _social() -> list[Panel]:
    return [FieldPanel("social_headline"), FieldPanel("social_picture")]
