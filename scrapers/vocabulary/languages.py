"""Names and tags of languages as pages write them, and the languages that an identifier mistakes for each other."""

# What pages write for a language -> its tag
TAGS = {
    "arabic": "ar", "chinese": "zh", "deutsch": "de", "dutch": "nl", "english": "en", "español": "es", "espanol": "es",
    "français": "fr", "francais": "fr", "french": "fr", "german": "de", "hindi": "hi", "indonesian": "id",
    "italian": "it", "italiano": "it", "japanese": "ja", "korean": "ko", "polish": "pl", "portuguese": "pt",
    "português": "pt", "russian": "ru", "spanish": "es", "turkish": "tr", "ukrainian": "uk", "vietnamese": "vi",
    "ara": "ar", "chi": "zh", "zho": "zh", "deu": "de", "ger": "de", "dut": "nl", "nld": "nl", "eng": "en", "spa": "es",
    "fas": "fa", "per": "fa", "fra": "fr", "fre": "fr", "ell": "el", "gre": "el", "heb": "he", "hin": "hi", "hun": "hu",
    "ind": "id", "ita": "it", "jpn": "ja", "kor": "ko", "nor": "no", "pol": "pl", "por": "pt", "ron": "ro", "rum": "ro",
    "rus": "ru", "swe": "sv", "tur": "tr", "ukr": "uk", "vie": "vi", "ces": "cs", "cze": "cs", "dan": "da", "fin": "fi",
    "ben": "bn", "guj": "gu", "kan": "kn", "mal": "ml", "mar": "mr", "pan": "pa", "tam": "ta", "tel": "te", "urd": "ur",
    "jp": "ja", "cn": "zh", "tw": "zh-TW", "kr": "ko", "ua": "uk", "cz": "cs", "gr": "el", "iw": "he", "in": "id",
    "ji": "yi", "jw": "jv", "cmn": "zh", "dk": "da", "vn": "vi",
}  # fmt: skip

# Common words that no other language shares but those of `CLOSE`: a text with some of them need not be identified where
# its page declares that language
COMMON = {
    tag: frozenset(words.split())
    for tag, words in {
        "de": "der die das den dem des und ist nicht ein eine einen von vom zu zum mit auf für im sich auch wird hat",
        "en": "the of and to that for with from have has his this will said were they their been an who its not but",
        "es": "el los las que por para como más sus pero este fue y desde",
        "fr": "les des et du une pour dans qui sur par ont cette avec aux sont plus elle été",
        "it": "il che di della dello delle dei degli sono nel nella alla gli per una anche più dalla questo stato",
        "nl": "het een van zijn voor met niet aan ook wordt heeft bij naar maar door uit worden deze",
        "pt": "os das dos que em um uma para com não ao pelo pela mais também foi são seu sua",
        "sv": "och att är för inte ett från också till eller vid ska när",
    }.items()
}

# Languages so close that a short text does not tell them apart: there the page's own word counts
CLOSE = [
    frozenset(group.split())
    for group in (
        "no nb nn da",
        "id ms",
        "hr bs sr sh me",
        "cs sk",
        "es gl ca ast an pt",
        "nl af",
        "zu xh ss nr",
        "bg mk",
        "fa prs tg ps ur",
        "hi mr ne bho mai sa",
        "tl fil ceb",
        "de lb gsw als bar",
        "en sco",
        "rw rn",
        "az tr",
        "kk ky tt uz",
        "be uk ru",
        "st tn nso",
        "ar arz ary",
        "as bn",
    )
]

# Characters that stand only in one of the two ways of writing Chinese
SIMPLIFIED = frozenset("们这国时对说为从过还没发经现进动样种关开问间无应实长电车东书见门业务义乐习华单卖历厂厅双变叶号")
TRADITIONAL = frozenset(
    "們這國時對說為從過還沒發經現進動樣種關開問間無應實長電車東書見門業務義樂習華單賣歷廠廳雙變葉號"
)
SIMPLIFIED_REGIONS = frozenset("CN SG MY".split())
TRADITIONAL_REGIONS = frozenset("TW HK MO".split())
