from typing import Any, cast

from core.models import User


def person(request: Any) -> User:
    """Who is asking. Behind a policy other than public there always is somebody."""
    return cast(User, request.user)
