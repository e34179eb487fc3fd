from django.urls import path

from punte.www.family.views import child, page

urlpatterns = [
    path("", page.family_open, name="family_open"),
    path("pagina/", page.family_shown, name="family_page"),
    path("inchide/", page.family_leave, name="family_leave"),
    path("copil/", child.child_help, name="child_help"),
    path("copil/trimis/", child.child_help_sent, name="child_help_sent"),
]
