//! In what language a text is.

use readout_text::{Document, Problem};
use whatlang::detect;

/// Letters of a text by which its language is told; a shorter one is taken for English, unless its script says otherwise.
const LANGUAGE_LETTERS: usize = 200;

/// Bytes of a text that are looked at.
const LANGUAGE_BYTES: usize = 8 << 10;

/// Letters in a hundred signs of a text by which its language is told: tables of figures look like any language.
const PROSE_PERCENT: usize = 75;

/// Letters of a hundred outside the Latin script that no English text has.
const FOREIGN_PERCENT: usize = 50;

/// Fills in a document's language where it does not say one, and says where the text is in another one than it says. English
/// unless it is sure that it is not: names and short texts look like many languages.
pub(crate) fn tell(document: &mut Document) {
    let told = of(&document.text);
    match document.meta.language.as_deref() {
        None => document.meta.language = Some(told.unwrap_or("en").to_owned()),
        Some(said) => {
            if let Some(told) = told.filter(|told| is_english(said) && !is_english(told)) {
                let what = format!("the input says that the text is in {said}, it is taken to be in {told}");
                document.problems.push(Problem { span: None, what });
                document.meta.language = Some(told.to_owned());
            }
        }
    }
}

/// Whether a BCP 47 tag is one of English.
pub fn is_english(tag: &str) -> bool {
    let primary = tag.split(['-', '_']).next().unwrap_or("");
    ["en", "eng"].iter().any(|english| primary.eq_ignore_ascii_case(english))
}

/// The language of a text, if that is sure: a BCP 47 tag.
fn of(text: &str) -> Option<&'static str> {
    let text = text.get(..text.floor_char_boundary(LANGUAGE_BYTES)).unwrap_or(text);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let foreign = text.chars().filter(|c| c.is_alphabetic() && *c > '\u{24F}').count();
    let script = foreign * 100 > letters * FOREIGN_PERCENT;
    let signs = text.chars().filter(|c| !c.is_whitespace()).count();
    let prose = letters >= LANGUAGE_LETTERS && letters * 100 >= signs * PROSE_PERCENT;
    if !(prose || script && letters > 0) {
        return None;
    }
    let info = detect(text)?;
    (script || info.is_reliable()).then(|| tag(info.lang().code()))
}

/// The BCP 47 tag of a language by its ISO 639-3 code: the code of two letters, where there is one (`data/languages.tsv`).
fn tag(code: &'static str) -> &'static str {
    let rows = include_str!("../../../data/languages.tsv").lines().filter_map(|row| row.split_once('\t'));
    rows.into_iter().find(|(long, _)| *long == code).map_or(code, |(_, short)| short)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = "The two governments agreed on Monday to reopen the border crossing, which had been closed since the \
        spring. Ministers said that trade would begin again within a week, and that the prisoners taken in March would be \
        let go. Aid groups welcomed the news but warned that the road north was still unsafe for lorries.";

    #[test]
    fn sure_languages_are_told() {
        for (text, tag) in [
            (ENGLISH, Some("en")),
            (
                "Les deux gouvernements ont convenu lundi de rouvrir le poste frontière, fermé depuis le printemps. Selon les \
              ministres, le commerce reprendra dans la semaine et les prisonniers arrêtés en mars seront libérés. Les \
              organisations d'aide ont salué la nouvelle.",
                Some("fr"),
            ),
            (
                "Beide Regierungen einigten sich am Montag darauf, den Grenzübergang wieder zu öffnen, der seit dem Frühjahr \
              geschlossen war. Die Minister sagten, der Handel werde binnen einer Woche wieder beginnen und die Gefangenen \
              kämen frei. Hilfsorganisationen begrüßten die Nachricht, warnten aber, dass die Straße nach Norden für \
              Lastwagen noch immer nicht sicher sei und dass viele Menschen dort auf Hilfe warten.",
                Some("de"),
            ),
            (
                "Los dos gobiernos acordaron el lunes reabrir el paso fronterizo, cerrado desde la primavera. Los ministros \
              dijeron que el comercio volvería en una semana y que los presos detenidos en marzo quedarían libres. Las organizaciones de ayuda celebraron la noticia, pero advirtieron de que la \
              carretera del norte seguía siendo peligrosa para los camiones y que muchas familias esperaban allí.",
                Some("es"),
            ),
            ("Москва и Минск договорились.", Some("ru")),
            ("両国政府は月曜日、国境を再開することで合意した。", Some("ja")),
            ("اتفقت الحكومتان يوم الاثنين على إعادة فتح المعبر الحدودي.", Some("ar")),
            ("", None),
            ("Iran agreed.", None),
            ("Bundeskanzler Scholz met President Macron in Paris.", None),
            ("123 456 789", None),
        ] {
            assert_eq!(of(text), tag, "{text}");
        }
    }

    #[test]
    fn english_news_with_foreign_names_stays_english() {
        let names = "Jean-Yves Le Drian met Frank-Walter Steinmeier, Paolo Gentiloni and José Manuel García-Margallo in Brussels, \
            where Miguel Ángel Moratinos, Jean Asselborn, Didier Reynders and Péter Szijjártó joined them for dinner at the \
            Palais d'Egmont before Martin Schulz and Donald Tusk spoke.";
        assert!(of(names).is_none_or(|tag| tag == "en"), "{:?}", of(names));
        assert_eq!(of(&ENGLISH.to_uppercase()), Some("en"));
    }

    #[test]
    fn what_the_input_says_is_held_against_the_text() {
        let told = |text: &str, said: Option<&str>| {
            let meta = readout_text::Meta { language: said.map(str::to_owned), ..readout_text::Meta::default() };
            let mut document = Document::from_text(text.to_owned(), meta);
            tell(&mut document);
            (document.meta.language.unwrap_or_default(), document.problems.len())
        };
        let french = "Le ministre a déclaré que les deux pays avaient convenu de rouvrir la frontière et de libérer les pêcheurs. \
            Il a ajouté que les pourparlers reprendraient la semaine prochaine dans la capitale, si toutes les parties le veulent. \
            Les organisations d'aide ont salué la nouvelle, mais elles ont averti que la route du nord restait dangereuse pour \
            les camions et que beaucoup de familles y attendaient encore des secours.";
        assert_eq!(told(ENGLISH, None), ("en".to_owned(), 0));
        assert_eq!(told(ENGLISH, Some("en-GB")), ("en-GB".to_owned(), 0));
        assert_eq!(told(french, None), ("fr".to_owned(), 0));
        assert_eq!(told(french, Some("en")), ("fr".to_owned(), 1));
        assert_eq!(told(french, Some("fr-CA")), ("fr-CA".to_owned(), 0));
        assert_eq!(told("Iran agreed.", None), ("en".to_owned(), 0));
        assert_eq!(told("Iran agreed.", Some("de")), ("de".to_owned(), 0));
    }
}
