"""The forms of a paper: its facts, its sections, its paragraphs and what is chosen into them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.concurrency import VersionedForm
from core.dates import parse_month
from core.form_fields import DateField
from core.models import Unit
from performance.boards import BOARDS
from performance.indicators import INDICATORS
from performance.models import BlockKind, BoardQuestion, Paper, PaperBlock, PaperSection
from performance.papers.references import FigureRef, Kind, Mark, Shape, Span
from performance.papers.sentences import sentences
from performance.selectors.paper_lists import LISTS
from performance.selectors.paper_national import COMPARED

HERE = "[here]"  # where the chosen goes; without it, at the end
SPANS = (("month", "The month"), ("rolling", "12 months"), ("fytd", "Financial year to date"))
BACKS = ((0, "this month"), (1, "a month before"), (2, "two months before"), (6, "six months before"),
         (9, "nine months before"), (12, "a year before"), (24, "two years before"))  # fmt: skip
DATES = (("month", "The month"), ("month-1", "The month before"), ("month-12", "The month a year before"),
         ("rolling", "The 12 months"), ("meeting", "Day of the force performance meeting"),
         ("board", "Day of the board"), ("priorities", "The priorities"))  # fmt: skip


class PaperForm(VersionedForm):
    meeting_on = DateField(label="Force performance meeting")
    board_on = DateField(label="Board")
    priorities = forms.CharField(
        label="Priorities on the forward agenda",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One on a line.",
        required=False,
    )

    class Meta:
        model = Paper
        fields = ["title", "to", "sender", "marking", "meeting_on", "board_on", "priorities"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["priorities"] = "\n".join(self.instance.priorities)

    def clean_priorities(self) -> list[str]:
        lines = self.cleaned_data["priorities"].splitlines()
        return [line.strip() for line in lines if line.strip()]


class NewPaperForm(PaperForm):
    month = forms.CharField(
        label="Month of the figures",
        help_text="Write it like 2021-01.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    field_order = ["month"]

    def clean_month(self) -> date:
        try:
            return parse_month(self.cleaned_data["month"])
        except ValueError as error:
            raise ValidationError(str(error)) from None


class SectionForm(VersionedForm):
    class Meta:
        model = PaperSection
        fields = ["title", "depth"]


class ParagraphForm(VersionedForm):
    text = forms.CharField(
        label="Paragraph",
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=f"What stands in double braces is a figure. Write {HERE} where the next one goes.",
    )

    class Meta:
        model = PaperBlock
        fields = ["text", "key", "is_public"]
        help_texts = {"key": "Other paragraphs name it by this: burglary-recorded."}


class ChooserForm(forms.Form):
    """What can be put into a paragraph, from lists: nobody types a reference."""

    indicator = forms.ChoiceField(label="Indicator")
    unit = forms.ChoiceField(label="Unit")
    span = forms.ChoiceField(label="Period", choices=SPANS)
    back = forms.TypedChoiceField(label="Which", choices=BACKS, coerce=int)
    shape = forms.ChoiceField(label="Told as")
    date = forms.ChoiceField(label="Date", choices=DATES)
    paragraph = forms.ChoiceField(label="Number of another paragraph")
    list = forms.ChoiceField(label="List")

    def __init__(self, data: Any = None, *, paper: Paper) -> None:
        super().__init__(data, prefix="choose", use_required_attribute=False)
        self.units = {unit.code: str(unit) for unit in Unit.objects.on(paper.month)}
        keyed = PaperBlock.objects.filter(section__paper=paper).exclude(key="")
        choices: dict[str, list[tuple[str, str]]] = {
            "indicator": [(slug, each.title) for slug, each in INDICATORS.items()],
            "unit": list(self.units.items()),
            "shape": [(shape.slug, shape.label) for shape in Shape],
            "paragraph": [(block.key, f"{block.key}: {block}"[:80]) for block in keyed],
            "list": [(name, listed.title) for name, listed in LISTS.items()],
        }
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]  # a choice field
        for field in self.fields.values():
            field.required = False

    def chosen(self, what: str) -> str:
        """The text to insert: a figure's mark, sentences, a date, a link, a list."""
        if not self.is_valid():
            return ""
        said = self.cleaned_data
        if what == "figure":
            span = Span(said["span"], said["back"] or 0)
            shape = next(shape for shape in Shape if shape.slug == said["shape"])
            return FigureRef(said["indicator"], said["unit"], span, shape).mark
        if what == "sentences":
            unit = said["unit"]
            where = "" if unit == "force" else self.units[unit]
            return " ".join(sentences(INDICATORS[said["indicator"]], unit, where))
        return str(Mark(Kind(what), said[what])) if what in list(Kind) and said.get(what) else ""


def inserted(text: str, chosen: str) -> str:
    if HERE in text:
        return text.replace(HERE, chosen, 1)
    return f"{text.rstrip()} {chosen}".lstrip()


class BlockForm(forms.Form):
    """Something that is made whole from the records."""

    what = forms.ChoiceField(label="What to add")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [  # type: ignore[attr-defined]  # a choice field
            *((f"board:{slug}", f"Table: {board.title}") for slug, board in BOARDS.items()),
            (f"{BlockKind.QUESTIONS}:", "Questions and actions of the board"),
            (f"{BlockKind.THEMATIC}:combat-acquisitive-crime", "Thematic review"),
            (f"{BlockKind.NATIONAL}:", "National position"),
            *(
                (f"{BlockKind.NATIONAL}:{slug}", f"Ranks: {INDICATORS[slug].title}")
                for slug in COMPARED
            ),
            (f"{BlockKind.FORECAST}:", "Forecast of packs"),
            *((f"chart:{slug}", f"Chart: {each.title}") for slug, each in INDICATORS.items()),
        ]

    def facts(self) -> dict[str, str]:
        kind, _, subject = self.cleaned_data["what"].partition(":")
        return {"kind": kind, "subject": subject}


class SendBackForm(forms.Form):
    why = forms.CharField(label="What has to be mended", widget=forms.Textarea(attrs={"rows": 4}))


class QuestionForm(VersionedForm):
    due_on = DateField(label="Due", required=False)

    class Meta:
        model = BoardQuestion
        fields = ["kind", "text", "asked_by", "owner", "due_on"]


class AnswerForm(VersionedForm):
    answer = forms.CharField(label="Answer", widget=forms.Textarea(attrs={"rows": 5}))

    class Meta:
        model = BoardQuestion
        fields = ["answer"]


class CheckForm(forms.Form):
    """A paper that was written elsewhere."""

    month = forms.CharField(
        label="Month of the figures",
        help_text="Write it like 2021-01.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    text = forms.CharField(
        label="The paper", widget=forms.Textarea(attrs={"rows": 15}),
        help_text="As plain text or Markdown, with its tables.",
    )  # fmt: skip

    clean_month = NewPaperForm.clean_month
