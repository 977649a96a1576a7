"""Words in the addresses of pages."""

NO_PAGE = frozenset(
    "7z aac apk atom avi bmp css csv doc docx eot epub exe flac gif gz ico ics iso jpeg jpg js json m3u8 m4a m4v map"
    " mkv mov mp3 mp4 mpeg mpg msi odt ogg ogv pdf png ppt pptx rar rdf rss rtf svg swf tar tif tiff ttf txt wav webm"
    " webp wmv woff woff2 xls xlsx xml zip".split()
)
"""File extensions of what is no page."""

NO_ARTICLE = frozenset(
    # en
    "about about-us abo account ads advertise advertising author authors bookmarks careers cart categories category"
    " checkout contact contact-us cookie-policy cookies copyright donate faq feed feeds imprint login logout masthead"
    " membership my-account newsletter newsletters password preferences print privacy privacy-policy profile register"
    " registration rss search section sections sign-in sign-up signin signup sitemap staff subscribe subscription"
    " subscriptions tag tags terms terms-of-service terms-of-use topic topics trending user users widget widgets"
    " wp-admin wp-content wp-json wp-login.php"
    # de
    " agb anmelden autor autoren datenschutz impressum kategorie kontakt mediadaten registrieren schlagwort suche thema"
    " themen"
    # fr
    " a-propos auteur auteurs connexion etiquette inscription mentions-legales mot-cle qui-sommes-nous recherche"
    " rubrique"
    # es, pt, it
    " acerca-de autore autori autores aviso-legal busca buscar categoria categorias cerca chi-siamo contacto contato"
    " contatti etiqueta etiquetas privacidad quem-somos quienes-somos registro ricerca suscripcion tema temas"
    # nl, sv, pl, cs, tr
    " etiket hakkimizda iletisim kategoria labels onderwerp onderwerpen regulamin sok szukaj tagi uzytkownik"
    " vyhledavani zoeken".split()
)
"""Path segments of listings and services: an address that holds one is no article's."""

INDEX = frozenset("index default home main latest news live video videos photos gallery galleries all".split())
"""Last segments, without extension, of pages that list others."""

ARTICLE_KEYS = frozenset(
    "a aid art article article_id articleid artid contentid doc docid id idarticle idarticulo idxno itemid news news_id"
    " newsid nid no p pid post postid sid story storyid".split()
)
"""Query parameters whose number names an article."""

FEED_PATHS = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml")
"""Where feeds stand when a site declares none."""

SITEMAP_PATHS = ("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml", "/sitemap-news.xml")
"""Where sitemaps stand when robots.txt names none."""

VARIANT_QUERIES = frozenset(
    "amp amp= amp=1 amp=true amp=yes output=amp outputtype=amp print print= print=1 print=true print=yes"
    " view=print".split()
)
"""Parts of a query, in lower case, that ask for a page as AMP or for printing."""
