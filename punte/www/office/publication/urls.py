from django.urls import URLPattern, path

from punte.www.office.publication import views

urlpatterns: list[URLPattern] = [
    path("", views.publication, name="publication"),
    path("nou/", views.publish, name="publish"),
    path("indeplinita/", views.duty_met, name="duty_met"),
    path("responsabil/", views.duty_owner, name="duty_owner"),
    path("<uuid:pk>/", views.publication_item, name="publication_item"),
    path("<uuid:pk>/confirmare/", views.publication_renew, name="publication_renew"),
    path("<uuid:pk>/retragere/", views.publication_withdraw, name="publication_withdraw"),
]
