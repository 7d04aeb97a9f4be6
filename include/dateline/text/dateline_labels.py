"""Words that tell labels in capitals from names of places; all are kept folded (`fold`)."""

from __future__ import annotations

from dateline.text.date_words import fold

_LABEL_ENDS = """change war wars crisis trial trials talks vote votes poll polls election elections deal
    deals tax taxes budget virus vaccine vaccines health healthcare football soccer basketball baseball
    hockey tennis golf cricket rugby cycling boxing racing athletics swimming weather climate trade economy
    energy education crime protests protest strike strikes debate reform rights abortion immigration
    migration terrorism attack attacks shooting wildfires flooding floods earthquake hurricane pandemic
    coronavirus outbreak recipe recipes travel culture arts art music film films movie movies book books
    television theater theatre fashion style lifestyle food wine gardening technology tech science space
    internet ai cybersecurity crypto bitcoin finance markets money banking stocks inflation jobs employment
    housing property transport traffic aviation cars environment nature wildlife animals agriculture farming
    religion society family parenting dating relationships women men children youth pets horoscope
    horoscopes crossword puzzle contest giveaway calendar events obituaries deaths births weddings
    announcements notices classifieds auction charity fundraiser campaign scandal corruption fraud murder
    theft robbery accident crash recall rescue investigation inquiry lawsuit sentence indictment hearing
    ruling impeachment nomination summit sanctions tariffs tariff ceasefire peace invasion hostages refugees
    nuclear missiles drones military defense defence security intelligence president government congress
    senate parliament cabinet champion champions final finals league cup playoffs olympics krieg krise wahl
    wahlen wahlkampf haushalt steuer steuern klimawandel klima wetter handel handelskrieg wirtschaft politik
    kultur fussball gesundheit bildung energie verkehr umwelt rezept rezepte reise reisen technik
    wissenschaft forschung gesellschaft prozess urteil streik proteste unfall brand mord betrug polizei
    feuerwehr justiz rente pflege corona pandemie impfung flüchtlinge terror anschlag hochwasser unwetter
    sturm erdbeben musik bücher fernsehen lokales regional panorama finanzen börse auto immobilien oorlog
    verkiezingen klimaat weer economie politiek cultuur voetbal gezondheid onderwijs recept krig kris val
    väder ekonomi fotboll hälsa vejr vær guerre crise élections climat changement météo commerce économie
    politique santé éducation énergie transports environnement recette recettes voyage sciences société
    justice procès grève manifestation incendie meurtre attentat inondations tempête séisme cinéma musique
    livres guerra elecciones eleições elezioni economía política cultura fútbol futebol calcio salud saúde
    salute educación educação scuola energía receta receita ricetta viaje viaggi ciencia scienza sociedad
    justicia giustizia juicio huelga sciopero protesta accidente incidente asesinato policía polizia
    inmigración inundaciones terremoto cine música libros libri finanzas bolsa wojna kryzys wybory klimat
    pogoda gospodarka polityka kultura zdrowie edukacja przepis nauka wypadek pożar policja война кризис
    выборы бюджет климат погода экономика политика культура футбол здоровье образование энергетика рецепт
    наука общество суд дтп пожар полиция"""
LABEL_ENDS = frozenset(map(fold, _LABEL_ENDS.split()))
"""Words that topics are called by: a name in capitals that ends with one is a label, no place."""

_LABEL_STARTS = """guerre crise changement guerra crisis cambio cambiamento mudança medio meio elecciones
    eleições elezioni reforma réforme juicio procès processo"""
LABEL_STARTS = frozenset(map(fold, _LABEL_STARTS.split()))
"""The same for languages in which what is meant comes first."""

_PLACE_STARTS = """san santa santo são saint st ste sankt port puerto porto fort fuerte mount monte lake
    north south east west los las isla"""
PLACE_STARTS = frozenset(map(fold, _PLACE_STARTS.split()))
_PLACE_ENDS = """city ciudad town township village island islands isle springs falls beach hills heights
    valley river creek bay harbor harbour"""
PLACE_ENDS = frozenset(map(fold, _PLACE_ENDS.split()))
"""Words that, before or behind another, are of places alone."""
