"""All that touches a record, on REST: a part of the viewsets of the nouns something touches."""

from rest_framework.decorators import action

from .touch_rows import listing_of


class Everything:
    """With the list of all that touches a record, from every floor, in time order."""

    @action(detail=True, methods=["get"], url_path="all")
    def everything(self, request, key):
        """All that touches one record, from every floor, in time order."""
        return self.answer_list(listing_of(self.listing, self.find(key)))
