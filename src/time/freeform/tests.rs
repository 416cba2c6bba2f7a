//! Dates as people write them, and the EDTF for each: a table of some 400 forms.

use proptest::prelude::*;

use super::*;

/// Each line: an EDTF date, and the forms that mean it, without doubt.
const FORMS: &str = "
2014-06-10 | 2014-6-10 | 2014/6/10 | 2014.6.10 | 2014/06/10 | 20140610 | 2014-161 | 2014-W24-2 | 2014W242 | 2014–06–10
2014-06-10 | 10 June 2014 | June 10, 2014 | June 10th, 2014 | 10th of June 2014 | the 10th of June, 2014 | Tuesday, 10 June 2014
2014-06-10 | Tue 10 Jun 2014 | 10 jun. 2014 | 2014 June 10 | 10-Jun-2014 | 10/Jun/2014 | June 10 2014 | on 10 June 2014 | 10 JUNE 2014
2014-06-10 | 10 حزيران/يونيو 2014 | 10. Juni 2014 | am 10. Juni 2014 | Dienstag, den 10. Juni 2014 | Di, 10. Jun. 2014 | 10 juin 2014 | le 10 juin 2014
2014-06-10 | mardi 10 juin 2014 | 10 de junio de 2014 | el 10 de junio de 2014 | martes, 10 de junio de 2014
2014-06-10 | ١٠ حزيران ٢٠١٤ | 10 حزيران 2014 | 10 يونيو 2014 | ۱۰ يونيو ۲۰۱۴ | الثلاثاء 10 يونيو 2014 | في 10 حزيران 2014 | ２０１４-０６-１０ | २०१४-०६-१०
2014-05-01 | 1er mai 2014 | le 1er mai 2014 | 1º de mayo de 2014 | 1. Mai 2014 | 1 مايو 2014 | 1 أيار 2014
2014-12-25 | 25.12.2014 | 25. 12. 2014 | 12/25/2014 | 25/12/2014 | 25-12-2014 | 12-25-2014
2014-06-06 | 6/6/2014 | 06.06.2014
2014-06 | June 2014 | June, 2014 | Jun 2014 | Jun. 2014 | 2014 June | June of 2014 | in June 2014 | 2014-6 | 2014/6 | 6/2014 | 06.2014 | 201406
2014-06 | Juni 2014 | im Juni 2014 | juin 2014 | en juin 2014 | junio de 2014 | en junio de 2014 | حزيران 2014 | حزيران ٢٠١٤ | يونيو 2014 | جوان 2014
2014-09 | Sept 2014 | Sept. 2014 | septembre 2014 | septiembre 2014 | setiembre de 2014 | أيلول 2014 | سبتمبر 2014
2014-01 | January 2014 | Januar 2014 | Jänner 2014 | janvier 2014 | enero de 2014 | كانون الثاني 2014 | يناير 2014
2014-02 | Februar 2014 | février 2014 | fevrier 2014 | febrero de 2014 | شباط 2014 | فبراير 2014
2014-03 | März 2014 | Maerz 2014 | Mrz 2014 | mars 2014 | marzo de 2014 | آذار 2014 | مارس 2014
2014-04 | avril 2014 | abril de 2014 | نيسان 2014 | أبريل 2014 | ابريل 2014
2014-07 | Juli 2014 | juillet 2014 | juil. 2014 | julio de 2014 | تموز 2014 | يوليو 2014 | جويلية 2014
2014-08 | August 2014 | août 2014 | agosto de 2014 | ago. 2014 | آب 2014 | أغسطس 2014
2014-10 | Oktober 2014 | octobre 2014 | octubre de 2014 | تشرين الأول 2014 | أكتوبر 2014
2014-11 | November 2014 | novembre 2014 | noviembre de 2014 | تشرين الثاني 2014 | نوفمبر 2014
2014-12 | Dezember 2014 | Dez 2014 | décembre 2014 | diciembre de 2014 | dic 2014 | كانون الأول 2014 | ديسمبر 2014
2014 | in 2014 | the year 2014 | im Jahr 2014 | en 2014 | l’an 2014 | año 2014 | el año 2014 | عام 2014 | سنة ٢٠١٤ | في عام 2014 | 2014 AD | AD 2014 | Y2014
0079 | AD 79 | 79 AD | 79 CE | A.D. 79 | 79 n. Chr. | 79 ap. J.-C. | 79 d. C. | 79 م
0079-08-24 | 24 August 79 AD | 24 August AD 79 | 24. August 79 n. Chr.
-0043 | 44 BC | 44 BCE | 44 B.C. | 44 B.C.E. | 44 v. Chr. | 44 v.Chr. | 44 vor Christus | 44 v. u. Z. | 44 av. J.-C. | 44 avant J.-C. | 44 a. C. | 44 a.C. | 44 antes de Cristo | 44 ق.م | 44 قبل الميلاد | in 44 BC | year 44 BC
-0043-03-15 | 15 March 44 BC | March 15, 44 BC | 15. März 44 v. Chr. | 15 mars 44 av. J.-C. | 15 de marzo de 44 a. C. | 15.3.44 v. Chr. | the 15th of March, 44 BCE
0000 | 1 BC | -0000 | 1 v. Chr.
-0752 | 753 BC | 753 av. J.-C.
Y-11999 | 12,000 BC | 12 000 av. J.-C. | 12.000 v. Chr. | 12000 BCE
Y12000 | 12000
Y10000 | 10,000
-0043~ | c. 44 BC | circa 44 BC | ca. 44 v. Chr. | vers 44 av. J.-C.
1200~ | c. 1200 | c.1200 | ca 1200 | ca. 1200 | circa 1200 | about 1200 | around 1200 | approx. 1200 | approximately 1200 | ≈ 1200 | 1200 ~ | 1200 (approx.) | 1200 circa
1200~ | um 1200 | etwa 1200 | ungefähr 1200 | gegen 1200 | vers 1200 | environ 1200 | hacia 1200 | alrededor de 1200 | حوالي 1200 | نحو 1200 | حوالي عام 1200
2014-06~ | about June 2014 | circa Juni 2014
1200? | perhaps 1200 | 1200 ? | 1200(?) | 1200 (?) | possibly 1200 | probably 1200 | vielleicht 1200 | peut-être 1200 | quizás 1200 | ربما 1200
1200% | c. 1200? | perhaps about 1200 | 1200?~
1200 | (1200) | 1200. | “1200”
2014-21 | spring 2014 | Spring, 2014 | spring of 2014 | Frühling 2014 | Frühjahr 2014 | printemps 2014 | primavera de 2014 | ربيع 2014 | in the spring of 2014
2014-22 | summer 2014 | Sommer 2014 | été 2014 | verano de 2014 | صيف 2014
2014-23 | autumn 2014 | fall 2014 | Herbst 2014 | automne 2014 | otoño de 2014 | خريف 2014
1918-24 | winter 1918 | winter 1918/19 | winter 1918–19 | winter of 1918-19 | winter 1918/1919 | Winter 1918/19 | hiver 1918-1919 | invierno de 1918 | شتاء 1918
2014-33 | Q1 2014 | 2014-Q1 | 2014 Q1 | Q1/2014 | first quarter of 2014 | 1st quarter 2014 | 1. Quartal 2014 | premier trimestre 2014 | primer trimestre de 2014
2014-36 | Q4 2014 | fourth quarter of 2014 | last quarter of 2014
2014-40 | first half of 2014 | the first half of 2014 | erste Hälfte 2014 | 1. Halbjahr 2014
2014-41 | second half of 2014 | zweite Hälfte 2014 | segunda mitad de 2014
199X | the 1990s | 1990s | 1990’s | in the 1990s | 1990er | die 1990er Jahre | années 1990 | les années 1990 | los años 1990 | 199x | 199u | nineties of the 20th century | تسعينيات القرن العشرين
087X | the 870s
186X | decade of 1860 | années 1860
185X? | 185-?
18XX? | 18--?
185X | 185? | 185- | 185u
18XX | 18?? | 18-- | 18.. | 19th century | the 19th century | 19th c. | the 19th c. | 19. Jahrhundert | 19. Jh. | im 19. Jahrhundert | XIXe siècle | 19e siècle | le XIXe siècle | siglo XIX | el siglo XIX | القرن التاسع عشر | في القرن 19 | nineteenth century | 18xx | 18uu
[1800..1849] | first half of the 19th century | 1. Hälfte 19. Jh. | première moitié du XIXe siècle | primera mitad del siglo XIX | 1st half of the 19th century
[1825..1849] | second quarter of the 19th century
[1875..1899] | last quarter of the 19th century
[1995..1999] | second half of the 1990s
19XX | 20th century | القرن العشرين | siglo XX | XXe siècle
00XX | 1st century | the 1st century AD | 1. Jahrhundert n. Chr. | siglo I d. C. | Ier siècle
-0150S2 | 2nd century BC | 2nd c. BC | the 2nd century BCE | 2. Jahrhundert v. Chr. | IIe siècle av. J.-C. | siglo II a. C. | second century BC
-0050S2 | 1st century BC | القرن الأول ق.م
1XXX | 2nd millennium | 2nd millennium AD | 2. Jahrtausend
-2500S1 | 3rd millennium BC
[-0048..-0039] | 40s BC | the 40s BC
[..Y-66000001] | before 66 Ma | before 66 million years ago
[..-8051] | before 10,000 BP
1850-06-XX | 1850-06-??
1850 | 1850-??-??
[..1849] | pre-1850 | before 1850 | vor 1850 | avant 1850 | antes de 1850 | قبل 1850 | قبل عام 1850 | <1850 | < 1850
[..2014-05] | before June 2014 | vor Juni 2014
[..2014-06-09] | before 10 June 2014
[..1199~] | before c. 1200
[..1989] | before the 1990s
[..-0044] | before 44 BC
[1851..] | post-1850 | after 1850 | nach 1850 | après 1850 | después de 1850 | بعد 1850 | > 1850
[2014-07..] | after June 2014
[2014-06-11..] | after 10 June 2014
[2000..] | after the 1990s | after the year 1999
[..1850] | by 1850 | no later than 1850 | 1850 or earlier | 1850 or before | not after 1850 | spätestens 1850
[1850..] | 1850 or later | no earlier than 1850 | not before 1850 | frühestens 1850
[1850..1860] | between 1850 and 1860 | zwischen 1850 und 1860 | entre 1850 et 1860 | entre 1850 y 1860 | بين 1850 و1860 | between 1850–1860 | sometime between 1850 and 1860
[2014-06..2014-08] | between June and August 2014 | between 2014-06 and 2014-08
[2014-06-10..2014-06-20] | between 2014-06-10 and 2014-06-20 | between 10-Jun-2014 and 20-Jun-2014 | between 10 and 20 June 2014
[2014-06-02..2014-06-08] | 2014-W23
2014-06-02/2014-07-06 | 2014-W23 to 2014-W27
[..1999] | by the 1990s | 1990s or earlier
[1800..] | no earlier than the 19th century | 19th century or later
0476-09-04 | September 4, 476 AD | September 4 476 AD
0476-09-24 | 24.9.476 n. Chr.
-9999 | 10 thousand BC | 10,000 BC
[1980..1999] | between the 1980s and the 1990s
[1985..1999] | between 1985 and the 1990s
[1850,1851] | 1850 or 1851 | 1850 oder 1851 | 1850 ou 1851 | 1850 o 1851
[1667,1668,1670] | 1667, 1668 or 1670 | [1667, 1668, 1670]
{1850,1851} | 1850 and 1851 | 1850 und 1851
[2014-06,2014-07] | June or July 2014
[2014-06-01,2014-06-02] | 1 or 2 June 2014
1914/1918 | 1914--1918 | 1914→1918 | 1914---1918 | 1914-1918 | 1914–1918 | 1914—1918 | 1914 - 1918 | 1914 – 1918 | 1914 to 1918 | from 1914 to 1918 | 1914 until 1918 | 1914/18 | 1914-18 | 1914 - 18 | 1914..1918 | 1914 … 1918 | 1914 through 1918
1914/1918 | 1914 bis 1918 | von 1914 bis 1918 | de 1914 à 1918 | 1914 à 1918 | de 1914 a 1918 | desde 1914 hasta 1918 | من 1914 إلى 1918 | ١٩١٤ - ١٩١٨ | 1914 / 1918
1939/1940 | 1939/40 | 1939 - 40 | 1939 to 40
1920/1921 | 1920/21 | 1920 - 21
1905/1906 | 1905 - 06
1905/1910 | 1905–1910 | 1905-1910
2014-06/2014-10 | June to October 2014 | June–October 2014 | Juni bis Oktober 2014 | juin à octobre 2014 | de junio a octubre de 2014 | June 2014 – October 2014 | 2014-06 to 2014-10 | 2014-06–2014-10 | June/October 2014
2014-06/2016-10 | June 2014 to October 2016 | 2014-06 to 2016-10 | 06/2014 - 10/2016
2014-06-10/2014-06-20 | 10-20 June 2014 | 10–20 June 2014 | 10 to 20 June 2014 | June 10–20, 2014 | June 10-20, 2014 | 10.–20. Juni 2014 | du 10 au 20 juin 2014 | del 10 al 20 de junio de 2014 | 2014-06-10 - 2014-06-20 | 2014-06-10-2014-06-20 | 10/06/2014 - 20/06/2014 | 2014-06-10/20
2014-06-10/2014-07-03 | 10 June to 3 July 2014 | 10 June – 3 July 2014 | 10. Juni bis 3. Juli 2014
2014-06-10/2014-07 | from 10 June 2014 to July 2014
-0049/-0043 | 50–44 BC | 50 to 44 BC | 50-44 BC | 50–44 v. Chr.
-0499/-0399 | 500 BC - 400 BC | 500–400 BC
-0043/0014 | 44 BC - AD 14 | 44 BC – 14 AD | 44 v. Chr. bis 14 n. Chr.
0014/0037 | AD 14–37 | 14–37 AD
17XX/18XX | 18th–19th century | 18th to 19th centuries | 18th century to 19th century | 18.–19. Jahrhundert
-0950S2/-0750S2 | 10th to 8th century BC
198X/199X | 1980s to 1990s | 1980s–1990s
1200~/1250 | c. 1200–1250 | c. 1200 to 1250
1200~/1250~ | c. 1200 – c. 1250 | ca. 1200 bis ca. 1250
2014-21/2014-23 | spring to autumn 2014
2014/.. | since 2014 | 2014-present | 2014 – present | 2014 to the present | from 2014 | 2014- | 2014 – | 2014+ | 2014 onwards | seit 2014 | ab 2014 | depuis 2014 | desde 2014 | منذ 2014 | 2014 bis heute | 2014 à aujourd’hui | 2014 hasta hoy | 2014/open | from 2014 onwards
2014-06/.. | since June 2014 | 2014-06.. | June 2014 - now
/2010 | until 2010 | till 2010 | up to 2010 | bis 2010 | jusqu’en 2010 | hasta 2010 | حتى 2010 | unknown/2010 | –2010
/2010~ | until about 2010
1985/ | 1985/unknown | 1985 – ? | 1985 to unknown
Y-66000000 | 66 million years ago | 66 Ma | 66 mya | vor 66 Millionen Jahren | il y a 66 millions d’années | hace 66 millones de años
Y-13800000000 | 13.8 billion years ago | 13.8 Ga | vor 13,8 Milliarden Jahren | il y a 13,8 milliards d’années
Y-66000000~ | about 66 million years ago | c. 66 Ma
Y-252000000/Y-66000000 | 252 to 66 million years ago | 252–66 Ma
Y-12000 | 12 thousand years ago | 12 ka
-8050 | 10 thousand BP | 10,000 BP | 10000 BP
201X | 201x | 201u
1999-XX | 1999-uu
1999-XX-XX | 1999-uu-uu
Y-17E7 | y-17e7
Y-138E8S3 | y-138e8s3 | y-138e8p3
2004-06-~01 | 2004-06-(01)~
2001-29 | 2001-21^southernHemisphere
1994-05-13 | +1994-05-13T00:00:00Z | +1994-05-13
1994-05 | +1994-05-00T00:00:00Z
1994 | +1994-00-00T00:00:00Z
2016-10-20T09:30 | 2016-10-20 09:30 | 2016-10-20 9:30 | 20 October 2016, 9:30 | 20 October 2016 at 9:30 am | October 20, 2016 9:30 AM | 20. Oktober 2016 um 9:30 Uhr | 20. Oktober 2016, 9.30 Uhr | 20 octobre 2016 à 9h30 | 9:30 on 20 October 2016 | 2016-10-20T9:30
2016-10-20T21:30 | 20 October 2016, 9:30 pm | 20 October 2016 9:30 p.m. | 20 octobre 2016 à 21h30
2016-10-20T09:00 | 20 October 2016, 9 am | 20. Oktober 2016, 9 Uhr
2016-10-20T09:30Z | 2016-10-20t09:30z | 20 October 2016 09:30 UTC | 20 October 2016 09:30 GMT
2006-05-28T09:00:00Z | May 28 2006 09:00:00 GMT | 28 May 2006 09:00:00 UTC
2016-10-20T09:30+03:00 | 20 October 2016 09:30 +03:00 | 20 October 2016 09:30 UTC+3 | 2016-10-20 09:30 +0300
2014-06-28T10:00/2014-06-28T12:00 | 2014-06-28T10:00/12:00 | 28 June 2014 10:00 - 12:00
2014-06-10T09:30/2014-06-10T11:00 | 10 June 2014, 9:30–11:00 | 9:30 to 11:00 on 10 June 2014
";

#[test]
fn every_usual_form_is_understood() {
    let mut count = 0;
    let mut wrong = Vec::new();
    for line in FORMS.lines().filter(|line| !line.is_empty()) {
        let (edtf, forms) = line.split_once(" |").expect(line);
        assert!(!forms.trim().is_empty(), "{line}");
        for form in forms
            .split('|')
            .map(str::trim)
            .filter(|form| !form.is_empty())
        {
            count += 1;
            let reading = read(form, None);
            let found = reading.as_ref().map(|reading| reading.edtf.as_str());
            let doubts = reading.as_ref().map_or(&[][..], |reading| &reading.doubts);
            if found != Some(edtf) || !doubts.is_empty() {
                wrong.push(format!("{form}: {found:?}, not {edtf} {doubts:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 300, "{count}");
}

#[track_caller]
fn check_doubts(text: &str, edtf: &str, doubts: &[Doubt]) {
    let reading = read(text, None).unwrap_or_else(|| panic!("{text}"));
    assert_eq!(
        (reading.edtf.as_str(), &*reading.doubts),
        (edtf, doubts),
        "{text}"
    );
}

#[test]
fn what_the_text_leaves_open_is_said() {
    let doubt = |doubt: Doubt| vec![doubt];
    for (text, edtf, doubts) in [
        (
            "06/10/2014",
            "2014-10-06",
            doubt(Doubt::DayOrMonthFirst {
                month_first: "2014-06-10".into(),
            }),
        ),
        (
            "06/10/2014 - 08/10/2014",
            "2014-10-06/2014-10-08",
            doubt(Doubt::DayOrMonthFirst {
                month_first: "2014-06-10/2014-08-10".into(),
            }),
        ),
        // The second date tells the order of the first.
        ("06/10/2014 - 25/10/2014", "2014-10-06/2014-10-25", vec![]),
        ("06/10/2014 - 06/25/2014", "2014-06-10/2014-06-25", vec![]),
        ("79", "0079", doubt(Doubt::ShortYear)),
        ("۱۳۵۷", "1357", doubt(Doubt::OtherCalendar)),
        ("๒๕๕๗", "2557", doubt(Doubt::OtherCalendar)),
        ("۲۰۱۴", "2014", vec![]),
        (
            "1604/5",
            "1604/1605",
            doubt(Doubt::YearsOrPart {
                part: "1604-05".into(),
            }),
        ),
        ("1918/19", "1918/1919", vec![]),
        (
            "mid-1950s to early 1960s",
            "195X/196X",
            doubt(Doubt::PartLeftOut),
        ),
        (
            "1939-40",
            "1939/1940",
            doubt(Doubt::YearsOrPart {
                part: "1939-40".into(),
            }),
        ),
        ("1939–40", "1939/1940", vec![]),
        ("the 90s", "199X", doubt(Doubt::Century)),
        ("’90s", "199X", doubt(Doubt::Century)),
        ("die 90er Jahre", "199X", doubt(Doubt::Century)),
        ("années 90", "199X", doubt(Doubt::Century)),
        ("los años noventa", "199X", doubt(Doubt::Century)),
        ("التسعينيات", "199X", doubt(Doubt::Century)),
        ("the nineties", "199X", doubt(Doubt::Century)),
        (
            "the 1800s",
            "18XX",
            doubt(Doubt::CenturyOrDecade {
                other: "180X".into(),
            }),
        ),
        (
            "2000s",
            "200X",
            doubt(Doubt::CenturyOrDecade {
                other: "20XX".into(),
            }),
        ),
        (
            "1905–06",
            "1905/1906",
            doubt(Doubt::YearsOrPart {
                part: "1905-06".into(),
            }),
        ),
    ] {
        check_doubts(text, edtf, &doubts);
    }
}

#[test]
fn a_part_of_a_time_is_its_third() {
    let doubt = |doubt: Doubt| vec![doubt];
    for (text, edtf, doubts) in [
        ("early 2014", "2014-37", doubt(Doubt::Third)),
        ("mid-2014", "2014-38", doubt(Doubt::Third)),
        ("Ende 2014", "2014-39", doubt(Doubt::Third)),
        ("fin 2014", "2014-39", doubt(Doubt::Third)),
        ("a finales de 2014", "2014-39", doubt(Doubt::Third)),
        ("أواخر عام 2014", "2014-39", doubt(Doubt::Third)),
        ("early 1990s", "[1990..1992]", doubt(Doubt::Third)),
        ("late 19th century", "[1866..1899]", doubt(Doubt::Third)),
        ("c. early 1990s", "199X~", doubt(Doubt::Third)),
        (
            "mid-June 2014",
            "[2014-06-11..2014-06-20]",
            doubt(Doubt::Third),
        ),
        (
            "Anfang Februar 2015",
            "[2015-02-01..2015-02-10]",
            doubt(Doubt::Third),
        ),
        (
            "late February 2015",
            "[2015-02-21..2015-02-28]",
            doubt(Doubt::Third),
        ),
        (
            "+1994-01-01T00:00:00Z",
            "1994-01-01",
            doubt(Doubt::PerhapsYear),
        ),
        (
            "between about 1850 and 1860",
            "[1850..1860]",
            doubt(Doubt::ExactLimits),
        ),
    ] {
        check_doubts(text, edtf, &doubts);
    }
}

#[test]
fn a_known_order_of_day_and_month_is_kept() {
    let edtf = |text, order| read(text, Some(order)).map(|reading| reading.edtf);
    let (day, month) = (DayMonthOrder::DayFirst, DayMonthOrder::MonthFirst);
    assert_eq!(edtf("06/10/2014", day).as_deref(), Some("2014-10-06"));
    assert_eq!(edtf("06/10/2014", month).as_deref(), Some("2014-06-10"));
    assert_eq!(edtf("25/12/2014", month), None);
    assert_eq!(edtf("6.10.44 BC", month).as_deref(), Some("-0043-06-10"));
}

#[test]
fn what_is_not_wholly_understood_is_not_read() {
    for text in [
        "",
        "spring",
        "soon",
        "n.d.",
        "undated",
        "20 14",
        "1/6/14",
        "June",
        "10 June",
        "2014 2015",
        "20140631",
        "201413",
        "10-20",
        "31 June 2014",
        "29 February 2015",
        "25/13/2014",
        // Other calendars.
        "1435 AH",
        "12 Muharram 1435",
        "1435 هـ",
        "15 Brumaire an 8",
        "5 Tishrei 5775",
        "2014 and all that",
        "The battle of 2014",
        "0 BC",
        "2014-06-28T10:00+02:00/12:00",
        "28 June 2014 22:00-02:00",
        "ca. 185-",
        "4th Friday of June 2014",
        "11/22 February 1732",
        "December 2014-15",
        "June 2014/15",
        "100-50",
        "-June 2014",
        "1850 BC/AD",
        "1850.5",
        "5774 AM",
        "1402358400",
        "90s of the 999999999999999999 century",
        "2014 to",
        "2014 bis",
        "2014 to the",
        "33/2014",
        "1918.22",
        "the 0th century",
        "99999999999999999999",
        "9999999999999999999 million years ago",
        "about",
        "between 1850",
        "1850 or",
        "before",
        "from to",
        "2014 to 2003",
        "25:00 on 10 June 2014",
        "d13 June 2014",
        "13 June d2014",
        "6 September 1792 September",
    ] {
        assert_eq!(read(text, None), None, "{text}");
    }
}

proptest! {
    #![proptest_config(crate::testing::fixed(2000))]

    #[test]
    fn what_is_understood_is_the_date_of_its_edtf(
        text in "(c\\. |circa |since |before |between |early |-|Y|)[0-9]{1,5}([-/. –](|June |[0-9X]{1,2}|to |and )){0,4}(s|th century| BC|)",
    ) {
        if let Some(reading) = read(&text, None) {
            prop_assert_eq!(When::parse(&reading.edtf), Ok(reading.when.clone()), "{}", text);
            prop_assert!(!reading.words().to_string().is_empty());
        }
    }

    #[test]
    fn no_text_is_too_odd(text in any::<String>()) {
        let _ = read(&text, None);
    }

    #[test]
    fn no_row_of_date_words_is_too_odd(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "10", "2014", "June", "-", "–", "/", "to", "and", "or", "before", "c.", "BC", "AD",
                "century", "1990s", "early", "third", "quarter", "million", "years", "ago", "9:30",
                "pm", "?", "(", ")", "+", "winter", "q", "،", "حزيران", "قبل",
            ]),
            0..8,
        ),
    ) {
        if let Some(reading) = read(&words.join(" "), None) {
            prop_assert_eq!(When::parse(&reading.edtf), Ok(reading.when));
        }
    }

    #[test]
    fn what_we_say_of_a_date_is_read_again(
        text in "(-00[1-9][0-9]|[12][0-9]{3})(-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?~?",
    ) {
        let when = When::parse(&text).expect("a date");
        let said = say(&when, Outlook::Happened).date;
        let again = read(&said, None).map(|reading| reading.when);
        prop_assert_eq!(again, Some(when), "{}: {}", text, said);
    }
}
