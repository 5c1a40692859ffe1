//! What a record holds and how it is written.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // helpers of tests fail as tests do

use jiff::civil::date;
use readout_coder::{Attribution, Coding, Event, Manner, Place, Side, Speaker, Status, Time};
use readout_record::formats::{Annotated, jsonl};
use readout_record::{Record, SCHEMA};
use readout_text::{Document, Furniture, FurnitureKind, Meta, Problem, Sentence, Span};

const TEXT: &str = "TEHRAN, Feb. 26 - Iran, a spokesman said, condemned the recent raid in Sochi. (MNA)";

fn span_of(part: &str) -> Span {
    let start = TEXT.find(part).unwrap();
    Span::new(start, start + part.len())
}

fn document() -> Document {
    Document {
        text: TEXT.to_owned(),
        meta: Meta {
            id: "a-1".into(),
            published: Some(date(2019, 2, 26)),
            publisher: Some("Mehr".into()),
            ..Meta::default()
        },
        furniture: vec![
            Furniture {
                span: span_of("TEHRAN, Feb. 26 -"),
                kind: FurnitureKind::Dateline,
                value: Some("TEHRAN".into()),
                date: Some(date(2019, 2, 26)),
            },
            Furniture { span: span_of("(MNA)"), kind: FurnitureKind::Credit, value: Some("MNA".into()), date: None },
        ],
        sentences: vec![Sentence { span: Span::new(0, TEXT.len()), ..Sentence::default() }],
        problems: vec![Problem { span: None, what: "no byline".into() }],
        ..Document::default()
    }
}

fn coding() -> Coding {
    let spokesman = Speaker {
        text: Some("a spokesman".into()),
        span: Some(span_of("a spokesman")),
        name: None,
        code: "IRNGOV".into(),
        cue: "said".into(),
    };
    Coding {
        events: vec![Event {
            sentence: 0,
            trigger: "condemned".into(),
            span: span_of("condemned"),
            kind: "ACCUSE".into(),
            mode: Some("disapprove".into()),
            contexts: vec!["military".into()],
            cameo: Some("111".into()),
            quad: 3,
            score: -2.0,
            goldstein: Some(-2.0),
            actor: vec![Side {
                text: "Iran".into(),
                span: span_of("Iran"),
                name: Some("Iran".into()),
                code: "IRNGOV".into(),
                inferred: None,
            }],
            recipient: vec![],
            status: Status::Fact,
            place: Some(Place {
                text: "Sochi".into(),
                span: span_of("Sochi"),
                coordinates: Some((43.6, 39.73)),
                country: Some("RUS".into()),
                admin1: Some("Krasnodarskiy".into()),
            }),
            when: Some(Time {
                text: "recent".into(),
                span: span_of("recent"),
                days: Some((date(2019, 2, 1), date(2019, 2, 26))),
                granularity: Some("month"),
            }),
            said_by: vec![spokesman.clone()],
            rule: "accuse/condemn".into(),
            confidence: 0.86,
        }],
        attributions: vec![Attribution {
            sentence: 0,
            source: spokesman,
            source_spans: vec![span_of("a spokesman")],
            cue_spans: vec![span_of("said")],
            content: "Iran … condemned the recent raid in Sochi".into(),
            content_spans: vec![span_of("Iran"), span_of("condemned the recent raid in Sochi")],
            manner: Manner::Indirect,
            nested_in: None,
            continues: None,
        }],
    }
}

fn line(record: &Record) -> String {
    let mut out = Vec::new();
    jsonl::write(&mut out, record).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_record_reads_back_as_it_was_written() {
    let record = Record::new(&document(), &coding(), "1");
    let back: Vec<Record> = jsonl::read(line(&record).as_bytes()).collect::<Result<_, _>>().unwrap();
    assert_eq!(back, [record]);
}

#[test]
fn fields_are_written_in_one_order() {
    let expected = concat!(
        r#"{"schema":"readout/1","id":"a-1","uri":null,"title":null,"published":"2019-02-26","publisher":"Mehr","#,
        r#""language":null,"licence":null,"byline":null,"credit":"MNA","#,
        r#""dateline":{"place":"TEHRAN","date":"2019-02-26","span":[0,17]},"codebook":"1","sentences":[{"span":[0,83]}],"#,
        r#""furniture":[{"kind":"dateline","span":[0,17],"value":"TEHRAN"},{"kind":"credit","span":[78,83],"value":"MNA"}],"#,
        r#""events":[{"id":"ID","sent":0,"trigger":"condemned","span":[42,51],"type":"ACCUSE","mode":"disapprove","#,
        r#""contexts":["military"],"cameo":"111","quad":3,"score":-2.0,"goldstein":-2.0,"#,
        r#""actor":[{"text":"Iran","span":[18,22],"name":"Iran","code":"IRNGOV","country":"IRN","sector":"GOV","inferred":null}],"#,
        r#""recipient":[],"status":"fact","#,
        r#""place":{"text":"Sochi","span":[71,76],"lat":43.6,"lon":39.73,"country":"RUS","admin1":"Krasnodarskiy"},"#,
        r#""when":"recent","when_span":[56,62],"date":"2019-02-01/2019-02-26","granularity":"month","#,
        r#""said_by":[{"text":"a spokesman","span":[24,35],"name":null,"code":"IRNGOV","cue":"said"}],"#,
        r#""rule":"accuse/condemn","confidence":0.86}],"#,
        r#""attributions":[{"sent":0,"source":{"text":"a spokesman","spans":[[24,35]],"name":null,"code":"IRNGOV"},"#,
        r#""cue":{"text":"said","spans":[[36,40]]},"#,
        r#""content":{"text":"Iran … condemned the recent raid in Sochi","spans":[[18,22],[42,76]]},"#,
        r#""kind":"indirect","nested_in":null,"continues":null}],"#,
        r#""problems":[{"span":null,"what":"no byline"}]}"#,
        "\n"
    );
    let record = Record::new(&document(), &coding(), "1");
    let id = record.events[0].id.as_str().to_owned();
    assert_eq!(line(&record).replace(&id, "ID"), expected);
    assert_eq!(record.schema, SCHEMA);
}

#[test]
fn events_of_one_sentence_have_ids_of_their_own_and_keep_them() {
    let mut two = coding();
    two.events.push(two.events[0].clone());
    let a = Record::new(&document(), &two, "1");
    let b = Record::new(&document(), &two, "1");
    assert_ne!(a.events[0].id, a.events[1].id);
    assert_eq!(a, b);
    assert_ne!(a.events[0].id, Record::new(&document(), &two, "2").events[0].id, "another codebook, another event");
}

#[test]
fn sentences_carry_their_text_only_on_request() {
    let record = Record::new(&document(), &coding(), "1");
    assert_eq!(record.sentences[0].text, None);
    assert_eq!(record.with_text(&document()).sentences[0].text.as_deref(), Some(TEXT));
}

#[test]
fn a_record_scores_as_its_line_does() {
    let record = Record::new(&document(), &coding(), "1").with_text(&document());
    let read: Annotated = serde_json::from_str(&line(&record)).unwrap();
    assert_eq!(read, Annotated::from(&record));
}

#[test]
fn a_bad_line_is_named_and_the_rest_is_read() {
    let good = line(&Record::new(&document(), &coding(), "1"));
    let text = format!("{good}\n{{\"id\": 3}}\n{{nonsense\n{good}");
    let read: Vec<Result<Record, _>> = jsonl::read(text.as_bytes()).collect();
    assert_eq!(read.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, false, true]);
    let messages: Vec<String> = read.into_iter().filter_map(Result::err).map(|e| e.to_string()).collect();
    assert!(messages[0].starts_with("line 3, column "), "{}", messages[0]);
    assert_eq!(messages[1], "line 4, column 2: key must be a string");
}

proptest::proptest! {
    #[test]
    fn any_text_survives_the_line(text in "\\PC*", trigger in ".*") {
        let mut coding = coding();
        coding.events[0].trigger = trigger;
        let mut document = document();
        document.meta.title = Some(text);
        let record = Record::new(&document, &coding, "1");
        let written = line(&record);
        proptest::prop_assert_eq!(written.matches('\n').count(), 1);
        proptest::prop_assert_eq!(serde_json::from_str::<Record>(&written).unwrap(), record);
    }
}

#[test]
fn spans_lead_back_to_the_bytes_that_were_given() {
    let given = b"\xEF\xBB\xBFIran \xFFcondemned the raid.".as_slice(); // a byte-order mark, and a byte that is no text
    let document = Document::from_bytes(given, Meta::default());
    let at = document.text.find("condemned").unwrap();
    let mut coding = coding();
    coding.events[0].span = Span::new(at, at + "condemned".len());
    let [start, end] = Record::new(&document, &coding, "1").events[0].span;
    assert_eq!(&given[start..end], b"condemned");
}
