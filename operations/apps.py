from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "operations"

    def ready(self) -> None:
        from operations.selectors import actions, operations, trials  # noqa: F401  # each has its say on the page of a nominal
