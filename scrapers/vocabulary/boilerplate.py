"""What a page prints beside the text of its article, by language."""

BOXES = (
    "comment comments disqus share sharing social related recommended newsletter subscribe sidebar navbar menu"
    " breadcrumb footer cookie consent gdpr advert advertisement sponsored outbrain taboola popular trending mostread"
    " pagination authorbox copyright disclaimer modal popup paywall teaser readmore"
    # German, French, Spanish, Portuguese, Italian, Dutch, Polish, Turkish
    " werbung anzeige kommentare kommentar teilen verwandte meistgelesen empfehlungen"
    " publicite commentaires partager partage"
    " publicidad comentarios compartir relacionadas relacionados"
    " publicidade comentários compartilhar"
    " pubblicita commenti condividi correlati"
    " advertentie reacties delen gerelateerd"
    " reklama komentarze udostepnij powiazane"
    " reklam yorumlar paylas ilgili"
).split()
"""Words in class and id of boxes that hold no article text."""

ASIDE_TAGS = frozenset("aside figcaption footer form nav".split())
ASIDE_NAMES = frozenset(
    "comment comments commentlist disqus caption captions credit credits newsletter cookie cookies consent related"
    " copyright disclaimer kommentare bildunterschrift bildnachweis commentaires legende comentarios"
    " commenti didascalia reacties bijschrift komentarze".split()
)
"""Tags and words in class and id of boxes that are no text of an article, unless they hold most of it by mistake."""

REFERENCES = {
    "en": """
        Read more: | Read also: | Also read: | Read next: | See also: | Related: | Related story: | Related stories:
        Related article: | Related articles: | Related post: | Related posts: | Related reading: | Related coverage:
        Related content: | Recommended: | Recommended reading: | You may also like | You might also like
        Main article: | Main articles: | Further information: | More: | More on this: | More on this story | Watch:
        Listen: | Don't miss: | Advertisement | Skip advertisement | Story continues below | Article continues below
        Continue reading below | This slideshow requires JavaScript | Please enable JavaScript
        Your browser does not support | Sign up for our newsletter | Subscribe to our newsletter | Join our WhatsApp
        Join us on WhatsApp | Join our Telegram
    """,
    "de": """
        Lesen Sie: | Lesen Sie auch: | Lesen Sie hier | Lesen Sie dazu | Lesen Sie mehr | Lesen Sie außerdem
        Lesen Sie weiter | Lesen Sie jetzt | Lies auch: | Lest auch: | Lesetipp: | Schon gelesen? | Mehr dazu:
        Mehr Themen: | Mehr zum Thema | Weitere Artikel: | Weitere Themen: | Passend dazu: | Zum Thema: | Siehe auch:
        Hauptartikel: | Auch interessant: | Das könnte Sie auch interessieren | Anzeige | Werbung | Externer Inhalt
        Empfohlener externer Inhalt
    """,
    "fr": """
        Lire aussi | À lire aussi | A lire aussi | Lire également | À lire également | A lire également | À lire :
        A lire : | À lire ensuite | Voir aussi | À voir aussi | A voir aussi | Lire la suite | Lire plus
        Sur le même sujet | Pour aller plus loin : | Article détaillé : | Articles détaillés : | Publicité
        La suite après la publicité | La suite après cette publicité
    """,
    "es": """
        Lea también | Lee también | También lee | También lea | Lea más | Lee más | Leer más
        Lea además | Lee además | Puede leer: | Puedes leer: | También puede leer | También puedes leer | Ver también
        Vea también | Vea además | Mira también | Mire también | Puedes ver: | Te puede interesar
        Le puede interesar | También te puede interesar | Le recomendamos | Te recomendamos | Contenido relacionado
        Noticias relacionadas | Notas relacionadas | Artículo principal: | No te pierdas: | Únete a nuestro canal
        Únete al canal | Publicidad
    """,
    "pt": """
        Leia também | Leia mais | Leia ainda | Veja: | Veja também | Veja mais | Confira também | Saiba mais
        Artigo principal: | Continua após a publicidade
    """,
    "it": """
        Leggi anche | Leggi tutto | Leggi di più | Vedi anche | Guarda anche | Per approfondire:
        Ti potrebbe interessare | Potrebbe interessarti | Voce principale: | Pubblicità
    """,
    "ro": "Citește și | Citeste si | Citiți și | Vezi și | Publicitate",
    "nl": "Lees ook | Lees meer: | Lees verder onder | Bekijk ook | Advertentie",
    "da": "Læs også | Læs mere: | Se også | Annonce",
    "no": "Les også | Les mer: | Se også | Annonse",
    "sv": "Läs också | Läs även | Läs mer: | Se också | Annons",
    "fi": "Lue myös | Lue lisää: | Katso myös",
    "pl": """
        Czytaj też | Czytaj także | Czytaj również | Czytaj więcej | Czytaj dalej | Przeczytaj też | Przeczytaj także
        Przeczytaj również | Zobacz też | Zobacz także | Zobacz również | Zobacz więcej | Polecamy: | Reklama
    """,
    "cs": "Čtěte také | Čtěte více | Čtěte i: | Přečtěte si | Mohlo by vás zajímat",
    "sk": "Čítajte aj | Prečítajte si | Mohlo by vás zaujať",
    "hu": "Olvassa el | Olvasd el | Kapcsolódó cikk | Hirdetés",
    "hr": "Pročitajte i | Pročitaj i | Pročitajte još | Čitajte i | Čitajte još",
    "ru": "Читайте также | Читать также | Смотрите также | По теме: | Реклама",
    "uk": "Читайте також | Дивіться також",
    "bg": "Прочетете още | Вижте още | Още по темата",
    "el": "Διαβάστε επίσης | Διαβάστε ακόμα | Διαβάστε περισσότερα | Δείτε επίσης",
    "tr": "İlginizi çekebilir | Bunlar da ilginizi çekebilir | İlgili haber | Ayrıca bakınız",
    "id": "Baca juga | Baca lagi: | Simak juga | Lihat juga",
    "vi": "Xem thêm | Đọc thêm | Tin liên quan",
    "zh": """
        相关阅读 | 相关新闻 | 相关报道 | 推荐阅读 | 更多阅读 | 延伸阅读 | 延伸閱讀 | 相關新聞 | 相關報導 | 相關閱讀
        更多新聞
    """,
    "ja": "関連記事 | あわせて読みたい | こちらもおすすめ",
    "ko": "관련기사 | 관련 기사 | 관련뉴스 | 관련 뉴스 | 추천 기사",
    "th": "อ่านเพิ่มเติม | อ่านข่าวเพิ่มเติม | ข่าวที่เกี่ยวข้อง",
    "ar": "اقرأ أيضا | اقرأ أيضًا | اقرأ أيضاً | إقرأ أيضا | اقرأ المزيد | شاهد أيضا",
    "fa": "بیشتر بخوانید | همچنین بخوانید",
    "ur": "یہ بھی پڑھیں | مزید پڑھیں",
    "he": "קראו גם | קראו עוד | עוד בנושא",
    "hi": "यह भी पढ़ें | ये भी पढ़ें | इसे भी पढ़ें | और पढ़ें:",
    "bn": "আরও পড়ুন | আরো পড়ুন",
    "ta": "மேலும் படிக்க",
}
"""How short lines begin that lead away from the article, wherever they stand, by language.

Where one is shown with a colon, a colon or a bar is needed.
"""

CLOSINGS = {
    "en": """
        Source: | Sources: | Follow us | Follow @ | Follow her | Follow him | Follow them | Back to top | Share this
        Share on | Sharing is caring | Like this story? | Have a tip? | Got a tip? | Sign up | Subscribe
        To continue reading | To read the full | To view the full | This article is for subscribers | Copyright
        All rights reserved | Disclaimer: | The views expressed | Views expressed | The opinions expressed
        Opinions expressed | Click here to | Tags: | Topics: | Filed under | Editing by | Reporting by
        Additional reporting | Contact us
    """,
    "de": """
        Quelle: | Quellen: | Folgen Sie | Nach oben | Alle Rechte vorbehalten | Schlagworte: | Schlagwörter: | Themen:
        Verantwortlich: | Übersetzung: | Aus dem Englischen | Jetzt weiterlesen | Weiterlesen mit
    """,
    "fr": """
        Suivez | Retrouvez | Retour en haut | Retournez en haut | Haut de page | Tous droits réservés | Mots clés :
        Partager | Il vous reste | La suite est réservée | Cet article est réservé | Traduit de
    """,
    "es": """
        Fuente: | Síguenos | Síganos | Suscríbete | Suscríbase | Las opiniones expresadas
        Todos los derechos reservados | Etiquetas: | Temas:
    """,
    "pt": "Fonte: | Siga | Todos os direitos reservados",
    "it": "Seguici | Argomenti: | Tag: | Tutti i diritti riservati | Riproduzione riservata",
    "nl": "Bron: | Trefwoorden: | Volg ons | Alle rechten voorbehouden",
    "da": "Alle rettigheder forbeholdes | Emner:",
    "no": "Ansvarlig redaktør | Alle rettigheter forbeholdt",
    "sv": "Ansvarig utgivare | Alla rättigheter förbehållna | Ämnen:",
    "pl": "Źródło: | Wszelkie prawa zastrzeżone | Tagi:",
    "cs": "Zdroj: | Všechna práva vyhrazena",
    "sk": "Všetky práva vyhradené",
    "ru": "Источник: | Все права защищены | Подписывайтесь | Подпишитесь | Теги:",
    "tr": "Kaynak: | Tüm hakları saklıdır",
    "id": "Sumber:",
    "zh": """
        责任编辑 | 责编 | 编辑： | 来源： | 關鍵字： | 關鍵詞： | 关键词： | 版权所有 | 扫一扫 | 打印 | 关闭窗口
        大 中 小 | 相关链接 | 返回顶部 | 【編輯 | 【编辑
    """,
    "ko": "저작권자 | 무단전재 | 기사제보",
    "*": "ⓒ | ©",
}
"""How short lines begin that a publisher adds below an article, by language; colons as in `REFERENCES`."""
