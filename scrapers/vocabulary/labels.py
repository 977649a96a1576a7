"""Labels that pages print before a value: `Mots clés :`, `Source:`. Lower case."""

KEYWORDS = """
    keywords | keyword | key words | tags | tag | topics | topic | filed under | more on | subjects | mots clés
    mots-clés | mot-clé | mots clefs | thèmes | thématiques | sujets | schlagwörter | schlagworte | stichwörter
    stichworte | themen | thema | palabras clave | etiquetas | temas | etiquetado en | palavras-chave
    palavras chave | marcadores | assuntos | tópicos | parole chiave | etichette | argomenti | temi
    trefwoorden | onderwerpen | lees meer over | emneord | emner | stikord | nyckelord | ämnen | etiketter
    avainsanat | aiheet | słowa kluczowe | tagi | tematy | klíčová slova | témata | štítky | kľúčové slová
    kulcsszavak | címkék | cuvinte cheie | etichete | ključne reči | ključne riječi | oznake | ključne besede
    anahtar kelimeler | etiketler | konular | ключевые слова | теги | темы | метки | ключові слова | мітки
    ключови думи | етикети | λέξεις κλειδιά | ετικέτες | מילות מפתח | תגיות | כתבות בנושא | كلمات مفتاحية
    الكلمات المفتاحية | كلمات دالة | الكلمات الدالة | وسوم | برچسب‌ها | کلیدواژه‌ها | कीवर्ड | टैग | คำสำคัญ
    แท็ก | từ khóa | chủ đề | kata kunci | topik | 关键词 | 關鍵詞 | 關鍵字 | 关键字 | 标签 | 標籤 | キーワード
    タグ | 키워드 | 태그 | 핵심어
"""

SOURCE = """
    source | sources | quelle | quellen | fuente | fuentes | fonte | fonti | fontes | bron | kilde | källa
    lähde | źródło | zdroj | forrás | sursa | izvor | vir | kaynak | источник | джерело | източник | πηγή | מקור
    المصدر | منبع | nguồn | theo | sumber | ที่มา | 来源 | 來源 | 稿源 | 文章来源 | 消息来源 | 出典 | 提供 | 出处
    자료 | 출처
"""
"""Before the one who supplied the text: an agency or another outlet."""

SOURCE_HEADS = {
    "de": "Quelle",
    "es": "Fuente",
    "it": "Fonte",
    "pt": "Fonte",
    "zh": "来源",
    "ru": "Источник",
    "tr": "Kaynak",
}
"""By language the one that is printed most, as it begins a credit; `Source` in all others."""

GENRES = """
    opinion commentary analysis editorial column video videos photos podcast interview review gallery kommentar analyse
    meinung kolumne tribune éditorial opinión análisis columna opinione editoriale opinião 社説 社论 评论
    사설 칼럼 мнение
"""
"""What stands behind a headline and says what kind of article it is: `Ferries for all | Opinion`."""
