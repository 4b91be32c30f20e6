"""Django's door to the newsroom."""

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    """The newsroom."""

    name = "tajuk.newsroom"
    label = "newsroom"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Newsroom"

    def ready(self) -> None:
        """Hands Wagtail the permission policies before it asks for one, and listens to what leaves the site."""
        from wagtail.permissions import register_permission_policy

        from tajuk.newsroom import (
            house_policies,
            house_receivers,  # noqa: F401  importing connects them
            receivers,  # noqa: F401
        )
        from tajuk.newsroom.desk import where_used
        from tajuk.newsroom.models import Story
        from tajuk.newsroom.permissions import POLICY

        register_permission_policy(Story, POLICY)
        house_policies.register()
        where_used.install()
