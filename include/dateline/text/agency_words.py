"""News agencies: how they are usually called, and by what other names texts credit them."""

NAMES = """
    Associated Press: AP, The Associated Press, The AP, AP News, AP通信
    Reuters: Reuter, Reuters News, Thomson Reuters, رويترز, ロイター, 路透社, 路透, Рейтер
    AFP: Agence France-Presse, Agence France Presse, AFP-Jiji, AFP=時事, أ.ف.ب, 法新社, afp
    dpa: DPA, Deutsche Presse-Agentur, Deutschen Presse-Agentur, dpa-AFX, dpa-infocom, Deutsche Presseagentur
    EFE: Agencia EFE, EFE-EPA, Agencia Efe, Efe
    ANSA: Agenzia ANSA, Ansa
    UPI: United Press International
    PA Media: PA, Press Association, The Press Association, PA news agency
    Canadian Press: CP, The Canadian Press, La Presse canadienne, La Presse Canadienne
    AAP: Australian Associated Press
    PTI: Press Trust of India
    ANI: Asian News International
    IANS: Indo-Asian News Service
    UNI: United News of India
    Bloomberg: Bloomberg News
    Dow Jones: Dow Jones Newswires
    CNN: CNN Newsource, CNN Wire
    BBC: BBC News
    PAP: Polska Agencja Prasowa
    APA: Austria Presse Agentur, Austria Presseagentur, apa
    SDA: Keystone-SDA, Schweizerische Depeschenagentur, sda, Keystone-ATS, ATS
    ANP: Algemeen Nederlands Persbureau
    Belga: Agence Belga
    TT: TT Nyhetsbyrån
    NTB: Norsk Telegrambyrå
    Ritzau: Ritzaus Bureau
    STT: Suomen Tietotoimisto
    epd: EPD, Evangelischer Pressedienst
    KNA: Katholische Nachrichten-Agentur, kna
    SID: Sport-Informations-Dienst, sid
    AFX: AFX News
    Xinhua: Xinhua News Agency, 新华社, 新華社, 新华网, شينخوا
    China News Service: CNS, 中新社, 中新网
    CNA: Channel NewsAsia
    Central News Agency: 中央社, 中央通訊社
    Kyodo: Kyodo News, 共同, 共同通信, 共同通信社, 共同社
    Jiji: Jiji Press, 時事, 時事通信, 時事通信社
    Yonhap: Yonhap News Agency, Yonhap News, 연합뉴스, 聯合ニュース, 韩联社, يونهاب
    TASS: ITAR-TASS, ТАСС, ИТАР-ТАСС
    RIA Novosti: РИА Новости, РИА, RIA, Ria Novosti, РІА Новини
    Interfax: Интерфакс, Interfax.ru
    Interfax-Ukraine: Интерфакс-Украина, Інтерфакс-Україна
    RBC: РБК
    Rosbalt: Росбалт
    REGNUM: ИА REGNUM
    Ukrinform: Укринформ, Укрінформ
    UNIAN: УНИАН, УНІАН
    UNN: УНН
    BelTA: БЕЛТА, BELTA, Belta, БелТА
    Kazinform: Казинформ
    Azertac: АЗЕРТАДЖ
    Armenpress: Арменпресс
    Lusa: Agência Lusa
    Agência Brasil: Agencia Brasil
    AGI: Agenzia Italia
    Adnkronos: AdnKronos
    Askanews: askanews
    Italpress: ITALPRESS
    Télam: Telam
    Europa Press: EUROPA PRESS, Europapress
    Notimex: Agencia Notimex
    MTI: MTI-EFE
    ČTK: CTK
    BTA: БТА
    Tanjug: Танјуг
    HINA: Hina
    FENA: Fena
    MINA: Agencija MINA
    SRNA: Srna
    STA: Slovenska tiskovna agencija
    Agerpres: AGERPRES
    Mediafax: MEDIAFAX
    AMNA: ΑΠΕ-ΜΠΕ, ΑΠΕ, ΑΜΕ, ANA-MPA, APE-MPE
    Anadolu: AA, Anadolu Agency, Anadolu Ajansı
    İHA: IHA, İhlas Haber Ajansı
    DHA: Demirören Haber Ajansı
    ANKA: ANKA Haber Ajansı
    WAM: وام
    SPA: Saudi Press Agency, واس
    KUNA: Kuwait News Agency, كونا
    MENA: Middle East News Agency, أ ش أ
    QNA: Qatar News Agency, قنا
    IRNA: ایرنا
    ISNA: ایسنا
    Mehr News: MEHR, Mehr News Agency
    Fars News: FARS, Fars News Agency
    Petra News Agency: PETRA, بترا
    SANA: سانا
    NNA: National News Agency
    Antara: ANTARA News
    Bernama: BERNAMA
    VNA: Vietnam News Agency, TTXVN
    Philippine News Agency: PNA
    APP: Associated Press of Pakistan
    BSS: Bangladesh Sangbad Sangstha
    RSS: Rastriya Samachar Samiti
    APS: Algérie Presse Service
    TAP: Tunis Afrique Presse
    MAP: Maghreb Arabe Presse
    INA: Iraqi News Agency
    Cihan: CİHAN
    Andina: Agencia Andina
    Al Jazeera: AL JAZEERA
    Thomson Reuters Foundation: Thomson Reuters Foundation News
    InfoMigrants: infomigrants
"""
"""Usual name: other names, as printed. In capitals each is the same; short ones count in no other case."""
