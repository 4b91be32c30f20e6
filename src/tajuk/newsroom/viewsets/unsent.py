"""“Bring back”: the form as its editor left it, with nothing saved."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm


class BringsBack:
    """For Wagtail's views of a form: shows it with the fields it is sent, as after an error, but saves nothing.

    Wagtail itself turns the fields into a form again, body and rows included, so there is no second way to do that
    in the browser.
    """

    request: HttpRequest
    form: Any

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Saves, unless it is asked to bring back."""
        if "unsent-bring-back" not in request.POST:
            response: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]
            return response
        self.form = self.get_form()  # type: ignore[attr-defined]
        if isinstance(self.form, WagtailAdminModelForm):
            # What is still missing is said when it is published, as in any draft.
            self.form.defer_required_fields()
        self.form.is_valid()
        messages.info(
            request,
            gettext(
                "This is the text you had typed. It is in the form again, but not published: look through it and save."
            ),
        )
        shown: HttpResponse = self.render_to_response(self.get_context_data())  # type: ignore[attr-defined]
        return shown


def standing(request: HttpRequest) -> JsonResponse:
    """Who is signed in, and the token that forms need since they signed in again."""
    return JsonResponse({"user": request.user.pk, "token": get_token(request)})
