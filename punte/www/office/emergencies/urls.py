from django.urls import URLPattern, path

from punte.www.office.emergencies.views import fast, listed, lists

urlpatterns: list[URLPattern] = [
    path("", lists.fast_lists, name="fast_lists"),
    path("noua/", lists.fast_list_new, name="fast_list_new"),
    path("oameni/<uuid:pk>/", listed.listed, name="listed"),
    path("oameni/<uuid:pk>/<slug:deed>/", listed.listed_deed, name="listed_deed"),
    path("<uuid:pk>/", fast.fast_list, name="fast_list"),
    path("<uuid:pk>/in-maini/", fast.hand_over, name="fast_list_hand_over"),
    path("<uuid:pk>/toti/", fast.whole_list, name="fast_list_whole"),
    path("<uuid:pk>/foaie.pdf", fast.paper_list, name="fast_list_paper"),
    path("<uuid:pk>/echipa/", lists.fast_list_team, name="fast_list_team"),
    path("<uuid:pk>/incheiere/", lists.fast_list_end, name="fast_list_end"),
]
