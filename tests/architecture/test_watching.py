# SPDX-License-Identifier: EUPL-1.2
"""Every form over something that others may change meanwhile watches for it, or says why it need not."""

import importlib
import pkgutil
from collections.abc import Iterator

from django import forms

import asskomm
from asskomm.core.ui.watching import WatchingForm

_CHOOSES = "chooses what is shown, and writes nothing"
_NEW = "makes something new; there is nothing to overwrite"
_OWN = "is about herself, under her own sign-in or link; nobody else writes it"
_ASKS = "does what it says in one step, and shows nothing that could have changed"
WITHOUT = {
    "alliance.DistrictForm": _CHOOSES,
    "alliance.MapForm": _CHOOSES,
    "alliance.TableForm": _CHOOSES,
    "events.ChoiceForm": _CHOOSES,
    "events.PrintForm": _CHOOSES,
    "events.RegionForm": "chooses to whom an invitation goes; each gets it once, whoever sends it",
    "publishing.PeriodForm": _CHOOSES,
    "imports.UploadForm": _NEW,
    "events.CoSpeakerForm": _NEW,
    "events.DaysForm": _NEW,
    "events.EnrolForm": _NEW,
    "events.EnterForm": _NEW,
    "events.FeedbackForm": _NEW,
    "events.GuestForm": _NEW,
    "events.InviteForm": _NEW,
    "events.PassForm": _NEW,
    "events.PictureForm": _NEW,
    "events.PollForm": _NEW,
    "events.PromiseForm": _NEW,
    "events.RegisterForm": _NEW,
    "events.ReleaseForm": "a version is added; those before stay readable",
    "events.ReviewerForm": _NEW,
    "events.RhythmForm": _NEW,
    "people.AppointmentForm": _NEW,
    "people.FirstAdministratorForm": _NEW,
    "people.OrganisationForm": _NEW,
    "people.RelationForm": _NEW,
    "people.TermsForm": "is part of others; that over a function watches",
    "people.TokenForm": _NEW,
    "publishing.BarrierForm": _NEW,
    "events.AnswerForm": _OWN,
    "events.DetailsForm": _OWN,
    "events.WishForm": _OWN,
    "people.ActivateForm": _OWN,
    "people.AddKeyForm": _OWN,
    "people.LinkForm": _OWN,
    "people.PasswordForm": _OWN,
    "people.RenameKeyForm": _OWN,
    "people.SecondFactorForm": _OWN,
    "people.SignInForm": _OWN,
    "events.DecisionForm": "names the proposals; what was decided meanwhile stays as it is",
    "events.NameForm": _ASKS,
    "events.SlotForm": "the whole plan comes back after each move, and a move is moved back",
    "people.EndForm": "says a day of its own; a function that has ended before is refused by the verb",
    "people.MergeForm": _ASKS,
    "people.PairForm": _ASKS,
}


def _ours() -> dict[str, type[forms.BaseForm]]:
    for module in pkgutil.walk_packages(asskomm.__path__, "asskomm."):
        if ".interfaces." in module.name:
            importlib.import_module(module.name)
    return {_label(found): found for found in _below(forms.BaseForm) if found.__module__.startswith("asskomm.") and found is not WatchingForm}


def _below(base: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for found in base.__subclasses__():
        yield found
        yield from _below(found)


def _label(form: type[forms.BaseForm]) -> str:
    """Give the room and the name: „events.RoomForm“."""
    rooms = form.__module__.split(".")
    return f"{rooms[2] if rooms[1] == 'core' else rooms[1]}.{form.__name__}"


def test_every_form_watches_or_says_why_not() -> None:
    watching = {label for label, form in _ours().items() if issubclass(form, WatchingForm)}
    plain = _ours().keys() - watching
    assert plain - WITHOUT.keys() == set()
    assert WITHOUT.keys() - plain == set()
