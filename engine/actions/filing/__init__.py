"""The citizen's side of a dossier: draft, papers, sending, supplement, confirmation, withdrawal; and the counter."""

from __future__ import annotations

from engine.actions.filing.answer_supplement import AnswerSupplement, answer_supplement
from engine.actions.filing.attach_file import AttachFile, attach_file
from engine.actions.filing.confirm_draft import ConfirmDraft, confirm_draft
from engine.actions.filing.copy_applicant_to_owner import CopyApplicantToOwner, copy_applicant_to_owner
from engine.actions.filing.file_at_counter import CounterFile, FileAtCounter, file_at_counter
from engine.actions.filing.recall_person import RecallPerson, recall_person
from engine.actions.filing.remove_file import RemoveFile, remove_file
from engine.actions.filing.save_draft import SaveDraft, save_draft
from engine.actions.filing.start_draft import StartDraft, start_draft
from engine.actions.filing.submit_dossier import SubmitDossier, SubmittedDossier, submit_dossier
from engine.actions.filing.withdraw_dossier import WithdrawDossier, withdraw_dossier

__all__ = [
    "AnswerSupplement",
    "AttachFile",
    "ConfirmDraft",
    "CopyApplicantToOwner",
    "CounterFile",
    "FileAtCounter",
    "RecallPerson",
    "RemoveFile",
    "SaveDraft",
    "StartDraft",
    "SubmitDossier",
    "SubmittedDossier",
    "WithdrawDossier",
    "answer_supplement",
    "attach_file",
    "confirm_draft",
    "copy_applicant_to_owner",
    "file_at_counter",
    "recall_person",
    "remove_file",
    "save_draft",
    "start_draft",
    "submit_dossier",
    "withdraw_dossier",
]
