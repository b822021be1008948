"""Pasted lines as forms to look over: one for the text, one for each draft."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.utils import ErrorDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.forms import NamesField, name_line
from retreats.models import Retreat
from wiego_review.common.dates import Span
from wiego_review.common.forms import DayField, VerbForm

from .drafts import Reader
from .due import said_due
from .due_words import Ambiguous
from .filing import FILED
from .forms import NamedMixin
from .lines import few_enough
from .models import FollowUp
from .models.follow_up import SAY_WHAT

AS_WRITTEN = "-"
SUMMED = ("title", "leads", "supports", "due_text")


class LinesForm(VerbForm):
    """The text, where it was agreed and when it was said."""

    text = forms.CharField(
        label=gettext_lazy("Lines or a table"),
        max_length=20_000,
        validators=[few_enough],
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "One follow-up a line, as you would write it: “Migration: Jane Barrett, Pamhidzai "
            "Banu”, “ORP: worker-friendly menu, by the first week of June”. Headings such as "
            "“Two-pagers” tell what those below are. Rows from Excel or Word work too. Nothing is "
            "saved before you have looked it over."
        ),
    )
    retreat = forms.ModelChoiceField(
        Retreat.objects.none(),
        label=gettext_lazy("Agreed at"),
        required=False,
        to_field_name="slug",
    )
    on = DayField(
        label=gettext_lazy("Written on (for “next week” and the like; empty: today)"),
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["retreat"].queryset = Retreat.objects.visible_to(self.viewer).listed()

    def clean_text(self):
        text = self.cleaned_data["text"]
        if not text.strip():
            raise ValidationError(self.fields["text"].error_messages["required"])
        return text

    @cached_property
    def reader(self) -> Reader:
        on = self.cleaned_data["on"]
        return Reader(self.viewer, on or self.viewer.today)

    def drafts(self) -> list["DraftForm"]:
        """A form for each draft, with what was sent for it where that was sent."""
        sent = self.data if "look" not in self.data else None
        found = self.reader.read(self.cleaned_data["text"])
        return [DraftForm(sent, number=n, draft=each, lines=self) for n, each in enumerate(found)]

    def attempt_all(self, add, drafts) -> list | None:
        """Add what is ticked, all of it or nothing; None where a form has something to tell."""
        wanted = [each for each in drafts if each.is_wanted]
        told = [each for each in wanted if not each.is_valid()]
        if told:
            return None
        with transaction.atomic():
            saved = [each.attempt(add, **each.verb_values()) for each in wanted]
            if None in saved:
                transaction.set_rollback(True)
                return None
        return saved


class DraftForm(NamedMixin, VerbForm):
    """A draft as fields. Whoever a name may mean is asked, as long as the name stands there."""

    keep = forms.BooleanField(label=gettext_lazy("Save this one"), required=False)
    title = forms.CharField(
        label=gettext_lazy("What is to be done?"),
        error_messages={"required": SAY_WHAT},
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=FollowUp.Kind.choices)
    leads = NamesField(label=gettext_lazy("Who?"), required=False, whole=True)
    supports = NamesField(label=gettext_lazy("With"), required=False, whole=True)
    due_text = forms.CharField(label=gettext_lazy("By when?"), max_length=200, required=False)
    filed = forms.MultipleChoiceField(
        label=gettext_lazy("Concerns"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    keep_names = None

    def __init__(self, sent, *, number, draft, lines):
        self.draft, self.lines = draft, lines
        start = initial_of(draft) | {"key": f"{lines['key'].value()}.{number}"}
        super().__init__(sent, viewer=lines.viewer, prefix=f"d{number}", initial=start)
        self.fields["filed"].choices = filed_choices(draft)
        self.asked = {
            f"who{n}": each for n, each in enumerate(each for each in draft.names if not each.party)
        }
        for name, named in self.asked.items():
            self.fields[name] = who_field(named)
        self.standing = {shown(each): each.party for each in draft.names if each.party}

    @property
    def is_wanted(self) -> bool:
        return bool(self["keep"].value())

    def full_clean(self):
        """One that is not ticked has nothing to answer for."""
        if self.is_bound and not self.is_wanted:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def questions(self):
        return [self[name] for name in self.asked]

    @property
    def is_open(self) -> bool:
        """Whether something among its fields wants to be looked at."""
        return bool(set(self.errors) - set(self.asked) if self.is_bound else self.draft.remarks)

    def summary(self) -> list[str]:
        """What was understood, in a few words: the title, then the rest."""
        kind = dict(FollowUp.Kind.choices).get(self["kind"].value(), "")
        title, leads, supports, due = (self[name].value() for name in SUMMED)
        supports = _("with %(names)s") % {"names": supports} if supports else ""
        return [
            title or "",
            *(str(x) for x in (kind, leads, supports, self.understood or due) if x),
        ]

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())

    def clean(self):
        """Answered names first: then the lines of names are read."""
        answered = self.answered()
        self.standing = {**self.standing, **{n.text: n.text for n in self.asked.values()}}
        self.standing |= answered
        cleaned = super().clean()
        for name, named in self.asked.items():
            if named.text not in answered and named.text in self.names_sent():
                self.add_error(name, _("Choose, or write another name below."))
        try:
            self.due = said_due(cleaned.get("due_text", ""), self.viewer, self.lines.reader.on)
        except Ambiguous as problem:
            self.add_error("due_text", str(problem))
        return cleaned

    def names_sent(self) -> list:
        lines = (self.cleaned_data.get(name) or () for name in ("leads", "supports"))
        return [name for line in lines for name in line]

    def answered(self) -> dict:
        """`{name as written: who was chosen}`; the name itself where it is to stay as it is."""
        found = {}
        for name, named in self.asked.items():
            chosen = self.cleaned_data.get(name)
            if chosen == AS_WRITTEN:
                found[named.text] = named.text
            elif chosen:
                found[named.text] = next(x for x in named.candidates if x.slug == chosen)
        return found

    @property
    def understood(self) -> str:
        """The days that the words of "By when?" mean, or ""."""
        try:
            due = said_due(self["due_text"].value() or "", self.viewer, self.lines.reader.on)
        except Ambiguous:
            return ""
        return str(Span(due["due_on"], due["due_until"], "")) if due["due_on"] else ""

    def verb_values(self):
        cleaned = self.cleaned_data
        values = {name: cleaned[name] for name in ("title", "kind", "leads", "supports", "note")}
        kept = {name: [] for name in FILED} | {"issue": []}
        for name, record in filed_in(self.draft):
            if filed_key(name, record) in cleaned["filed"]:
                kept[name].append(record)
        issue = next(iter(kept.pop("issue")), None)
        retreat = self.lines.cleaned_data["retreat"]
        return {**values, **kept, "issue": issue, "retreat": retreat, **self.due}


def initial_of(draft) -> dict:
    return {
        "keep": draft.likely,
        "title": draft.title,
        "kind": draft.kind,
        "leads": name_line(shown(each) for each in draft.leads),
        "supports": name_line(shown(each) for each in draft.supports),
        "due_text": draft.due.text,
        "filed": [filed_key(name, record) for name, record in filed_in(draft)],
        "note": draft.note,
    }


def shown(named) -> str:
    return named.party.name if named.party else named.text


def who_field(named):
    known = [(each.slug, each.name) for each in named.candidates]
    written = (AS_WRITTEN, _("Keep “%(name)s” as it is written") % {"name": named.text})
    label = _("Who is “%(name)s”?") if known else _("Nobody is called “%(name)s” here.")
    return forms.ChoiceField(
        label=label % {"name": named.text},
        choices=[*known, written],
        required=False,
        widget=forms.RadioSelect,
    )


def filed_in(draft) -> list:
    return [(name, record) for name, records in draft.filed.items() for record in records]


def filed_key(name, record) -> str:
    return f"{name}:{getattr(record, 'slug', '') or record.ref}"


def filed_choices(draft) -> list:
    return [(filed_key(name, record), str(record)) for name, record in filed_in(draft)]
