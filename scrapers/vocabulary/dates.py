"""Words of dates besides months: eras, times of day, zones, and the labels printed before a date."""

# First year of an era, less one: 令和6年 is 2018 + 6
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}

# Months of the Persian calendar, in order
SOLAR_HIJRI_MONTHS = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split()

# Abbreviation -> zone with daylight saving where the country has it: pages print EST in summer too
ZONES = {
    "ET": "America/New_York",
    "EST": "America/New_York",
    "EDT": "America/New_York",
    "CT": "America/Chicago",
    "CST": "America/Chicago",
    "CDT": "America/Chicago",
    "MT": "America/Denver",
    "MST": "America/Denver",
    "MDT": "America/Denver",
    "PT": "America/Los_Angeles",
    "PST": "America/Los_Angeles",
    "PDT": "America/Los_Angeles",
    "AKST": "America/Anchorage",
    "AKDT": "America/Anchorage",
    "HST": "Pacific/Honolulu",
    "AST": "America/Halifax",
    "ADT": "America/Halifax",
    "NST": "America/St_Johns",
    "BRT": "America/Sao_Paulo",
    "ART": "America/Argentina/Buenos_Aires",
    "CLT": "America/Santiago",
    "COT": "America/Bogota",
    "PET": "America/Lima",
    "WET": "Europe/Lisbon",
    "WEST": "Europe/Lisbon",
    "BST": "Europe/London",
    "CET": "Europe/Paris",
    "CEST": "Europe/Paris",
    "MEZ": "Europe/Berlin",
    "MESZ": "Europe/Berlin",
    "EET": "Europe/Athens",
    "EEST": "Europe/Athens",
    "MSK": "Europe/Moscow",
    "МСК": "Europe/Moscow",
    "TRT": "Europe/Istanbul",
    "TSİ": "Europe/Istanbul",
    "SAST": "Africa/Johannesburg",
    "CAT": "Africa/Harare",
    "EAT": "Africa/Nairobi",
    "WAT": "Africa/Lagos",
    "GST": "Asia/Dubai",
    "PKT": "Asia/Karachi",
    "IST": "Asia/Kolkata",
    "NPT": "Asia/Kathmandu",
    "ICT": "Asia/Bangkok",
    "WIB": "Asia/Jakarta",
    "WITA": "Asia/Makassar",
    "WIT": "Asia/Jayapura",
    "MYT": "Asia/Kuala_Lumpur",
    "SGT": "Asia/Singapore",
    "HKT": "Asia/Hong_Kong",
    "PHT": "Asia/Manila",
    "KST": "Asia/Seoul",
    "JST": "Asia/Tokyo",
    "AWST": "Australia/Perth",
    "ACST": "Australia/Adelaide",
    "ACDT": "Australia/Adelaide",
    "AEST": "Australia/Sydney",
    "AEDT": "Australia/Sydney",
    "NZST": "Pacific/Auckland",
    "NZDT": "Pacific/Auckland",
    "UTC": "UTC",
    "GMT": "UTC",
    "Z": "UTC",
}
# The same letters in other places: language -> abbreviation -> zone
ZONES_BY_LANGUAGE = {
    "zh": {"CST": "Asia/Shanghai"},
    "he": {"IST": "Asia/Jerusalem"},
    "ga": {"IST": "Europe/Dublin"},
    "ar": {"AST": "Asia/Riyadh"},
    "pt": {"BST": "America/Sao_Paulo"},
}

# Top-level domains of countries -> the time that they keep, without those that are sold to anybody
DOMAIN_ZONES = {
    domain: zone
    for zone, domains in {
        "Europe/London": "uk",
        "Europe/Dublin": "ie",
        "Europe/Paris": "ad at be ch cz de dk fr hr hu it li lu mc mt nl no pl se si sk sm va ba rs mk al",
        "Europe/Athens": "gr fi ee lv lt ro bg cy md",
        "Europe/Istanbul": "tr by",
        "Europe/Kyiv": "ua",
        "Africa/Cairo": "eg",
        "Africa/Johannesburg": "za bw ls sz",
        "Africa/Lagos": "ng dz tn cm",
        "Africa/Nairobi": "ke ug tz et",
        "Africa/Harare": "zm zw mw mz rw",
        "Africa/Abidjan": "gh ci sn",
        "Asia/Jerusalem": "il",
        "Asia/Riyadh": "sa qa kw bh iq",
        "Asia/Dubai": "ae om",
        "Asia/Tehran": "ir",
        "Asia/Karachi": "pk",
        "Asia/Kolkata": "in lk",
        "Asia/Kathmandu": "np",
        "Asia/Dhaka": "bd",
        "Asia/Bangkok": "th vn kh",
        "Asia/Shanghai": "cn hk mo tw sg my ph",
        "Asia/Tokyo": "jp",
        "Asia/Seoul": "kr",
        "Pacific/Auckland": "nz",
        "America/Toronto": "ca",  # where most of its publishers are
        "America/Bogota": "pe ec",
        "America/Argentina/Buenos_Aires": "ar uy",
        "America/Caracas": "ve bo",
    }.items()
    for domain in domains.split()
}

# Domains of countries that write English, and the day before the month
DAY_FIRST_DOMAINS = frozenset(
    "uk au nz ie in za ng ke gh ug tz zm zw na bw mw sg my hk pk bd lk np mt cy jm tt bb gy ls sz eu".split()
)

# Labels before a date of publication, lower case, without accents; a letter in front of them ends a match
PUBLISHED = {
    "en": ["published", "posted", "publication date", "date posted", "release date", "first published", "pub date"],
    "de": ["veröffentlicht", "erstellt", "erschienen", "publiziert", "eingestellt am"],
    "fr": ["publié", "mis en ligne", "posté", "paru le", "parution", "rédigé le"],
    "es": ["publicado", "publicada", "creado", "fecha de publicación"],
    "it": ["pubblicato", "pubblicata", "inserito il", "data di pubblicazione"],
    "pt": ["publicado", "publicada", "postado", "criado em"],
    "nl": ["gepubliceerd", "geplaatst", "publicatiedatum"],
    "sv": ["publicerad", "publicerat"],
    "da": ["publiceret", "udgivet", "offentliggjort"],
    "nb": ["publisert"],
    "fi": ["julkaistu"],
    "et": ["avaldatud"],
    "lv": ["publicēts"],
    "lt": ["paskelbta"],
    "pl": ["opublikowano", "opublikowany", "dodano", "data publikacji"],
    "cs": ["publikováno", "vydáno", "zveřejněno"],
    "sk": ["publikované", "uverejnené", "zverejnené"],
    "sl": ["objavljeno"],
    "hr": ["objavljeno", "objava"],
    "sr": ["објављено"],
    "bg": ["публикувана", "публикувано", "публикуван"],
    "ru": ["опубликовано", "дата публикации", "размещено", "добавлено"],
    "uk": ["опубліковано", "дата публікації"],
    "ro": ["publicat", "postat"],
    "hu": ["megjelent", "közzétéve", "létrehozva", "publikálva"],
    "el": ["δημοσιεύθηκε", "δημοσιεύτηκε", "δημοσίευση", "ημερομηνία δημοσίευσης"],
    "tr": ["yayınlanma", "yayın tarihi", "yayınlandı", "giriş", "oluşturulma", "eklenme"],
    "id": ["dipublikasikan", "diterbitkan", "tayang", "terbit"],
    "vi": ["ngày đăng", "đăng lúc", "đăng ngày", "xuất bản"],
    "th": ["เผยแพร่", "โพสต์"],
    "zh": ["发布", "发表", "發布", "發佈", "發表", "刊登", "时间", "時間", "日期"],
    "ja": ["公開", "掲載", "投稿", "配信", "発表"],
    "ko": ["입력", "등록", "게시", "승인", "작성"],
    "ar": ["نشر", "تاريخ النشر"],
    "he": ["פורסם", "תאריך פרסום"],
    "fa": ["انتشار", "تاریخ"],
    "hi": ["प्रकाशित"],
    "bn": ["প্রকাশিত", "প্রকাশ"],
}

# Labels before a date of change
MODIFIED = {
    "en": ["updated", "update", "modified", "edited", "revised", "amended", "last change", "last reviewed"],
    "de": ["aktualisiert", "aktualisierung", "geändert", "änderung", "stand", "überarbeitet", "zuletzt bearbeitet"],
    "fr": ["mis à jour", "mise à jour", "modifié", "modification", "actualisé", "màj"],
    "es": ["actualizado", "actualizada", "actualización", "modificado", "modificación"],
    "it": ["aggiornato", "aggiornamento", "modificato", "modifica"],
    "pt": ["atualizado", "atualizada", "atualização", "modificado", "modificação"],
    "nl": ["bijgewerkt", "gewijzigd", "laatste update", "geüpdatet", "aangepast"],
    "sv": ["uppdaterad", "uppdaterat", "ändrad"],
    "da": ["opdateret", "ændret"],
    "nb": ["oppdatert", "endret"],
    "fi": ["päivitetty", "muokattu"],
    "et": ["uuendatud", "muudetud"],
    "lv": ["atjaunots"],
    "lt": ["atnaujinta"],
    "pl": ["zaktualizowano", "aktualizacja", "modyfikacja", "zmodyfikowano"],
    "cs": ["aktualizováno", "upraveno", "aktualizace"],
    "sk": ["aktualizované", "upravené"],
    "sl": ["posodobljeno"],
    "hr": ["ažurirano", "izmijenjeno"],
    "sr": ["ажурирано", "измењено"],
    "bg": ["обновена", "обновено", "последна промяна"],
    "ru": ["обновлено", "изменено", "обновление"],
    "uk": ["оновлено", "змінено"],
    "ro": ["actualizat", "modificat", "actualizare"],
    "hu": ["frissítve", "frissült", "módosítva", "módosítás"],
    "el": ["ενημερώθηκε", "ενημέρωση"],
    "tr": ["güncelleme", "güncellenme", "güncellendi"],
    "id": ["diperbarui", "diperbaharui", "dimutakhirkan"],
    "vi": ["cập nhật"],
    "th": ["อัปเดต", "อัพเดท", "ปรับปรุง", "แก้ไข"],
    "zh": ["更新", "修改", "修订", "修訂"],
    "ja": ["更新", "修正"],
    "ko": ["수정", "업데이트"],
    "ar": ["تحديث", "تعديل"],
    "he": ["עודכן", "עדכון"],
    "fa": ["به‌روزرسانی", "ویرایش"],
    "hi": ["अपडेट", "संशोधित"],
    "bn": ["আপডেট", "হালনাগাদ"],
}

# Words of a time told from now, a cheap sign that the dear reader of such phrases is worth asking
RELATIVE = (
    "ago yesterday today vor gestern heute il_y_a hier aujourd'hui hace ayer hoy fa ieri oggi há ontem hoje geleden"
    " gisteren vandaag sedan igår idag siden i_går i_dag sitten eilen tänään temu wczoraj dzisiaj před včera dnes"
    " pred danes ezelőtt tegnap назад вчера сегодня тому вчора сьогодні преди днес acum πριν χθες σήμερα önce dün bugün"
    " yang_lalu kemarin trước hôm_qua ที่แล้ว เมื่อวาน 前 昨天 昨日 今天 今日 전 어제 오늘 منذ أمس اليوم לפני אתמול היום"
    " پیش دیروز امروز पहले कल आज"
).split()

# Names of meta elements that give a date of publication; those that some publishers mean otherwise; those of a change
PUBLISHED_METAS = (
    "article:published_time og:article:published_time article:published og:published_time published_time"
    " parsely-pub-date sailthru.date cxenseparse:recs:publishtime cxenseparse:publishtime"
    " cxenseparse:recs:published_time cxenseparse:recs:articlepublished datepublished rnews:datepublished"
    " dcterms.issued dcterms.created dc.date.issued dc.date.created dc.terms.issued dc.created"
    " date.available date.created date.issued pubdate pub_date publishdate publish-date publish_date publication_date"
    " publicationdate publication-date date-pub published published-date published_date prism.publicationdate"
    " article.published article_date_original originalpublicationdate article:publish_date article:create_date"
    " bt:pubdate dcsext.articlefirstpublished citation_publication_date citation_online_date citation_date"
    " weibo:article:create_at ptime _pubtime og:release_date video:release_date iso-8601-publish-date"
).split()
VAGUE_METAS = "date dc.date dc:date dcterms.date datecreated created article.created timestamp gen_time".split()
MODIFIED_METAS = (
    "article:modified_time og:article:modified_time article:modified og:updated_time og:modified_time datemodified"
    " dcterms.modified dc.date.modified dc.modified date.modified date.updated last-modified last_modified lastmodified"
    " article.updated bt:moddate cxenseparse:recs:lastmodified weibo:article:update_at updated revised"
    " last_updated_date lastmod iso-8601-modified-date article:modified_date"
).split()

BEFORE_DATE = "on am le el em il den dne"
"""Words between a name and a date: `Ana Berg on 12 March`."""
