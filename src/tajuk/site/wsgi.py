"""Django's WSGI application: the desk, and what the newsstand doesn't answer by itself."""

from pathlib import Path

from django.core.wsgi import get_wsgi_application

from tajuk.site.commands.newspaper import wake_django
from tajuk.terms.paper import find_folder, read_paper

wake_django(read_paper(find_folder(Path.cwd())))
application = get_wsgi_application()
