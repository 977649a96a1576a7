"""Words that stand in bylines beside the names of people, by language. Lower case unless said otherwise."""

BY = """
    by | von | vom | par | por | di | door | av | af | fra | przez | yazan | oleh | bởi | от автора | text by
    words by | story by | reported by | report by | written by | posted by | published by | opinion by
    analysis by | review by | interview by | compiled by | edited and written by | a cura di
    par la rédaction de | escrito por | publicado por | redactado por | propos recueillis par | recueilli par
    écrit par | publié par | rédigé par | scritto da | pubblicato da | geschrieben von | veröffentlicht von
    kommentar von | ein kommentar von | eine analyse von | ein gastbeitrag von | gastbeitrag von | interview von
    eingestellt von | aufgezeichnet von | written and reported by | skrevet av | skrevet af | skriven av
    erstellt von | authored by | verfasst von | zuletzt bearbeitet von | written and photographed by
    geschreven door | napisał | opracował | opracowała | írta | napsal | napsala | подготовил | подготовила
    текст подготовил | записал | записала | γράφει | γράφει ο | γράφει η | מאת | כתב | بقلم | كتب | كتبت | إعداد
    mehr von | more from | oprac. | opr. | von unserer redakteurin | von unserem redakteur | von unserer reporterin
    von unserem reporter | von unserer korrespondentin | von unserem korrespondenten | dal nostro inviato
    dalla nostra inviata | dal nostro corrispondente | dalla nostra corrispondente | van onze redacteur
    door onze redacteur | van onze verslaggever | van onze correspondent | de notre correspondant
    de notre correspondante | de notre envoyé spécial | de notre envoyée spéciale | de nuestro corresponsal
    de nuestra corresponsal | by our correspondent
    द्वारा | โดย | 记者 | 記者 | 本报记者 | 本報記者 | 见习记者 | 实习记者 | 特约记者 | 特約記者 | 通讯员
    通訊員 | 特派员 | 特派員 | 本网记者 | 新华社记者 | 新華社記者 | 人民网记者
"""
"""What announces a name, with a colon or without: `By`, `记者`."""

LABELS = """
    投稿者 | da | de | od | за | от | text | texte | texto | testo | tekst | protokoll | interview | kommentar
    analyse | autor | autorin | autoren | autor/in | autori | autore | auteur | auteurs | auteure | autrice
    autora | autores | author | authors | verfasser | redakteur | redaktion | journalist | journaliste
    reporter | tekst og foto | text und fotos | texte et photos | texto y fotos | text och foto | text & foto
    words | autor tekstu | szerző | szöveg | kirjoittaja | teksti | haber | yazar | muhabir | автор | авторы
    автор текста | текст | корреспондент | журналист | автор публикации | автор статьи | συντάκτης | του | της
    المصدر والكاتب | نویسنده | लेखक | ผู้เขียน | penulis | penulis berita | tác giả | 作者 | 文 | 撰文 | 实习生
    文字 | 图文 | 圖文 | 撰稿 | 采写 | 採寫 | 整理 | 総合 | 文・写真 | 取材・文 | 執筆 | 執筆者 | 著者
    ライター | 筆者 | 글 | 기자 | 글쓴이 | 작성자
"""
"""What announces a name with a colon: `Text:`, `作者：`; without one it may be any noun."""

AFTER_NAME = """
    for in at from is has on via aus für pour para à en bei im am um au sur avec with edited
"""
"""Words that end a name: what follows is a place, an outlet, a sentence."""

PUBLISHED = """
    updated published posted publié veröffentlicht aktualisiert actualizado publicado aggiornato pubblicato
    опубликовано
"""
"""Words that begin a date behind a name."""

EAST_ASIAN_ROLES = """
    记者 記者 기자 특파원 선임기자 特派員 通讯员 フォロー
"""
"""Roles, and a button, that stand behind a name without a space."""

PICTURE = """
    photo photos foto fotos photography photograph fotografie fotograf image images bild bilder illustration
    illustrations grafik graphic graphics video videos picture pictures photographie imagen imágenes ilustración
    illustrazioni zdjęcia фото иллюстрация 写真 撮影 图 图片 摄影 攝影 사진 camera kamera titelbild
"""
"""What announces the maker of the pictures."""

OTHER_HANDS = """
    reviewed medically fact-checked fact checked edited translated narrated produced updated curated sponsored
    presented übersetzt übersetzung bearbeitet redigiert traduit traducción traducido traduzione tradotto
    перевод redigerat oversatt 编辑 编译 责编 责任编辑 責任編輯 校对 翻译 訳 翻訳 编辑： editor: redaktion:
    redaktör lektorat contributing
"""
"""What announces those who had a hand in the text and did not write it."""

ALWAYS_BY = """
    by par por door przez oleh от
"""
"""Words that announce a name and are never part of one."""

BEFORE_BY = """
    a an the ein eine un une una en kommentar analyse gastbeitrag reportage interview essay kolumne glosse
    leitartikel opinion analysis review report column comment editorial story posted written published words
    photographs gespräch aufgezeichnet protokoll chronique tribune entretien enquête récit opinión análisis
    artikel article artículo articolo news updated and und et y e
"""
"""Words that may stand before `by` in the announcement of a name."""

JOINED_BY = """
    and und et y e и та і og och en ja ve ed i a oraz și és kai και ו و sowie with mit avec con com sammen
"""
"""Words between two names."""

PARTICLES = """
    med. phil. rer. nat. jur. h.c. habil. pol. von van der den de del della di da dos das du des la le los las
    el al bin ibn ben bint abu ter ten op zu zum zur af av st st. saint mac mc o' y e i do vom van't und
"""
"""Words of a name that are written small."""

HONORIFICS = """
    mr mr. mrs mrs. ms ms. herr frau sir dame rev. fr. dipl.-ing. ing. m.a. ir. drs. hon.
"""
"""Titles before a name."""

CREDENTIALS = """
    md m.d. phd ph.d. ph.d rd r.d. ms m.s. msc mba mph ma m.a. ba bsc rn np do dds dvm jd j.d. esq esq. cfp cfa
    cpa ldn rdn fand edd ed.d. lcsw pt dpt cscs cpt pharmd facs llm llb jr jr. sr sr. ii iii iv sj s.j. op o.p.
    obe mbe cbe
"""
"""Letters after a name; they follow a comma."""

CHINESE_SURNAMES = """
    王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈
    姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤
    張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭蔣葉蘇呂盧鍾譚陸範賈韋鄒龍賀顧龔萬錢嚴湯
"""
"""Letters with which most Chinese names begin."""

ROLES = """
    educator educators specialist specialists expert experts experte expertin engineer scientist researcher
    coordinator reporter reporters correspondent correspondents writer writers editor editors journalist
    journalists columnist contributor contributors producer photographer author authors chief head director
    officer manager freelance freelancer fellow critic analyst professor lecturer founder ceo cto president
    chairman intern trainee blogger redakteur redakteurin redakteure reporterin korrespondent korrespondentin
    korrespondenten projektleiter projektleiterin geschäftsführer geschäftsführerin pressesprecher
    pressesprecherin referent referentin autorin autor autoren journalistin journalisten volontär volontärin
    chefredakteur chefredakteurin ressortleiter ressortleiterin leiter leiterin kolumnist kolumnistin fotograf
    fotografin mitarbeiter mitarbeiterin stv. stellv. herausgeber journaliste journalistes correspondant
    correspondante correspondants envoyé envoyée spécial spéciale rédacteur rédactrice éditorialiste chroniqueur
    chroniqueuse pigiste auteur autrice grand periodista redactor redactora corresponsal enviado enviada
    especial editora columnista colaborador giornalista inviato inviata corrispondente redattore redattrice
    direttore jornalista repórter correspondente redator redatora verslaggever redacteur redaktør skribent
    reportér dziennikarz dziennikarka redaktor muhabir muhabiri editörü корреспондент корреспондентка журналист
    журналистка редактор обозреватель 기자 특파원 선임기자 논설위원 인턴기자 객원기자
    앵커 記者 记者 特派員 特派员 編集委員 論説委員 編集長 主筆 通讯员 编辑
"""
"""Words for what an author does."""

ROLES_AFTER = """
    기자 특파원 선임기자 인턴기자
"""
"""Those of them that follow a name and make it a byline, without any announcement."""

ROLE_ADJECTIVES = """
    staff senior junior deputy assistant associate managing executive chief political politics business science
    health technology tech sports sport news travel world foreign national crime court education environment
    culture entertainment lifestyle royal city local local-democracy contributing guest special digital social
    consumer money leitende leitender stellvertretende stellvertretender politische politischer freie freier
    freelance columnist security defense defence economics economy finance financial features food data video
    audience investigations investigative marketing us uk eu europe european asia africa washington content hub live
    trending showbiz tv film music
"""
"""Words before a role that belong to it."""

NOBODY = """
    no check paid kontakt contacto contatto
    zur artikelübersicht zeige stand datum sendung archiv aus contact date written recent post this that
    in themenstarter last link text min mins minutes minute views oct nov more stories latest related collectif people
    artikel xing admin administrator administrateur anonymous anonym anonyme guest gast unknown unbekannt author autor
    auteur user editor redaktion redaction redacción redazione rédaction webmaster root none null undefined n/a na
    name nobody test staff team login share comments read follow subscribe email print twitter facebook instagram
    linkedin youtube advertisement anzeige sponsored home about updated published posted publié veröffentlicht
    biography profile full bio view all see articles posts website show authors hide redactie redaktionen toimitus
    редакция 编辑部 편집부 special letters our tim redaksi zespół
    et est edt ct cst cdt pt pst pdt gmt utc bst cet cest ist
"""
"""What stands where a name should be and is none."""

ARTICLES = "the a la le les el lo il der die das de het den"
"""Small words before those of nobody: `La Rédaction`."""

ORGANISATION_ENDS = """
    anstalt verband verein ministerium gesellschaft stiftung universität zentrum kammer behörde institut 報導 报导
    報道 报道 新聞 新闻 新聞網 新闻网 日報 日报 晚报 晚報 時報 时报 编辑部 編輯部 編集部 編集局 取材班 報知 ニュース
    通信社 通讯社 뉴스 뉴스팀 편집국 취재팀 보도국 뉴스부 ทีมข่าว
"""
"""How words end that only the name of an organisation or the place of a report has."""

BOX_HEADINGS = """
    also like love enjoy may might final thoughts bottom line story stories article articles next previous
    weitere mehr gesponserte inhalte aktuelle kommentare kommentar verwandte ähnliche beiträge beitrag lesen
    weiterlesen lire plus aussi leer más también leggi anche veja mais content conclusion summary fazit notes note
    references sources privacy policy terms rights reserved subscribe newsletter
"""
"""Words of the headings of boxes, which are printed like names."""

ORGANISATION = """
    nachrichtenagentur newswire agency agencies agentur agenturen agence agences agencia agencias agenzia
    agenzie news newsroom desk press presse staff team redaktion redaction redacción redaccion redação redazione
    rédaction redactie redaktionen toimitus editorial editors bureau service services media magazine journal
    newspaper zeitung anzeiger times daily tribune gazette radio tv television fernsehen online digital web
    website blog blogs
    groupe gruppe grupo gruppo network group company corp inc inc. ltd ltd. llc gmbh ag e.v. ev s.a. co. association
    foundation institute institut university universität college school ministry department commission council
    committee government online-redaktion webteam webmaster wire reports report contributors community club
    society center centre office verlag publishing podcast studio partners kommunikation communications
    pressestelle marketing creative commons editorial-team reporters writers redakcja redakce редакция агентство
    новости служба 编辑部 新闻 新聞 日报 日報 网 網 通讯社 通信社 通信 報 社 新聞社 オンライン
    デジタル 編集部 온라인 뉴스 신문 일보 통신 편집부 وكالة صحيفة تحرير
    foto photo photos bild getty images
"""
"""Words that only the name of an organisation has."""
