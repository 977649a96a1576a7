"""Words around pictures: what their makers are called, and which boxes hold other pictures than the article's."""

CREDIT = """
    photo | photos | photograph | photographs | photo by | photograph by | photo credit | picture | pictures | image
    images | image credit | credit | credits | copyright | courtesy of | illustration | graphic | file photo | via
    foto | fotos | fotografia | fotografía | bild | bilder | aufnahme | symbolbild | archivfoto | grafik
    photo d'illustration | crédit | crédits | crédit photo | cliché | imagen | crédito | imagem | reprodução
    immagine | credito | beeld | billede | kuva | zdjęcie | fot | fotografie | snímek | fotó | kép | fotoğraf
    фото | фотография | изображение | світлина | снимка | φωτογραφία | צילום | תצלום | تصوير | الصورة | عکس
    फोटो | तस्वीर | ภาพ | ảnh | hình | foto oleh | 摄影 | 攝影 | 图 | 圖 | 图片 | 图源 | 供图 | 摄 | 写真 | 撮影 | 提供
    사진 | 사진 출처 | 사진출처 | 사진 제공 | 사진제공 | 이미지
"""
"""Labels before the photographer or agency, by language; lower case."""

CREDIT_CLASSES = "credit credits copyright photographer photocredit image-source source attribution byline fotograf"
"""Words in the class of what names the photographer."""

FOREIGN = (
    "related relacionadas recommend promo teaser card newsletter subscribe comment author bio avatar profile byline"
    " share social logo icon sponsor advert ad ads banner sidebar widget nav menu footer popular trending most more"
    " read-also also emoji gravatar rating spinner pixel tracking"
)
"""Words in the class of boxes and pictures that are not the article's."""
