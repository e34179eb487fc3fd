from django.urls import path

from punte.www.office.protection.views import overview, searches

urlpatterns = [
    path("", overview.protection, name="protection"),
    path("centre/<uuid:pk>/", overview.centre_closing, name="centre_closing"),
    path("cartea-vietii/<uuid:pk>.pdf", overview.life_book, name="life_book"),
    path("cazuri/<uuid:pk>/familie/", searches.family_search_new, name="family_search_new"),
    path("familii/<uuid:pk>/", searches.family_search, name="family_search"),
    path("familii/<uuid:pk>/largeste/", searches.family_search_widen, name="family_search_widen"),
    path("familii/<uuid:pk>/renunta/", searches.family_search_give_up, name="family_search_give_up"),
    path("familii/<uuid:pk>/alege/<slug:code>/", searches.family_choose, name="family_choose"),
]
