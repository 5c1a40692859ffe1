//! The named fields of a WARC record.

/// The fields that are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Type,
    Date,
    TargetUri,
    ContentType,
    Length,
}

/// Their names, in lower case.
const NAMES: [(Field, &str); 5] = [
    (Field::Type, "warc-type"),
    (Field::Date, "warc-date"),
    (Field::TargetUri, "warc-target-uri"),
    (Field::ContentType, "content-type"),
    (Field::Length, "content-length"),
];

/// Those of one record, in order.
#[derive(Default)]
pub(super) struct Headers(Vec<(Field, String)>);

impl Headers {
    /// Reads a header block; its version line and lines without a colon are passed over, lines that begin with white space
    /// go on with the line before.
    pub fn read(block: &[u8]) -> Self {
        let text = String::from_utf8_lossy(block);
        let mut fields: Vec<(Field, String)> = Vec::new();
        let mut open = false;
        for line in text.lines() {
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = fields.last_mut().filter(|_| open) {
                    value.push(' ');
                    value.push_str(line.trim());
                }
                continue;
            }
            let Some((name, value)) = line.split_once(':') else { continue };
            let found = NAMES.iter().find(|(_, known)| name.trim().eq_ignore_ascii_case(known));
            open = found.is_some();
            if let Some((field, _)) = found {
                fields.push((*field, value.trim().to_owned()));
            }
        }
        Headers(fields)
    }

    /// The first value of a field.
    pub fn get(&self, field: Field) -> Option<&str> {
        self.0.iter().find(|(given, _)| *given == field).map(|(_, value)| value.as_str())
    }

    /// The length of the content, if it is given once (or twice the same) and is a number that a file can have.
    pub fn length(&self) -> Option<u64> {
        let mut given = self.0.iter().filter(|(field, _)| *field == Field::Length).map(|(_, value)| value);
        let first = given.next()?;
        let digits = first.len() <= 19 && !first.is_empty() && first.bytes().all(|b| b.is_ascii_digit());
        let length: u64 = first.parse().ok().filter(|_| digits)?;
        (given.all(|other| other == first) && i64::try_from(length).is_ok()).then_some(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found() {
        let headers = Headers::read(
            b"WARC/1.0\r\nwarc-TYPE : response\r\nX: y\r\n z\r\nWARC-Target-URI: http://a\r\n  b\r\nno colon\r\n",
        );
        assert_eq!(headers.get(Field::Type), Some("response"));
        assert_eq!(headers.get(Field::TargetUri), Some("http://a b"));
        assert_eq!(headers.get(Field::Date), None);
    }

    #[test]
    fn a_length_is_one_number() {
        let length = |values: &[&str]| {
            let block: String = values.iter().map(|v| format!("Content-Length: {v}\r\n")).collect();
            Headers::read(block.as_bytes()).length()
        };
        assert_eq!(length(&["0"]), Some(0));
        assert_eq!(length(&["12"]), Some(12));
        assert_eq!(length(&["12", "12"]), Some(12));
        assert_eq!(length(&["9223372036854775807"]), Some(i64::MAX as u64));
        for bad in
            [&[][..], &[""], &["-1"], &["+5"], &["1.5"], &["0x10"], &["9223372036854775808"], &["12", "13"], &["1 2"]]
        {
            assert_eq!(length(bad), None, "{bad:?}");
        }
    }
}
