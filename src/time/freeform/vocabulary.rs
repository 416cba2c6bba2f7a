//! The words of dates in English, German, French, Spanish and Arabic, and what they mean.
//!
//! Words are written here as people write them; they are compared folded (without case and accents,
//! see [`fold`]). An underscore stands for a space, a full stop or a hyphen inside a phrase:
//! `v_chr` is “v. Chr.”. What is missing here is no word of a date, and the text is then not read.

use std::{collections::HashMap, sync::LazyLock};

use crate::time::fold::fold;

/// What a word says in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A month, 1 to 12.
    Month(u8),
    /// `ago`: “years ago”, or the Spanish abbreviation of August.
    AgoOrAugust,
    /// A season, by its EDTF code.
    Season(u8),
    /// Half, third or quarter of a year: the EDTF code of the one before the first.
    Part(u8),
    /// The letter of `Q1`.
    QuarterLetter,
    /// A number in words, as in “first half” and “nineteenth century”.
    Ordinal(u8),
    /// “The last quarter”.
    Last,
    /// “The nineties”, in any century.
    Nineties(u8),
    /// “Century”.
    Century,
    /// “Decade”.
    Decade,
    /// “Millennium”.
    Millennium,
    /// “Years”: before a number, in French and Spanish, it makes a decade of it.
    Years,
    /// “Thousand”, “million”, “billion”: the number of zeros.
    Scale(u8),
    /// `ka`, `Ma`, `Ga`: so many zeros, years ago.
    ScaleAgo(u8),
    /// “il y a”, “hace”: “ago” before the number.
    AgoBefore,
    /// `BP`: before 1950.
    BeforePresent,
    /// `BC`.
    Bc,
    /// `AD`.
    Ad,
    /// Early, in the middle, late.
    Early,
    /// See [`Meaning::Early`].
    Mid,
    /// See [`Meaning::Early`].
    Late,
    /// “Circa”.
    About,
    /// `c.`: “circa” before a date, “century” after a number.
    CircaOrCentury,
    /// “um”, “vers”: “circa” before a date, “at” before a time.
    Around,
    /// “Perhaps”.
    Perhaps,
    /// “Before”.
    Before,
    /// “After”.
    After,
    /// “By”, “no later than”.
    AtLatest,
    /// “Not before”.
    AtEarliest,
    /// “Or earlier”, after a date.
    OrEarlier,
    /// “Or later”, after a date.
    OrLater,
    /// “Onwards”, after a date.
    Onwards,
    /// “Between”.
    Between,
    /// “And”.
    And,
    /// “Or”.
    Or,
    /// “From”: begins a span, or says “since”.
    From,
    /// “To”, “until”.
    To,
    /// `a` and `à`: “to” between dates, nothing before one.
    ToOrNoise,
    /// “Present”, as the end of a span.
    Present,
    /// “Open”, of EDTF in its form of 2012.
    Open,
    /// “Unknown”.
    Unknown,
    /// A time before noon: `am`. Also “on” in German.
    Am,
    /// A time after noon: `pm`.
    Pm,
    /// “o’clock”, or the `h` of `14h30`.
    Clock,
    /// `UTC`.
    Utc,
    /// A day of the week.
    Weekday,
    /// “The”, “of”, “year”: says nothing.
    Noise,
    /// None of these.
    Other,
}

use Meaning::{
    About, Ad, After, AgoBefore, AgoOrAugust, Am, And, Around, AtEarliest, AtLatest, Bc, Before,
    BeforePresent, Between, Century, CircaOrCentury, Clock, Decade, Early, From, Last, Late, Mid,
    Millennium, Month, Nineties, Noise, Onwards, Open, Or, OrEarlier, OrLater, Ordinal, Part,
    Perhaps, Pm, Present, QuarterLetter, Scale, ScaleAgo, Season, To, ToOrNoise, Unknown, Utc,
    Weekday, Years,
};

/// The names of the months, full. At least three letters from the beginning of one will do where
/// they are of no other month.
#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "january januar jänner janvier enero كانون_الثاني يناير جانفي",
    "february februar feber février febrero شباط فبراير فيفري",
    "march märz mars marzo آذار مارس",
    "april avril abril نيسان أبريل أفريل",
    "may mai mayo أيار مايو ماي",
    "june juni juin junio حزيران يونيو يونيه جوان",
    "july juli juillet julio تموز يوليو يوليه جويلية",
    "august août agosto آب أغسطس أوت",
    "september septembre septiembre setiembre أيلول سبتمبر",
    "october oktober octobre octubre تشرين_الأول أكتوبر",
    "november novembre noviembre تشرين_الثاني نوفمبر",
    "december dezember décembre diciembre كانون_الأول ديسمبر",
];

#[rustfmt::skip]
const WORDS: &[(Meaning, &str)] = &[
    (Month(3), "maerz mrz"),
    (Month(7), "juil"),
    (Month(9), "sept"),
    (AgoOrAugust, "ago"),
    (Season(21), "spring frühling frühjahr printemps primavera ربيع الربيع"),
    (Season(22), "summer sommer été verano صيف الصيف"),
    (Season(23), "autumn fall herbst automne otoño خريف الخريف"),
    (Season(24), "winter hiver invierno شتاء الشتاء"),
    (Part(32), "quarter quartal trimestre ربع الربع"),
    (Part(36), "drittel tiers tercio cuatrimestre ثلث الثلث"),
    (Part(39), "half hälfte halbjahr moitié semestre mitad نصف النصف"),
    (QuarterLetter, "q"),
    (Ordinal(1), "first erste ersten erstes premier première primer primera primero الأول الأولى"),
    (Ordinal(2), "second zweite zweiten zweites deuxième seconde segundo segunda الثاني الثانية"),
    (Ordinal(3), "third dritte dritten drittes troisième tercer tercera tercero الثالث الثالثة"),
    (Ordinal(4), "fourth vierte vierten viertes quatrième cuarto cuarta الرابع الرابعة"),
    (Ordinal(5), "fifth الخامس"),
    (Ordinal(6), "sixth السادس"),
    (Ordinal(7), "seventh السابع"),
    (Ordinal(8), "eighth الثامن"),
    (Ordinal(9), "ninth التاسع"),
    (Ordinal(10), "tenth العاشر"),
    (Ordinal(11), "eleventh الحادي_عشر"),
    (Ordinal(12), "twelfth الثاني_عشر"),
    (Ordinal(13), "thirteenth الثالث_عشر"),
    (Ordinal(14), "fourteenth الرابع_عشر"),
    (Ordinal(15), "fifteenth الخامس_عشر"),
    (Ordinal(16), "sixteenth السادس_عشر"),
    (Ordinal(17), "seventeenth السابع_عشر"),
    (Ordinal(18), "eighteenth الثامن_عشر"),
    (Ordinal(19), "nineteenth التاسع_عشر"),
    (Ordinal(20), "twentieth العشرين العشرون"),
    (Ordinal(21), "twenty_first الحادي_والعشرين الحادي_والعشرون"),
    (Last, "last letzte letzten letztes dernier dernière último última الأخير الأخيرة"),
    (Nineties(20), "twenties zwanziger zwanzigerjahre veinte عشرينيات العشرينيات"),
    (Nineties(30), "thirties dreißiger dreißigerjahre treinta ثلاثينيات الثلاثينيات"),
    (Nineties(40), "forties vierziger vierzigerjahre cuarenta أربعينيات الأربعينيات"),
    (Nineties(50), "fifties fünfziger fünfzigerjahre cincuenta خمسينيات الخمسينيات"),
    (Nineties(60), "sixties sechziger sechzigerjahre sesenta ستينيات الستينيات"),
    (Nineties(70), "seventies siebziger siebzigerjahre setenta سبعينيات السبعينيات"),
    (Nineties(80), "eighties achtziger achtzigerjahre ochenta ثمانينيات الثمانينيات"),
    (Nineties(90), "nineties neunziger neunzigerjahre noventa تسعينيات التسعينيات"),
    (Century, "century centuries cent jahrhundert jahrhunderts jahrhunderte jh jhd jhdt siècle \
               siècles siglo siglos قرن القرن القرنين"),
    (Decade, "decade jahrzehnt décennie década عقد العقد"),
    (Millennium, "millennium millennia jahrtausend jahrtausends millénaire milenio ألفية الألفية"),
    (Years, "years jahre jahren yrs années ans años سنوات أعوام"),
    (Scale(3), "thousand tausend mille mil ألف آلاف"),
    (Scale(6), "million millions mio millionen millón millones مليون ملايين"),
    (Scale(9), "billion billions mrd milliarde milliarden milliard milliards مليار مليارات"),
    (ScaleAgo(3), "ka kya"),
    (ScaleAgo(6), "ma mya"),
    (ScaleAgo(9), "ga gya bya"),
    (AgoBefore, "il_y_a hace"),
    (BeforePresent, "bp b_p before_present"),
    (Bc, "bc bce b_c b_c_e before_christ before_the_common_era v_chr v_christus vor_christus \
          vor_christi_geburt v_u_z vor_unserer_zeit vor_unserer_zeitrechnung av_j_c av_jc avant_j_c \
          avant_jc avant_jésus_christ avant_notre_ère a_c a_de_c ac antes_de_cristo a_n_e \
          antes_de_nuestra_era ق_م قبل_الميلاد"),
    (Ad, "ad ce a_d c_e anno_domini n_chr n_christus nach_christus u_z unserer_zeitrechnung ap_j_c \
          ap_jc apr_j_c après_j_c après_jésus_christ de_notre_ère d_c d_de_c dc después_de_cristo \
          de_nuestra_era م ميلادي ميلادية للميلاد بعد_الميلاد"),
    (Early, "early anfang beginn début inicio inicios principio principios أوائل بداية مطلع"),
    (Mid, "mid middle mitte milieu mi mediado mediados منتصف أواسط"),
    (Late, "late end ende fin final finales أواخر نهاية"),
    (CircaOrCentury, "c"),
    (About, "about roughly approximately approx ca circa cca etwa ungefähr rund gegen zirka environ \
             hacia alrededor aproximadamente aprox نحو حوالي حوالى قرابة تقريبا"),
    (Around, "around um vers"),
    (Perhaps, "perhaps maybe possibly probably vielleicht vermutlich wohl wahrscheinlich \
               peut_être probablement quizás quizá tal_vez probablemente posiblemente ربما"),
    (Before, "before pre ante vor avant antes قبل"),
    (After, "after post nach après después بعد"),
    (AtLatest, "by no_later_than not_after not_later_than at_the_latest spätestens au_plus_tard \
                a_más_tardar"),
    (AtEarliest, "no_earlier_than not_before not_earlier_than at_the_earliest frühestens \
                  au_plus_tôt"),
    (OrEarlier, "or_earlier or_before and_earlier and_before oder_früher oder_davor \
                 ou_plus_tôt ou_avant o_antes أو_قبل"),
    (OrLater, "or_later or_after and_later and_after oder_später oder_danach ou_plus_tard \
               ou_après o_después أو_بعد"),
    (Onwards, "onwards onward ff"),
    (Between, "between btw zwischen entre بين"),
    (And, "and und et y و"),
    (Or, "or oder ou o أو"),
    (From, "from since seit von ab depuis desde منذ من"),
    (To, "to until till thru through up_to bis jusque jusqu_en jusqu_à jusqu_au au hasta al \
          إلى الى حتى"),
    (ToOrNoise, "a à"),
    (Present, "present now today ongoing to_date heute jetzt gegenwart aujourd_hui présent \
               maintenant hoy actualidad presente ahora الآن اليوم الحاضر"),
    (Open, "open"),
    (Unknown, "unknown unbekannt inconnu inconnue desconocido desconocida مجهول"),
    (Am, "am a_m"),
    (Pm, "pm p_m"),
    (Clock, "o_clock uhr h hrs hours heures horas الساعة"),
    (Utc, "utc gmt z"),
    (Weekday, "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur \
               thurs fri sat sun montag dienstag mittwoch donnerstag freitag samstag sonnabend \
               sonntag mo di do fr sa so lundi mardi mercredi jeudi vendredi samedi dimanche lun \
               mer jeu ven sam dim lunes martes miércoles jueves viernes sábado domingo mié jue vie \
               sáb dom الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد"),
    (Noise, "the sometime of in on at year years_of jahr im den der die das dem des anno le la les du de l \
             année an en lan del el los las año durante während during يوم عام سنة شهر في العام \
             السنة من_عام dated d t"),
];

/// The longest phrase, in words.
pub(super) const LONGEST_PHRASE: usize = 4;

/// What a folded word or phrase (words with one space between) says; [`Meaning::Other`] where it is
/// no word of a date.
pub(super) fn meaning(phrase: &str) -> Meaning {
    static TABLE: LazyLock<HashMap<String, Meaning>> = LazyLock::new(table);
    TABLE
        .get(phrase)
        .copied()
        .unwrap_or_else(|| abbreviated_month(phrase).map_or(Meaning::Other, Meaning::Month))
}

fn table() -> HashMap<String, Meaning> {
    let months = (1u8..)
        .zip(MONTHS)
        .map(|(month, names)| (Month(month), names));
    let words = WORDS.iter().copied().chain(months);
    let each =
        words.flat_map(|(meaning, words)| words.split_whitespace().map(move |it| (it, meaning)));
    each.map(|(word, meaning)| (folded(word), meaning))
        .collect()
}

fn folded(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold(&word.replace('_', " "), &mut folded);
    folded
}

/// The month whose names alone begin with a word of at least three letters.
fn abbreviated_month(word: &str) -> Option<u8> {
    static NAMES: LazyLock<Vec<(String, u8)>> = LazyLock::new(|| {
        let months = (1u8..).zip(MONTHS);
        let each = months.flat_map(|(month, names)| {
            names
                .split_whitespace()
                .map(move |name| (folded(name), month))
        });
        each.filter(|(name, _)| name.is_ascii()).collect()
    });
    if word.len() < 3 {
        return None;
    }
    let mut months = NAMES
        .iter()
        .filter(|(name, _)| name.starts_with(word))
        .map(|(_, month)| *month);
    let first = months.next()?;
    months.all(|month| month == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_has_two_meanings() {
        let mut seen: HashMap<String, Meaning> = HashMap::new();
        let months = (1u8..)
            .zip(MONTHS)
            .map(|(month, names)| (Month(month), names));
        for (meaning, words) in WORDS.iter().copied().chain(months) {
            for word in words.split_whitespace() {
                let other = seen.insert(folded(word), meaning);
                assert!(
                    other.is_none_or(|other| other == meaning),
                    "{word}: {meaning:?} and {other:?}"
                );
                assert!(word.split('_').count() <= LONGEST_PHRASE, "{word}");
            }
        }
    }

    #[test]
    fn months_are_known_by_their_beginnings() {
        for (word, month) in [
            ("jan", Some(1)),
            ("marz", Some(3)),
            ("avr", Some(4)),
            ("aout", Some(8)),
            ("octo", Some(10)),
            ("dez", Some(12)),
            ("dic", Some(12)),
            // June or July.
            ("jui", None),
            ("ju", None),
            ("januaryx", None),
            ("حزيران", Some(6)),
        ] {
            let expected = month.map_or(Meaning::Other, Meaning::Month);
            assert_eq!(meaning(word), expected, "{word}");
        }
    }
}
