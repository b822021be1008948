"""What the documents do not agree on, what was understood, and the documents, in the admin."""

from django.contrib import admin

from .admin import BY_NAME, RecordAdmin
from .models import Contradiction, SourceDocument, Understanding


@admin.register(Contradiction)
class ContradictionAdmin(RecordAdmin):
    listing = BY_NAME["contradictions"]
    columns = ("title", "said_as", "kind", "documents")
    fields = ("kind", "text")
    page_name = "contradictions-detail"


@admin.register(Understanding)
class UnderstandingAdmin(RecordAdmin):
    """Answered on its own page."""

    listing = BY_NAME["understood"]
    columns = ("title", "answer", "answered_by")
    fields = ("text", "answer", "answered_by", "answered_at")
    page_name = "understood-detail"


@admin.register(SourceDocument)
class SourceDocumentAdmin(RecordAdmin):
    listing = BY_NAME["documents"]
    columns = ("title", "dated_on", "attached")
    fields = ("title", "dated_on")
    page_name = "documents-detail"
