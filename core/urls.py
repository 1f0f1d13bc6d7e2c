from django.urls import path

from core.views.home import home

app_name = "core"

urlpatterns = [
    path("", home, name="home"),
]
