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

# Commonest words of languages: a text with some of them need not be identified where its page declares that language
COMMON = {
    tag: frozenset(words.split())
    for tag, words in {
        "de": "der die das den dem des und ist nicht ein eine einen von vom zu zum mit auf für im sich auch wird hat",
        "en": "the of and to in is that it was for on with as by at from be are has have his he this will said",
        "es": "el los las que del por con para una como más sus pero este fue es en ha su al y o sobre desde",
        "fr": "les des et du une que pour dans est qui sur pas au par ont cette avec aux le ce sont plus il elle été",
        "it": "il che del della dello delle dei degli sono nel nella alla gli anche più dal dalla questo ha è stato",
        "nl": "de het een van dat op te zijn voor met niet aan ook wordt heeft bij naar maar door uit om worden deze",
        "pt": "o os as do da dos das que em um uma para com não no na ao pelo pela mais também foi são seu sua",
        "sv": "och att är för inte ett från också till efter men kan eller vid så ska när av på en",
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
