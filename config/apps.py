from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        # Binds `shared_task` to our Celery app in every process that loads Django.
        from config import celery  # noqa: F401
