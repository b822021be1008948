import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wiego_review.settings")

application = get_wsgi_application()

# What is loaded by now stays. A long list is made of a million short-lived tuples, and looking
# for dead circles every 700 of them takes a quarter of the time.
gc.freeze()
gc.set_threshold(50_000, 20, 50)
