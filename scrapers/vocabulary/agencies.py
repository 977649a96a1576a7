"""News agencies, as credits name them."""

NAMES = """
    AFP | Agence France-Presse | AP | Associated Press | The Associated Press | Reuters | Thomson Reuters | dpa
    Deutsche Presse-Agentur | dpa-AFX | AFX | APA | Austria Presse Agentur | SID | Sport-Informations-Dienst
    epd | KNA | dts | dts Nachrichtenagentur | ots | AWP | Keystone-SDA | SDA | ATS | Xinhua
    Agence de presse Xinhua | Agence Xinhua | Xinhua News Agency | Agencia Xinhua | Agência Xinhua
    Nachrichtenagentur Xinhua | 新华社 | 新華社 | 新华网 | 新華網 | 中新社 | 中新网 | 中國新聞社 | 中国新闻社
    中央社 | CNA | 法新社 | 路透社 | 路透 | 美联社 | 美聯社 | 共同社 | 韩联社 | 韓聯社 | 塔斯社 | ANSA
    Adnkronos | AGI | LaPresse | Askanews | EFE | Agencia EFE | Europa Press | Télam | Notimex | Lusa
    Agência Brasil | Agência Lusa | Estadão Conteúdo | TASS | ТАСС | ИТАР-ТАСС | РИА Новости | RIA Novosti
    Интерфакс | Interfax | Sputnik | Спутник | УНИАН | Укринформ | Ukrinform | Kyodo | Kyodo News | 共同通信
    共同 | Jiji | Jiji Press | 時事通信 | 時事 | ロイター | ロイター通信 | AFP通信 | AP通信 | Yonhap
    Yonhap News | 연합뉴스 | 뉴시스 | 뉴스1 | PTI | Press Trust of India | ANI | IANS | UNI | UPI
    Bloomberg News | Bloomberg | AAP | Australian Associated Press | PA | PA Media | Press Association
    The Canadian Press | Canadian Press | La Presse Canadienne | Belga | ANP | Ritzau | NTB | TT | STT | BNS
    ELTA | LETA | PAP | ČTK | CTK | TASR | SITA | MTI | Agerpres | Mediafax | BTA | Tanjug | Beta | FENA | Hina
    STA | ANA-MPA | AΠΕ-ΜΠΕ | ΑΠΕ-ΜΠΕ | Anadolu | Anadolu Ajansı | Anadolu Agency | AA | DHA | İHA | IHA | IRNA
    Fars | Mehr | SANA | WAFA | QNA | WAM | SPA | KUNA | BNA | MENA | MAP | APS | TAP | NAN | SAPA | Antara
    Bernama | VNA | TTXVN | AsiaNews | Inter Press Service | IPS | Agenzia Nova | Nova | رويترز | أ ف ب
    فرانس برس | وكالات | وكالة الأنباء السعودية | وفا | واس | الأناضول | شينخوا
"""

WORDS = """
    news agency | press agency | agence de presse | agencia de noticias | agencia de prensa | agência de notícias
    agenzia di stampa | agenzia stampa | nachrichtenagentur | presseagentur | persbureau | nyhetsbyrå | nyhedsbureau
    nyhetsbyrået | uutistoimisto | agencja prasowa | tisková agentura | hírügynökség | haber ajansı
    информационное агентство | информагентство | новостное агентство | 通讯社 | 通訊社 | 通信社 | 통신사 | وكالة أنباء
    وكالة الأنباء | خبرگزاری | सूचना एजेंसी | समाचार एजेंसी | สำนักข่าว | thông tấn xã | kantor berita
"""
"""Words that only the name of a news agency holds."""

DATELINES = """
    AFP AP Reuters dpa APA SID epd KNA Xinhua ANSA EFE TASS UPI PTI ANI IANS AAP CP Yonhap Kyodo Jiji AA ATS SDA
    Belga ANP Ritzau NTB PAP MTI Lusa Bernama Antara VNA Interfax 新华社 新華社 中新社 中央社 共同 時事 연합뉴스
"""
"""Those that a dateline names in brackets: `LISBON (AFP) -`."""

PLURAL = """
    agencias agenturen agencies agenzie agences وكالات
"""
"""Words for agencies in general: no agency's name, and no author's."""
