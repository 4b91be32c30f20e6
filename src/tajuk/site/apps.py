"""Django's door to `site`."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The department's tables, templates and receivers."""

    name = "tajuk.site"
    label = "site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes Wagtail fit the desk's security policy; gives the desk its previews and its till, and tells the newsstand
        what the press has not had yet.
        """
        from tajuk.accounts import personal_data
        from tajuk.outbox.actions import LISTENERS
        from tajuk.site.desk_till import register_till
        from tajuk.site.desk_uses import read_uses_by_the_page
        from tajuk.site.inline_scripts import take_scripts_out_of_choosers
        from tajuk.site.mail import forget_mail
        from tajuk.site.press_room import store
        from tajuk.site.previews import register_previews

        take_scripts_out_of_choosers()
        read_uses_by_the_page()
        register_previews()
        register_till()
        LISTENERS.append(store)
        personal_data.register(self.label, erases=forget_mail)
