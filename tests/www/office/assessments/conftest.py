"""The questionnaire of the tests of assessments."""

from tests.assessments.conftest import fill

__all__ = ["fill"]
