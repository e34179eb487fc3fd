"""What a guard finds fails the test in which it was found."""

import pytest

pytest_plugins = ["pytester"]


def test_a_finding_of_a_test_or_of_its_fixture_fails_it_alone(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest
        from tests.guards.findings import caught, report

        @pytest.fixture
        def scene():
            report("found in a fixture")

        def test_at_fault():
            report("found in a test")

        def test_whose_fixture_is_at_fault(scene): pass

        def test_that_looks_for_it():
            with caught() as found:
                report("looked for")
            assert found == ["looked for"]

        def test_of_something_else(): pass
        """
    )
    run = pytester.runpytest_inprocess("-p", "tests.guards.findings", "-p", "no:django", "-p", "no:randomly")
    run.assert_outcomes(passed=2, failed=2)
    run.stdout.fnmatch_lines(["*found in a test", "*found in a fixture"])
