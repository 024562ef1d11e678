"""What an operator reads of a process's variables: every value by its path, as it is, persons covered."""

from __future__ import annotations

from engine.queries.operations.variables_view import variable_rows


def read(**variables: object) -> dict[str, str]:
    return {row.name: row.value for row in variable_rows(variables, (), open_all=True)}


def test_a_count_of_one_is_not_a_yes():
    assert read(copies=1, pages=0, sealed=True, late=False, note=None) == {
        "copies": "1",
        "pages": "0",
        "sealed": "true",
        "late": "false",
        "note": "—",
    }


def test_what_is_empty_and_what_is_nested_is_shown_too():
    assert read(form={}, papers=[], receiver={"name": "An"}, members=[{"name": "Bình"}]) == {
        "form": "{}",
        "papers": "[]",
        "receiver.name": "An",
        "members.1.name": "Bình",
    }


def test_a_person_is_covered():
    (row,) = variable_rows({"applicant_name": "Nguyễn Văn An"}, (), open_all=False)
    assert row.covered
    assert "An" not in row.value
