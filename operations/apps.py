from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "operations"

    def ready(self) -> None:
        from operations import erasure_rules  # noqa: F401  # what stays when a person is disposed of
        from operations.selectors import actions, operations, trials  # noqa: F401  # each has its say on the page of a nominal
