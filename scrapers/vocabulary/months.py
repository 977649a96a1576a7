"""Names of the months by language, from Unicode CLDR, with spellings that newsrooms use besides.

Twelve months a language, in lower case; spellings of one month are separated by `|`, `_` stands for a space.
"""

MONTHS: dict[str, str] = {
    "en": (
        "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sep|sept october|oct "
        "november|nov december|dec"
    ),
    "de": (
        "januar|jan|jänner|jän|jaenner februar|feb|feber märz|mär|mrz|maerz april|apr mai juni|jun juli|jul "
        "august|aug september|sept|sep oktober|okt november|nov dezember|dez"
    ),
    "fr": (
        "janvier|janv|jan février|févr|fev mars avril|avr mai juin juillet|juil août|aou septembre|sept|sep "
        "octobre|oct novembre|nov décembre|déc"
    ),
    "es": (
        "enero|ene|en febrero|feb marzo|mar abril|abr mayo|may junio|jun julio|jul agosto|ago "
        "septiembre|sept|setiembre|sep|set octubre|oct noviembre|nov diciembre|dic"
    ),
    "it": (
        "gennaio|gen|genn febbraio|feb|febbr marzo|mar aprile|apr maggio|mag giugno|giu luglio|lug agosto|ago "
        "settembre|set|sett|sep ottobre|ott novembre|nov dicembre|dic|dicem"
    ),
    "pt": (
        "janeiro|jan fevereiro|fev março|mar abril|abr maio|mai junho|jun julho|jul agosto|ago setembro|set "
        "outubro|out novembro|nov dezembro|dez"
    ),
    "nl": (
        "januari|jan februari|feb maart|mrt april|apr mei juni|jun juli|jul augustus|aug september|sep oktober|okt "
        "november|nov december|dec"
    ),
    "sv": (
        "januari|jan februari|feb mars april|apr maj juni juli augusti|aug september|sep oktober|okt november|nov "
        "december|dec"
    ),
    "da": (
        "januar|jan februar|feb marts|mar april|apr maj juni|jun juli|jul august|aug september|sep oktober|okt "
        "november|nov december|dec"
    ),
    "nb": (
        "januar|jan februar|feb mars|mar april|apr mai juni|jun juli|jul august|aug september|sep oktober|okt "
        "november|nov desember|des"
    ),
    "fi": (
        "tammikuuta|tammikuu|tammi helmikuuta|helmikuu|helmi maaliskuuta|maaliskuu|maalis huhtikuuta|huhtikuu|huhti "
        "toukokuuta|toukokuu|touko kesäkuuta|kesäkuu|kesä heinäkuuta|heinäkuu|heinä elokuuta|elokuu|elo "
        "syyskuuta|syyskuu|syys lokakuuta|lokakuu|loka marraskuuta|marraskuu|marras joulukuuta|joulukuu|joulu"
    ),
    "is": (
        "janúar|jan febrúar|feb mars|mar apríl|apr maí júní|jún júlí|júl ágúst|ágú september|sep október|okt "
        "nóvember|nóv desember|des"
    ),
    "et": (
        "jaanuar|jaan veebruar|veebr märts aprill|apr mai juuni juuli august|aug september|sept oktoober|okt "
        "november|nov detsember|dets"
    ),
    "lv": (
        "janvāris|janv februāris|febr marts aprīlis|apr maijs jūnijs|jūn jūlijs|jūl augusts|aug septembris|sept "
        "oktobris|okt novembris|nov decembris|dec"
    ),
    "lt": (
        "sausio|sausis|saus vasario|vasaris|vas kovo|kovas|kov balandžio|balandis|bal gegužės|gegužė|geg "
        "birželio|birželis|birž liepos|liepa|liep rugpjūčio|rugpjūtis|rugp rugsėjo|rugsėjis|rugs spalio|spalis|spal "
        "lapkričio|lapkritis|lapkr gruodžio|gruodis|gruod"
    ),
    "pl": (
        "stycznia|styczeń|sty lutego|luty|lut marca|marzec|mar kwietnia|kwiecień|kwi maja|maj czerwca|czerwiec|cze "
        "lipca|lipiec|lip sierpnia|sierpień|sie września|wrzesień|wrz października|październik|paź "
        "listopada|listopad|lis grudnia|grudzień|gru"
    ),
    "cs": (
        "ledna|leden|led února|únor|úno března|březen|bře dubna|duben|dub května|květen|kvě června|červen|čvn "
        "července|červenec|čvc srpna|srpen|srp září|zář října|říjen|říj listopadu|listopad|lis prosince|prosinec|pro"
    ),
    "sk": (
        "januára|január|jan februára|február|feb marca|marec|mar apríla|apríl|apr mája|máj júna|jún júla|júl "
        "augusta|august|aug septembra|september|sep októbra|október|okt novembra|november|nov decembra|december|dec"
    ),
    "sl": (
        "januar|jan februar|feb marec|mar april|apr maj junij|jun julij|jul avgust|avg september|sep oktober|okt "
        "november|nov december|dec"
    ),
    "hr": (
        "siječnja|siječanj|sij veljače|veljača|velj ožujka|ožujak|ožu travnja|travanj|tra svibnja|svibanj|svi "
        "lipnja|lipanj|lip srpnja|srpanj|srp kolovoza|kolovoz|kol rujna|rujan|ruj listopada|listopad|lis "
        "studenoga|studeni|stu prosinca|prosinac|pro"
    ),
    "bs": (
        "januar|jan februar|feb mart|mar april|apr maj juni|jun juli|jul august|aug septembar|sep oktobar|okt "
        "novembar|nov decembar|dec"
    ),
    "sr": (
        "јануар|јан фебруар|феб март|мар април|апр мај јун јул август|авг септембар|сеп октобар|окт новембар|нов "
        "децембар|дец"
    ),
    "mk": (
        "јануари|јан февруари|фев март|мар април|апр мај јуни|јун јули|јул август|авг септември|сеп октомври|окт "
        "ноември|ное декември|дек"
    ),
    "bg": (
        "януари|яну февруари|фев март април|апр май юни юли август|авг септември|сеп октомври|окт ноември|ное "
        "декември|дек"
    ),
    "ru": (
        "января|январь|янв февраля|февраль|февр|фев марта|март|мар апреля|апрель|апр мая|май июня|июнь|июн "
        "июля|июль|июл августа|август|авг сентября|сентябрь|сент|сен октября|октябрь|окт ноября|ноябрь|нояб|ноя "
        "декабря|декабрь|дек"
    ),
    "uk": (
        "січня|січень|січ лютого|лютий|лют березня|березень|бер квітня|квітень|квіт травня|травень|трав "
        "червня|червень|черв липня|липень|лип серпня|серпень|серп вересня|вересень|вер жовтня|жовтень|жовт "
        "листопада|листопад|лист грудня|грудень|груд"
    ),
    "be": (
        "студзеня|студзень|сту лютага|люты|лют сакавіка|сакавік|сак красавіка|красавік|кра мая|май "
        "чэрвеня|чэрвень|чэр ліпеня|ліпень|ліп жніўня|жнівень|жні верасня|верасень|вер кастрычніка|кастрычнік|кас "
        "лістапада|лістапад|ліс снежня|снежань|сне"
    ),
    "ro": (
        "ianuarie|ian februarie|feb martie|mar aprilie|apr mai iunie|iun iulie|iul august|aug septembrie|sept "
        "octombrie|oct noiembrie|nov decembrie|dec"
    ),
    "hu": (
        "január|jan február|febr március|márc április|ápr május|máj június|jún július|júl augusztus|aug "
        "szeptember|szept október|okt november|nov december|dec"
    ),
    "el": (
        "ιανουαρίου|ιανουάριος|ιαν|γεναρη φεβρουαρίου|φεβρουάριος|φεβ μαρτίου|μάρτιος|μαρ|μάρ απριλίου|απρίλιος|απρ "
        "μαΐου|μάιος|μαΐ|μάι ιουνίου|ιούνιος|ιουν|ιούν ιουλίου|ιούλιος|ιουλ|ιούλ αυγούστου|αύγουστος|αυγ|αύγ "
        "σεπτεμβρίου|σεπτέμβριος|σεπ οκτωβρίου|οκτώβριος|οκτ νοεμβρίου|νοέμβριος|νοε|νοέ δεκεμβρίου|δεκέμβριος|δεκ"
    ),
    "tr": (
        "ocak|oca şubat|şub mart|mar nisan|nis mayıs|may haziran|haz temmuz|tem ağustos|ağu eylül|eyl ekim|eki "
        "kasım|kas aralık|ara"
    ),
    "az": (
        "yanvar|yan fevral|fev mart|mar aprel|apr may iyun|iyn iyul|iyl avqust|avq sentyabr|sen oktyabr|okt "
        "noyabr|noy dekabr|dek"
    ),
    "kk": (
        "қаңтар|қаң ақпан|ақп наурыз|нау сәуір|сәу мамыр|мам маусым|мау шілде|шіл тамыз|там қыркүйек|қыр қазан|қаз "
        "қараша|қар желтоқсан|жел"
    ),
    "uz": (
        "yanvar|yan fevral|fev mart|mar aprel|apr may iyun|iyn iyul|iyl avgust|avg sentabr|sen oktabr|okt noyabr|noy "
        "dekabr|dek"
    ),
    "ky": (
        "январь|янв февраль|фев март|мар апрель|апр май июнь|июн июль|июл август|авг сентябрь|сен октябрь|окт "
        "ноябрь|ноя декабрь|дек"
    ),
    "sq": (
        "janar|jan shkurt|shk mars|mar prill|pri maj qershor|qer korrik|korr gusht|gush shtator|sht tetor|tet "
        "nëntor|nën dhjetor|dhj"
    ),
    "ca": (
        "gener|gen febrer|febr març abril|abr maig juny juliol|jul agost|ag setembre|set octubre|oct novembre|nov "
        "desembre|des"
    ),
    "gl": (
        "xaneiro|xan febreiro|feb marzo|mar abril|abr maio xuño xullo|xul agosto|ago setembro|set outubro|out "
        "novembro|nov decembro|dec"
    ),
    "eu": (
        "urtarrila|urt otsaila|ots martxoa|mar apirila|api maiatza|mai ekaina|eka uztaila|uzt abuztua|abu iraila|ira "
        "urria|urr azaroa|aza abendua|abe"
    ),
    "cy": (
        "ionawr|ion chwefror|chwef|chw mawrth|maw ebrill|ebr mai mehefin|meh gorffennaf|gorff|gor awst medi "
        "hydref|hyd tachwedd|tach rhagfyr|rhag"
    ),
    "ga": (
        "eanáir|ean feabhra|feabh márta aibreán|aib bealtaine|beal meitheamh|meith iúil lúnasa|lún meán_fómhair|mfómh "
        "deireadh_fómhair|dfómh samhain|samh nollaig|noll"
    ),
    "mt": (
        "jannar|jan frar|fra marzu|mar april|apr mejju|mej ġunju|ġun lulju|lul awwissu|aww settembru|set ottubru|ott "
        "novembru|nov diċembru|diċ"
    ),
    "id": (
        "januari|jan februari|feb|pebruari maret|mar april|apr mei juni|jun juli|jul agustus|agu|agt|ags "
        "september|sep oktober|okt november|nov|nop desember|des"
    ),
    "ms": (
        "januari|jan februari|feb mac april|apr mei jun julai|jul ogos|ogo september|sep oktober|okt november|nov "
        "disember|dis"
    ),
    "th": (
        "มกราคม|ม.ค กุมภาพันธ์|ก.พ มีนาคม|มี.ค เมษายน|เม.ย พฤษภาคม|พ.ค มิถุนายน|มิ.ย กรกฎาคม|ก.ค สิงหาคม|ส.ค "
        "กันยายน|ก.ย ตุลาคม|ต.ค พฤศจิกายน|พ.ย ธันวาคม|ธ.ค"
    ),
    "hi": (
        "जनवरी|जन फ़रवरी|फ़र|फरवरी मार्च अप्रैल मई जून जुलाई|जुल अगस्त|अग सितंबर|सित|सितम्बर अक्टूबर|अक्टू "
        "नवंबर|नव|नवम्बर दिसंबर|दिस|दिसम्बर"
    ),
    "bn": (
        "জানুয়ারী|জানু|জানুয়ারি ফেব্রুয়ারী|ফেব|ফেব্রুয়ারি মার্চ এপ্রিল|এপ্রি মে জুন জুলাই|জুল আগস্ট|আগ|আগষ্ট "
        "সেপ্টেম্বর|সেপ অক্টোবর|অক্টো নভেম্বর|নভে ডিসেম্বর|ডিসে"
    ),
    "mr": ("जानेवारी|जाने फेब्रुवारी|फेब्रु मार्च एप्रिल|एप्रि मे जून जुलै ऑगस्ट|ऑग सप्टेंबर|सप्टें ऑक्टोबर|ऑक्टो नोव्हेंबर|नोव्हें डिसेंबर|डिसें"),
    "ne": "जनवरी फेब्रुअरी मार्च अप्रिल मे जुन जुलाई अगस्ट सेप्टेम्बर अक्टोबर नोभेम्बर डिसेम्बर",
    "ta": ("ஜனவரி|ஜன பிப்ரவரி|பிப் மார்ச்|மார் ஏப்ரல்|ஏப் மே ஜூன் ஜூலை ஆகஸ்ட்|ஆக செப்டம்பர்|செப் அக்டோபர்|அக் நவம்பர்|நவ டிசம்பர்|டிச"),
    "te": ("జనవరి|జన ఫిబ్రవరి|ఫిబ్ర మార్చి ఏప్రిల్|ఏప్రి మే జూన్ జులై ఆగస్టు|ఆగ సెప్టెంబర్|సెప్టెం అక్టోబర్|అక్టో నవంబర్|నవం డిసెంబర్|డిసెం"),
    "kn": ("ಜನವರಿ|ಜನ ಫೆಬ್ರವರಿ|ಫೆಬ್ರ ಮಾರ್ಚ್ ಏಪ್ರಿಲ್|ಏಪ್ರಿ ಮೇ ಜೂನ್ ಜುಲೈ ಆಗಸ್ಟ್|ಆಗ ಸೆಪ್ಟೆಂಬರ್|ಸೆಪ್ಟೆಂ ಅಕ್ಟೋಬರ್|ಅಕ್ಟೋ ನವೆಂಬರ್|ನವೆಂ ಡಿಸೆಂಬರ್|ಡಿಸೆಂ"),
    "ml": (
        "ജനുവരി|ജനു ഫെബ്രുവരി|ഫെബ്രു മാർച്ച്|മാർ ഏപ്രിൽ|ഏപ്രി മേയ് ജൂൺ ജൂലൈ ഓഗസ്റ്റ്|ഓഗ സെപ്റ്റംബർ|സെപ്റ്റം ഒക്‌ടോബർ|ഒക്ടോ നവംബർ|നവം ഡിസംബർ|ഡിസം"
    ),
    "gu": ("જાન્યુઆરી|જાન્યુ ફેબ્રુઆરી|ફેબ્રુ માર્ચ એપ્રિલ મે જૂન જુલાઈ ઑગસ્ટ સપ્ટેમ્બર|સપ્ટે ઑક્ટોબર|ઑક્ટો નવેમ્બર|નવે ડિસેમ્બર|ડિસે"),
    "pa": "ਜਨਵਰੀ|ਜਨ ਫ਼ਰਵਰੀ|ਫ਼ਰ ਮਾਰਚ ਅਪ੍ਰੈਲ|ਅਪ੍ਰੈ ਮਈ ਜੂਨ ਜੁਲਾਈ|ਜੁਲਾ ਅਗਸਤ|ਅਗ ਸਤੰਬਰ|ਸਤੰ ਅਕਤੂਬਰ|ਅਕਤੂ ਨਵੰਬਰ|ਨਵੰ ਦਸੰਬਰ|ਦਸੰ",
    "ur": "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    "fa": (
        "ژانویهٔ|ژانویه|جنوری فوریهٔ|فوریه مارس آوریل مهٔ|مه|می ژوئن ژوئیهٔ|ژوئیه|جولای اوت|آگوست سپتامبر اکتبر "
        "نوامبر دسامبر"
    ),
    "ar": (
        "يناير|كانون_الثاني|جانفي فبراير|شباط|فيفري مارس|آذار|اذار أبريل|نيسان|ابريل|إبريل|أفريل مايو|أيار|ايار|ماي "
        "يونيو|حزيران|جوان|يونية يوليو|تموز|جويلية|يوليوز|يولية أغسطس|آب|اغسطس|أوت|غشت سبتمبر|أيلول|ايلول|شتنبر "
        "أكتوبر|تشرين_الأول|تشرين_الاول|اكتوبر نوفمبر|تشرين_الثاني|نونبر ديسمبر|كانون_الأول|كانون_الاول|دجنبر"
    ),
    "he": (
        "ינואר|ינו פברואר|פבר מרץ|מרס אפריל|אפר מאי יוני יולי אוגוסט|אוג ספטמבר|ספט אוקטובר|אוק נובמבר|נוב דצמבר|דצמ"
    ),
    "ka": (
        "იანვარი|იან თებერვალი|თებ მარტი|მარ აპრილი|აპრ მაისი|მაი ივნისი|ივნ ივლისი|ივლ აგვისტო|აგვ სექტემბერი|სექ "
        "ოქტომბერი|ოქტ ნოემბერი|ნოე დეკემბერი|დეკ"
    ),
    "hy": (
        "հունվարի|հունվար|հնվ փետրվարի|փետրվար|փտվ մարտի|մարտ|մրտ ապրիլի|ապրիլ|ապր մայիսի|մայիս|մյս "
        "հունիսի|հունիս|հնս հուլիսի|հուլիս|հլս օգոստոսի|օգոստոս|օգս սեպտեմբերի|սեպտեմբեր|սեպ հոկտեմբերի|հոկտեմբեր|հոկ "
        "նոյեմբերի|նոյեմբեր|նոյ դեկտեմբերի|դեկտեմբեր|դեկ"
    ),
    "sw": (
        "januari|jan februari|feb machi|mac aprili|apr mei juni|jun julai|jul agosti|ago septemba|sep oktoba|okt "
        "novemba|nov desemba|des"
    ),
    "af": (
        "januarie|jan februarie|feb maart|mrt april|apr mei junie|jun julie|jul augustus|aug september|sep "
        "oktober|okt november|nov desember|des"
    ),
    "fil": (
        "enero|ene pebrero|peb marso|mar abril|abr mayo|may hunyo|hun hulyo|hul agosto|ago setyembre|set oktubre|okt "
        "nobyembre|nob disyembre|dis"
    ),
    "km": "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ",
    "lo": (
        "ມັງກອນ|ມ.ກ ກຸມພາ|ກ.ພ ມີນາ|ມ.ນ ເມສາ|ມ.ສ ພຶດສະພາ|ພ.ພ ມິຖຸນາ|ມິ.ຖ ກໍລະກົດ|ກ.ລ ສິງຫາ|ສ.ຫ ກັນຍາ|ກ.ຍ ຕຸລາ|ຕ.ລ ພະຈິກ|ພ.ຈ ທັນວາ|ທ.ວ"
    ),
    "my": ("ဇန်နဝါရီ|ဇန် ဖေဖော်ဝါရီ|ဖေ မတ် ဧပြီ|ဧ မေ ဇွန် ဇူလိုင်|ဇူ ဩဂုတ်|ဩ စက်တင်ဘာ|စက် အောက်တိုဘာ|အောက် နိုဝင်ဘာ|နို ဒီဇင်ဘာ|ဒီ"),
    "si": ("ජනවාරි|ජන පෙබරවාරි|පෙබ මාර්තු|මාර් අප්‍රේල් මැයි ජූනි ජූලි අගෝස්තු|අගෝ සැප්තැම්බර්|සැප් ඔක්තෝබර්|ඔක් නොවැම්බර්|නොවැ දෙසැම්බර්|දෙසැ"),
    "am": "ጃንዋሪ|ጃን ፌብሩዋሪ|ፌብ ማርች ኤፕሪል|ኤፕሪ ሜይ ጁን ጁላይ ኦገስት|ኦገስ ሴፕቴምበር|ሴፕቴ ኦክቶበር|ኦክቶ ኖቬምበር|ኖቬም ዲሴምበር|ዲሴም",
    "so": (
        "janaayo|jannaayo|jan febraayo|feb maarso|mar abriil|abr maayo|may juun|jun luulyo|lul agosto|ogosto|ogs "
        "sebtembar|sebteembar|seb oktoobar|okt noofeembar|nof diseembar|dis"
    ),
    "ha": (
        "janairu|jan faburairu|fab maris|mar afirilu|afi mayu|may yuni|yun yuli|yul agusta|agu satumba|sat oktoba|okt "
        "nuwamba|nuw disamba|dis"
    ),
    "sr-Latn": (
        "januar|jan februar|feb mart|mar april|apr maj jun jul avgust|avg septembar|sep oktobar|okt novembar|nov "
        "decembar|dec"
    ),
}
