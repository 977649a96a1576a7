"""What pages print that are no article, by language: whole titles, and phrases of short texts. Lower case."""

ERROR_TITLES = (
    # en
    "404", "403", "410", "500", "502", "503", "error 404", "error", "not found", "page not found", "file not found",
    "page not available", "page unavailable", "page does not exist", "page doesn't exist", "page can't be found",
    "page cannot be found", "page could not be found", "we can't find", "we couldn't find", "nothing found",
    "oops", "forbidden", "access forbidden", "bad gateway", "gateway timeout", "service unavailable",
    "temporarily unavailable", "internal server error", "server error", "something went wrong", "gone",
    "article not found", "story not found", "no longer available", "under maintenance", "be right back",
    # de, nl, sv, da, no
    "seite nicht gefunden", "nicht gefunden", "nicht verfügbar", "fehler", "existiert nicht", "wartungsarbeiten",
    "pagina niet gevonden", "niet gevonden", "sidan hittades inte", "siden blev ikke fundet", "siden finnes ikke",
    "sivua ei löytynyt",
    # fr, es, pt, it, ro
    "page introuvable", "page non trouvée", "introuvable", "erreur", "page inexistante", "page indisponible",
    "página no encontrada", "no encontrada", "página no existe", "página não encontrada", "não encontrada",
    "pagina non trovata", "non trovata", "errore", "pagina nu a fost găsită", "pagina nu există",
    # pl, cs, hu, tr, el, ru, uk
    "nie znaleziono", "strona nie istnieje", "stránka nenalezena", "stránka nebyla nalezena", "nem található",
    "sayfa bulunamadı", "bulunamadı", "δεν βρέθηκε", "страница не найдена", "не найдено", "ошибка",
    "сторінку не знайдено",
    # zh, ja, ko, ar, he, fa, hi, th, vi, id
    "页面不存在", "页面没有找到", "找不到页面", "您访问的页面",
    "文章不存在", "已被删除", "頁面不存在", "找不到網頁", "出错了",
    "ページが見つかりません", "見つかりませんでした", "お探しのページ",
    "エラー", "페이지를 찾을 수 없습니다", "존재하지 않는",
    "الصفحة غير موجودة", "غير موجود", "הדף לא נמצא",
    "صفحه پیدا نشد", "पृष्ठ नहीं मिला", "ไม่พบหน้า", "không tìm thấy",
    "halaman tidak ditemukan", "tidak ditemukan",
)  # fmt: skip

CHALLENGES = (
    # en
    "just a moment", "checking your browser", "attention required", "access denied", "access to this page",
    "are you a robot", "robot or human", "i am not a robot", "i'm not a robot", "not a bot", "are you human",
    "verify you are human", "verify that you are", "human verification", "pardon our interruption", "security check",
    "security verification", "unusual traffic", "unusual activity", "complete the captcha", "solve the captcha",
    "captcha", "ddos protection", "request blocked", "you have been blocked", "bot detection", "client challenge",
    # others
    "einen moment", "sind sie ein mensch", "sicherheitsüberprüfung", "un instant", "vérification de sécurité",
    "un momento", "verificación de seguridad", "um momento",
    "один момент", "проверка браузера", "安全验证", "人机验证",
    "请完成验证", "安全驗證", "ロボットではありません", "보안 확인",
)  # fmt: skip
"""Titles of pages that ask for a proof of being human, and phrases of their texts."""

CHALLENGE_MARKUP = (
    b"/cdn-cgi/challenge-platform", b"cf-chl-", b"captcha-delivery.com", b"_Incapsula_Resource", b"px-captcha",
    b"hcaptcha.com", b"ddos-guard", b"awsWafCookieDomainList", b"/_fs-ch-", b"sgcaptcha",
)  # fmt: skip
"""Scripts of such pages; decisive where a page prints next to nothing."""

CONSENT = (
    # en
    "before you continue", "we value your privacy", "we care about your privacy", "your privacy choices",
    "we and our partners", "accept all", "reject all", "manage options", "manage preferences", "cookie settings",
    "use of cookies", "cookie policy", "store and/or access information",
    # de, nl
    "bevor sie fortfahren", "zustimmen", "zustimmung", "alle akzeptieren", "alle ablehnen", "mit werbung",
    "unsere partner", "datenschutzeinstellungen", "alles accepteren", "voordat je verdergaat",
    # fr, es, pt, it, pl
    "tout accepter", "tout refuser", "nos partenaires", "respectons votre vie privée", "continuer sans accepter",
    "aceptar todo", "rechazar todo", "nuestros socios", "aceitar todos", "nossos parceiros", "accetta tutto",
    "rifiuta tutto", "i nostri partner", "akceptuję", "naszych partnerów",
)  # fmt: skip

PAYWALLS = (
    # en
    "subscribe to continue", "subscribe to read",
    "subscribe to keep reading", "subscribe now to", "to continue reading",
    "continue reading with", "this article is for subscribers", "this story is for subscribers", "subscriber-only",
    "subscribers only", "for subscribers only",
    "exclusive to subscribers", "already a subscriber", "become a subscriber",
    "log in to continue", "sign in to continue", "sign in to read", "create a free account to", "register to read",
    "unlock this article", "read the full article", "to read the full story", "this is a premium article",
    "you have reached your limit", "free articles remaining",
    # de, nl, sv, da, no
    "um weiterzulesen", "jetzt weiterlesen", "weiterlesen mit", "mit einem abo", "sie sind bereits abonnent",
    "bereits abonnent", "nur für abonnenten", "exklusiv für abonnenten", "dieser artikel ist kostenpflichtig",
    "diesen artikel lesen", "jetzt abonnieren", "verder lezen", "alleen voor abonnees", "lees verder met",
    "läs hela artikeln", "bli prenumerant", "for abonnenter", "kun for abonnenter", "bliv abonnent",
    # fr, es, pt, it, pl
    "réservé aux abonnés", "réservée aux abonnés", "article réservé", "la suite est réservée", "pour lire la suite",
    "il vous reste", "abonnez-vous pour", "déjà abonné", "suscríbete para", "para seguir leyendo",
    "contenido exclusivo para suscriptores", "solo para suscriptores",
    "ya soy suscriptor", "exclusivo para assinantes",
    "assine para continuar", "já é assinante",
    "riservato agli abbonati", "per continuare a leggere", "sei già abbonato",
    "dla subskrybentów", "aby czytać dalej", "pozostało",
    # ru, zh, ja, ko
    "только для подписчиков", "оформите подписку", "订阅后", "付费内容", "会员专享", "訂閱", "会員限定", "有料会員",
    "この記事は有料", "続きを読むには", "残り", "구독 후", "유료 기사",
)  # fmt: skip
"""Lines that stand where a text is cut for those who do not pay."""

SCRIPT_NEEDED = (
    "enable javascript", "javascript is required", "javascript is disabled", "requires javascript", "need to enable",
    "javascript aktivieren", "activer javascript",
    "activez javascript", "habilita javascript", "habilite o javascript",
    "включите javascript", "启用javascript", "javascriptを有効",
)  # fmt: skip
