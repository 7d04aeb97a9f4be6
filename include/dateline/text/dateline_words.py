"""The words of place lines: news agencies, cities that need no proof, and capitals that are no place.

All are kept folded (`fold`), so that case and accents do not matter.
"""

from __future__ import annotations

from dateline.text.date_words import fold

_AGENCIES = """cp ap reuters afp dpa efe ansa upi pti ani ians uni cnn bbc pap apa sda ats
    anp belga tt ntb ritzau stt cp epd kna sid xinhua kyodo jiji yonhap tass interfax unian ukrinform
    lusa agi adnkronos askanews italpress asca telam mti ctk bta tanjug hina fena mina srna beta sta
    aa iha dha anka cihan wam spa kuna mena qna irna isna mehr fars petra map aps tap ina sana nna
    bernama antara vna cna pna app bss rss bloomberg afx dow agencies belta kazinform azertac
    armenpress ria rbc regnum efe-epa dpa/lby dpa/tmn dpa-afx afp/dpa zeit/dpa ap/dpa europapress
    infomigrants notimex prensa agerpres mediafax agencia amna απε-μπε απε αμπε тасс риа интерфакс унн
    унiан укрiнформ белта рбк итар-тасс росбалт regions.ru رويترز يونهاب شينخوا وكالات أ.ف.ب واس قنا
    وام بترا"""
AGENCIES = frozenset(map(fold, _AGENCIES.split()))
"""Short names of agencies, one word each."""

AGENCY_NAMES = frozenset(
    map(
        fold,
        (
            "associated press", "europa press", "agence france-presse", "dow jones", "the canadian press",
            "риа новости", "интерфакс-украина", "рia новини", "итар-тасс", "anadolu agency", "al jazeera",
            "news agencies", "kyodo news", "the associated press", "agência brasil", "agência lusa",
            "thomson reuters foundation",
            "afp-jiji", "cna/afp", "interfax.ru", "interfax-ukraine", "ria novosti",
        ),
    )
)  # fmt: skip
"""The same of several words."""

_CITIES = """Abidjan|Abu Dhabi|Abuja|Accra|Addis Ababa|Aden|Ahmedabad|Aleppo|Alexandria|
    Algiers|Almaty|Amman|Amsterdam|Ankara|Antananarivo|Antwerp|Ashgabat|Asmara|Astana|Asunción|Athens|
    Atlanta|Auckland|Baghdad|Baku|Baltimore|Bamako|Bangalore|Bengaluru|Bangkok|Bangui|Barcelona|Basel|
    Basra|Beijing|Beirut|Belfast|Belgrade|Bengasi|Berlin|Bern|Bhopal|Bhubaneswar|Bilbao|Birmingham|
    Bishkek|Bogota|Bogotá|Bologna|Bonn|Bordeaux|Boston|Brasilia|Brasília|Bratislava|Bremen|Brisbane|
    Brussels|Bucharest|Budapest|Buenos Aires|Bujumbura|Cairo|Calgary|Canberra|Cape Town|Caracas|
    Cardiff|Casablanca|Chandigarh|Chennai|Chicago|Chisinau|Cincinnati|Cleveland|Cologne|Colombo|
    Conakry|Copenhagen|Córdoba|Dakar|Dallas|Damascus|Dar es Salaam|Darwin|Delhi|Denver|Detroit|Dhaka|
    Djibouti|Doha|Donetsk|Dortmund|Dresden|Dubai|Dublin|Durban|Dushanbe|Düsseldorf|Edinburgh|Edmonton|
    Erbil|Essen|Florence|Frankfurt|Freetown|Gaborone|Gaza|Gaza City|Geneva|Genoa|Glasgow|Guadalajara|
    Guatemala City|Guangzhou|Halifax|Hamburg|Hanoi|Hannover|Hanover|Harare|Havana|Helsinki|
    Ho Chi Minh City|Hobart|Hong Kong|Honolulu|Houston|Hyderabad|Indianapolis|Islamabad|Istanbul|
    Jaipur|Jakarta|Jeddah|Jerusalem|Johannesburg|Juba|Kabul|Kampala|Karachi|Kathmandu|Kharkiv|
    Khartoum|Kherson|Kiel|Kiev|Kigali|Kingston|Kinshasa|Kolkata|Kuala Lumpur|Kuwait City|Kyiv|Kyoto|
    La Paz|Lagos|Lahore|Las Vegas|Leeds|Leipzig|Libreville|Lilongwe|Lima|Lisbon|Liverpool|Ljubljana|
    Lomé|London|Los Angeles|Luanda|Lucknow|Lusaka|Luxembourg|Lviv|Lyon|Macau|Madrid|Male|Managua|
    Manama|Manchester|Manila|Maputo|Marseille|Mecca|Melbourne|Memphis|Mexico City|Miami|Milan|
    Milwaukee|Minneapolis|Minsk|Mogadishu|Monaco|Monrovia|Montevideo|Montreal|Moscow|Mosul|Mumbai|
    Munich|Muscat|Nagoya|Nairobi|Nanjing|Naples|Nassau|New Delhi|New Orleans|New York|Niamey|Nice|
    Nicosia|Nouakchott|Nuremberg|Odesa|Odessa|Osaka|Oslo|Ottawa|Ouagadougou|Panama City|Paris|Patna|
    Perth|Philadelphia|Phnom Penh|Phoenix|Pittsburgh|Port-au-Prince|Porto|Prague|Pretoria|Pristina|
    Pune|Putrajaya|Pyongyang|Quebec|Quito|Rabat|Ramallah|Ranchi|Rangoon|Reno|Reykjavik|Riga|
    Rio de Janeiro|Riyadh|Rome|Rotterdam|San Diego|San Francisco|San Jose|San José|San Juan|
    San Salvador|Sanaa|Santiago|Santo Domingo|Sao Paulo|São Paulo|Sarajevo|Seattle|Seoul|Seville|
    Shanghai|Shenzhen|Singapore|Skopje|Sofia|Srinagar|St Petersburg|Stockholm|Strasbourg|Stuttgart|
    Suva|Sydney|Taipei|Tallinn|Tashkent|Tbilisi|Tegucigalpa|Tehran|Tel Aviv|The Hague|Thessaloniki|
    Tirana|Tokyo|Toronto|Toulouse|Tripoli|Tunis|Turin|Ulan Bator|Utrecht|Valencia|Valletta|Vancouver|
    Vatican City|Venice|Vienna|Vientiane|Vilnius|Warsaw|Washington|Wellington|Windhoek|Winnipeg|Wuhan|
    Yangon|Yaounde|Yerevan|York|Zagreb|Zurich|Köln|München|Nürnberg|Wien|Zürich|Genf|Brüssel|Rom|
    Mailand|Prag|Warschau|Moskau|Athen|Peking|Kairo|Straßburg|Kopenhagen|Lissabon|Bukarest|Belgrad|
    Bruxelles|Anvers|Genève|Marseille|Lille|Nantes|Rennes|Londres|Moscou|Pékin|Athènes|Varsovie|
    Vienne|Le Caire|Alger|Bâle|Roma|Milano|Torino|Napoli|Venezia|Firenze|Palermo|Bari|Londra|Parigi|
    Berlino|Mosca|Pechino|Lisboa|Sevilla|Zaragoza|Málaga|Bruselas|Ginebra|Moscú|Pekín|Nueva York|
    Ciudad de México|Ciudad del Vaticano|La Habana|Bogotá|Viena|Atenas|Roterdão|Den Haag|Brussel|
    Antwerpen|Parijs|Londen|Stockholm|Göteborg|Malmö|København|Aarhus|Bergen|Trondheim|Helsinki|
    Warszawa|Kraków|Gdańsk|Wrocław|Poznań|Łódź|Katowice|Lublin|Praha|Brno|București|Cluj|Beograd|
    İstanbul|İzmir|Atina|Paryż|Londyn|Москва|Санкт-Петербург|Киев|Київ|Минск|Мінск|Харьков|Харків|
    Одесса|Одеса|Львов|Львів|Донецк|Луганск|Днепропетровск|Симферополь|Новосибирск|Екатеринбург|
    Казань|Владивосток|Алматы|Астана|Ташкент|Баку|Ереван|Тбилиси|Бишкек|Вашингтон|Лондон|Париж|Берлин|
    Брюссель|Пекин|Токио|Женева|Рим|Варшава|София|Белград|Αθήνα|Θεσσαλονίκη|Πάτρα|Λευκωσία|Βρυξέλλες|
    Λονδίνο|Παρίσι|Βερολίνο|Ρώμη|Μόσχα|Ουάσιγκτον|Νέα Υόρκη|Άγκυρα|القاهرة|دمشق|بيروت|بغداد|عمان|
    الرياض|دبي|أبوظبي|الدوحة|الكويت|المنامة|مسقط|صنعاء|طرابلس|تونس|الجزائر|الرباط|الخرطوم|غزة|
    رام الله|القدس|لندن|باريس|واشنطن|نيويورك|موسكو|برلين|طهران|أنقرة|اسطنبول|جنيف|بكين"""
CITIES = frozenset(fold(" ".join(name.split())) for name in _CITIES.split("|"))
"""Cities from which news come every day, in English and as they are called at home: one of these alone,
before a dash, is a place line; any other name may be that of a person or a series."""

_NO_PLACE = """update|updated|exclusive|breaking|breaking news|correction|analysis|opinion|watch|
    video|videos|live|editorial|comment|commentary|feature|interview|review|summary|background|news|
    sport|sports|business|politics|photo|photos|advisory|alert|flash|urgent|warning|note|
    editor's note|end|ends|topshot|factbox|explainer|just in|developing|related|read more|more|
    must read|gallery|audio|podcast|quiz|poll|recap|preview|spoiler alert|disclaimer|sponsored|
    advertisement|advertorial|press release|for immediate release|transcript|letter|letters|obituary|
    profile|timeline|fact check|highlights|key points|verdict|score|result|results|eilmeldung|
    exklusiv|kommentar|analyse|meinung|bericht|reportage|hintergrund|anzeige|aktualisiert|liveticker|
    vidéo|exclusif|mise à jour|maj|info|infographie|entretien|décryptage|portrait|témoignage|
    témoignages|récit|en direct|direct|tribune|enquête|vrai ou faux|le point|publicité|critique|
    éditorial|chronique|billet|exclusiva|última hora|urgente|análisis|opinión|entrevista|vídeo|fotos|
    galería|directo|en vivo|crónica|publicidad|esclusiva|intervista|aggiornamento|ultim'ora|analisi|
    editoriale|commento|exclusivo|ao vivo|opinião|atualização|pilne|wideo|zdjęcia|wywiad|opinia|
    sondaż|relacja|tylko u nas|aktualizacja|son dakika|özel|röportaj|срочно|видео|фото|обновлено|
    эксклюзив|интервью|мнение|аналитика|опрос|справка|комментарий|важно|внимание|терміново|відео|
    εκτακτο|αποκλειστικο|βιντεο|ενημερωση"""
NO_PLACE = frozenset(fold(" ".join(name.split())) for name in _NO_PLACE.split("|"))
"""Labels in capitals that stand before a dash as a place does."""

_NO_PLACE_WORDS = """by por par von di news press tv radio media online times post the a an and
    or but this that these with from of what why how who when where in on at for to is are vs une un
    die das ein eine wie warum so в на не со по для nasa nato fifa uefa covid covid-19 brexit"""
NO_PLACE_WORDS = frozenset(map(fold, _NO_PLACE_WORDS.split()))
"""A name in capitals that begins or ends with one of these is no place, unless it is one of `CITIES`."""

_WEEKDAYS = """monday tuesday wednesday thursday friday saturday sunday mon tue tues wed
    thu thur thurs fri sat sun montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
    lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado
    domingo lunedì martedì mercoledì giovedì venerdì sabato domenica segunda-feira terça-feira
    quarta-feira quinta-feira sexta-feira poniedziałek wtorek środa czwartek piątek sobota niedziela
    понедельник вторник среда четверг пятница суббота воскресенье today yesterday heute gestern hétfő
    kedd szerda csütörtök péntek szombat vasárnap"""
WEEKDAYS = frozenset(map(fold, _WEEKDAYS.split()))
