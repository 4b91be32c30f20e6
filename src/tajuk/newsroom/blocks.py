"""The blocks of a story's body. How readers see them is the press's (`press/templates/dress/blocks/`)."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ListBlock,
    RichTextBlock,
    StaticBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
    URLBlock,
)
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

_INLINE = ["bold", "italic", "link", "story-link", "superscript", "subscript"]


class QuotationBlock(StructBlock):
    """Somebody's words, and who said them."""

    text = TextBlock(label=_("Words"), rows=3)
    speaker = CharBlock(label=_("Speaker"), required=False, max_length=160)
    role = CharBlock(label=_("Role"), required=False, max_length=160)

    class Meta:
        icon = "openquote"
        label = _("Quotation")


class PictureBlock(StructBlock):
    """A picture in the text; an empty caption means the picture's own."""

    picture = ImageChooserBlock(label=_("Picture"))
    caption = CharBlock(label=_("Caption"), required=False, max_length=400)

    class Meta:
        icon = "image"
        label = _("Picture")


class GalleryBlock(StructBlock):
    """Several pictures, one after another."""

    headline = CharBlock(label=_("Headline"), required=False, max_length=160)
    pictures = ListBlock(PictureBlock(), label=_("Pictures"), min_num=2, max_num=40)

    class Meta:
        icon = "image"
        label = _("Gallery")


class EmbedBlock(StructBlock):
    """Something of another site's, loaded only when the reader asks for it."""

    url = URLBlock(label=_("Address"))
    title = CharBlock(
        label=_("What it is"), max_length=160, help_text=_("Stands on the button that loads it.")
    )

    class Meta:
        icon = "media"
        label = _("Embed")


class RelatedStoryBlock(StructBlock):
    """A link to another story, as a line of its own."""

    story = SnippetChooserBlock("newsroom.Story", label=_("Story"))

    class Meta:
        icon = "doc-full"
        label = _("Related story")


class TableBlock(StructBlock):
    """A table with a caption."""

    caption = CharBlock(label=_("Caption"), required=False, max_length=200)
    table = TypedTableBlock([("text", CharBlock(required=False, max_length=400))], label=_("Table"))

    class Meta:
        icon = "table"
        label = _("Table")


class BoxBlock(StructBlock):
    """A highlighted box: facts, an explanation, a list of dates."""

    headline = CharBlock(label=_("Headline"), required=False, max_length=160)
    text = RichTextBlock(label=_("Text"), features=[*_INLINE, "ul", "ol"])

    class Meta:
        icon = "info-circle"
        label = _("Box")


class PreviewEndBlock(StaticBlock):
    """Where the part ends that anybody may read of a gated story."""

    class Meta:
        icon = "lock"
        label = _("End of the preview")
        admin_text = _(
            "Of a gated story, everybody reads the text above this line: not its pictures, tables, boxes and embeds. "
            "Without such a line, the first two paragraphs. In a free story it means nothing."
        )


class BodyBlock(StreamBlock):
    """A story's body."""

    paragraph = RichTextBlock(label=_("Paragraph"), features=_INLINE, icon="pilcrow")
    heading = CharBlock(label=_("Heading"), icon="title", max_length=160)
    quotation = QuotationBlock()
    picture = PictureBlock()
    gallery = GalleryBlock()
    list = RichTextBlock(label=_("List"), features=["ul", "ol", *_INLINE], icon="list-ul")
    table = TableBlock()
    embed = EmbedBlock()
    related_story = RelatedStoryBlock()
    box = BoxBlock()
    preview_end = PreviewEndBlock()
