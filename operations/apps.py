from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "operations"

    def ready(self) -> None:
        from operations.selectors import actions  # noqa: F401  # they have their say on the page of a nominal
