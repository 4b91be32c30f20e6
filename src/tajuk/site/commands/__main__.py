"""`python -m tajuk.site.commands`, for processes that start each other."""

import sys

from tajuk.site.commands import main

sys.exit(main())
