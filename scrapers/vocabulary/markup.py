"""Words by which the makers of pages name boxes and addresses: patterns for one class name, whatever its case."""

BYLINE = r"author|byline|autor(?!i[sz])|auteur"
DECK = r"sub-?(?:title|head(?:ing|line)|hed)|(?:^|[-_])dec?k(?:$|[-_])|standfirst|untertitel|chapo"
KICKER = (
    r"kicker|dachzeile|spitzmarke|(?:top|roof|over|sub)-?line|(?:top|super|supra|over|pre)-?title|sur-?titre|eyebrow"
    r"|(?:^|[-_])label(?:$|[-_])|rubric|ante-?titulo|volanta|occhiello"
    r"|badge|premium|paywall|(?:^|[-_ ])plus(?:$|[-_ ])"
)
"""The line above a headline, or the mark of a paid article, which often stand in the same heading."""

UNSEEN = r"visually-?hidden|element-invisible|sr-only|screen-?reader"
"""What only those hear who have a page read to them."""

LOGO = r"logo|(?:^|[-_ ])brand(?:ing)?(?:$|[-_ ])|site-?(?:name|title)|masthead"

NOT_OF_THE_ARTICLE = (
    r"comment|related|teaser|card|(?<!with-)(?<!with)(?<!has-)(?<!no-)sidebar|promo|recommend|widget|quote|caption"
    r"|(?<!article-)(?<!entry-)(?<!post-)footer|image|photo|bild|media|credit|trending|popular|more-|most-|carousel"
    r"|newsletter|profile-?list|\bnav|menu|form|avatar|follow|social|gallery|figure|stream|river|latest"
)
"""Boxes that name people who did not write the article."""

TAGS = (
    r"(?:^|[-_])(?:tag|keyword|topic|subject|mot-?cle|thema|themen|theme|schlagw\w*|stichw\w*|etiqueta|tema|label)s?"
    r"(?:$|__|[-_](?:list|links?|items?|container|wrapper|block|group|box|like|big|area|name)\b)"
    r"|[a-z](?:Tag|Topic|Keyword)s?(?![a-z])|^Tags?(?:_|$)|taglist|tag-list"
)
"""Boxes of tags; the one pattern that minds case."""

TAG_HINTS = "tag Tag opic eyword ubject mot thema theme tich chlag etiqu tema label"
"""Letters of which every class of `TAGS` holds some."""

NOT_OF_TAGS = (
    r"menu|\bnav|header-|footer|(?<!with-)(?<!with)(?<!has-)(?<!no-)(?<!sticky-)sidebar|recommend|trending|popular"
    r"|(?<!article-)(?<!article_)related(?!-tag)|promo|teaser|comment|tagcloud|tag-cloud|tag_cloud|breadcrumb|share|social|widget|submenu|search"
)
"""Boxes whose links are no tags of the article."""

TAG_ADDRESSES = """
    tag tags topic topics keyword keywords thema themen theme themes tema temas temi argomenti schlagwort
    schlagworte schlagwörter stichwort stichworte etiqueta etiquetas mot mots motcle mot-cle mots-cles label
    labels konu etiket etiketler tagi emne emner ämne ämnen aihe aiheet avainsanat tagit tagged hashtag hashtags
    topik assunto assuntos topico topicos onderwerp onderwerpen temat tematy stitek stitky cimke cimkek oznaka
    oznake eticheta etichete nyckelord konular chu-de tu-khoa
"""
"""Parts of the address that leads to the articles of one tag."""

AUTHOR_ADDRESSES = (
    r"/(?:authors?|autor(?:en|es|i|e)?|auteurs?|profile|people|person|by|journalist|reporter|korrespondent\w*|team"
    r"|staff|columnist|contributors?|members?|users?)[/-]|[?&]author="
)
"""Addresses of the pages of authors."""
