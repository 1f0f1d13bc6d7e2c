import re

from config.servers import ROOT
from core.docs import every_machine, states
from core.states import Machine

APPS = ("core", "offenders", "operations", "performance")


def test_every_machine_of_the_code_is_drawn() -> None:
    texts = [path.read_text() for app in APPS for path in (ROOT / app).rglob("*.py")]
    written = {name for text in texts for name in re.findall(r" = Machine\(\s*\"([^\"]+)\"", text)}
    assert written
    assert {machine.name for machine in every_machine()} == written
    drawn = states()
    assert all(f"## {name.removeprefix('The ').capitalize()}" in drawn for name in written)


def test_diagram_has_no_hyphen_in_a_name_and_shows_where_a_life_begins_and_ends() -> None:
    (tag,) = [machine for machine in every_machine() if machine.name == "The tag"]
    drawn = tag.mermaid().splitlines()
    assert '    state "Not complied with" as not_compliant' in drawn
    assert "    [*] --> requested" in drawn
    assert "    removed --> [*]" in drawn
    assert "    requested --> consented: consented to" in drawn


def test_steps_of_the_page_are_those_of_the_table() -> None:
    for machine in every_machine():
        assert isinstance(machine, Machine)
        section = states().split(f"## {machine.name.removeprefix('The ').capitalize()}\n")[1]
        rows = section.split("\n## ")[0].count("\n| ") - 2
        assert rows == len(machine.steps)
