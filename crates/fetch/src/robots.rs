//! What a host allows to robots: its robots.txt, read by RFC 9309.

use serde::{Deserialize, Serialize};

/// Rules of a robots.txt that are kept.
pub const ROBOTS_RULES: usize = 5_000;

/// What a host allows to us.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Robots {
    /// Paths with `*` and `$`, and whether they are allowed.
    rules: Vec<(bool, String)>,
    /// Seconds between two requests that the host asks for.
    pub delay: Option<f64>,
}

impl Robots {
    /// Reads what a robots.txt says to `robot`: the groups that name it, else those for all (`*`).
    pub fn parse(text: &str, robot: &str) -> Self {
        let mut groups = Groups::default();
        for line in text.trim_start_matches('\u{feff}').lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            groups.line(&key.trim().to_ascii_lowercase(), value.trim(), robot);
        }
        if groups.named { groups.ours } else { groups.all }
    }

    /// Whether a path (with its query) may be asked for: the longest rule that matches decides, and where two are as
    /// long, the one that allows.
    pub fn allow(&self, path: &str) -> bool {
        let path = normal(path);
        if path == "/robots.txt" {
            return true;
        }
        let matching = self.rules.iter().filter(|(_, rule)| matches(rule, &path));
        matching.max_by_key(|(allow, rule)| (rule.len(), *allow)).is_none_or(|(allow, _)| *allow)
    }
}

/// The groups that concern us, as they are read.
#[derive(Default)]
struct Groups {
    ours: Robots,
    all: Robots,
    /// Whether a group names us.
    named: bool,
    /// Whether the lines that follow are for us, or for all.
    to_us: bool,
    to_all: bool,
    /// Whether the last line named a robot, so that one more belongs to the same group.
    naming: bool,
}

impl Groups {
    fn line(&mut self, key: &str, value: &str, robot: &str) {
        if key == "user-agent" {
            if !self.naming {
                (self.to_us, self.to_all) = (false, false);
            }
            self.naming = true;
            let token =
                value.split(|c: char| !(c.is_ascii_alphabetic() || "_-*".contains(c))).next().unwrap_or_default();
            self.to_us |= token.eq_ignore_ascii_case(robot);
            self.to_all |= token == "*";
            self.named |= self.to_us;
            return;
        }
        let allow = match key {
            "allow" => true,
            "disallow" => false,
            "crawl-delay" => {
                self.naming = false;
                let delay = value.parse().ok().filter(|seconds: &f64| seconds.is_finite() && *seconds >= 0.0);
                self.each(|robots| robots.delay = robots.delay.or(delay));
                return;
            }
            _ => return, // sitemaps and the like belong to no group
        };
        self.naming = false;
        if !value.is_empty() {
            let rule = normal(value);
            self.each(|robots| {
                if robots.rules.len() < ROBOTS_RULES {
                    robots.rules.push((allow, rule.clone()));
                }
            });
        }
    }

    fn each(&mut self, mut change: impl FnMut(&mut Robots)) {
        if self.to_us {
            change(&mut self.ours);
        }
        if self.to_all {
            change(&mut self.all);
        }
    }
}

/// A path in one spelling: percent-encoded where it is not ASCII, in capitals, and not encoded where it need not be.
fn normal(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let bytes = path.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        let code = bytes.get(at + 1..at + 3).and_then(|two| std::str::from_utf8(two).ok());
        let encoded = code.filter(|_| byte == b'%').and_then(|two| u8::from_str_radix(two, 16).ok());
        let (byte, encode) = match encoded {
            Some(plain) => (plain, !(plain.is_ascii_alphanumeric() || b"-._~".contains(&plain))),
            None => (byte, !byte.is_ascii_graphic()),
        };
        if encode {
            out.push_str(&format!("%{byte:02X}"));
        } else {
            out.push(char::from(byte));
        }
        at += if encoded.is_some() { 3 } else { 1 };
    }
    out
}

/// Whether a rule matches a path from its beginning; `*` stands for anything, `$` at the end for the path's end.
fn matches(rule: &str, path: &str) -> bool {
    let (rule, anchored) = rule.strip_suffix('$').map_or((rule, false), |rule| (rule, true));
    let mut parts = rule.split('*');
    let Some(mut rest) = parts.next().and_then(|head| path.strip_prefix(head)) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return !anchored || rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if anchored && parts.peek().is_none() {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else { return false };
        rest = rest.get(at + part.len()..).unwrap_or_default();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, path: &str, expect: bool) {
        assert_eq!(Robots::parse(text, "readout").allow(path), expect, "{path} by\n{text}");
    }

    #[test]
    fn groups_are_chosen_by_name() {
        let text = "User-agent: *\nDisallow: /\n\nUser-Agent: other\nUser-agent: ReadOut/2.0 # us\nDisallow: /private\nAllow: /private/news\n";
        check(text, "/", true);
        check(text, "/private/x", false);
        check(text, "/private/news/1", true);
        assert!(!Robots::parse(text, "third").allow("/x"));
        check("user-agent: readouter\ndisallow: /", "/x", true);
        check("Disallow: /\n", "/x", true);
        check(
            "User-agent: readout\nDisallow: /a\nUser-agent: *\nDisallow: /\nUser-agent: readout\nDisallow: /b",
            "/b",
            false,
        );
        check(
            "User-agent: readout\nDisallow: /a\nUser-agent: *\nDisallow: /\nUser-agent: readout\nDisallow: /b",
            "/c",
            true,
        );
        check("User-agent: readout\nSitemap: https://x/\nUser-agent: *\nDisallow: /", "/x", false);
        check("User-agent: readout\nDisallow:\nUser-agent: *\nDisallow: /", "/x", true);
        check("", "/x", true);
        check("\u{feff}User-agent:*\r\nDisallow:/\r\n", "/x", false);
        check("User-agent: *\nDisallow: /", "/robots.txt", true);
    }

    #[test]
    fn the_longest_rule_decides() {
        let text =
            "User-agent: *\nAllow: /page\nDisallow: /*.html\nDisallow: /a$\nAllow: /b\nDisallow: /b\nDisallow: /*/x*y$";
        for (path, expect) in [
            ("/page.html", false),
            ("/page", true),
            ("/a", false),
            ("/ab", true),
            ("/b", true),
            ("/q/x12y", false),
            ("/q/x12yz", true),
            ("/q/xyy", false),
            ("/index.htm", true),
        ] {
            check(text, path, expect);
        }
    }

    #[test]
    fn spellings_of_a_path_are_one() {
        let text = "User-agent: *\nDisallow: /caf\u{e9}\nDisallow: /%7ejoe\nDisallow: /a%2fb\nDisallow: /%zz";
        for (path, expect) in [
            ("/caf%C3%A9", false),
            ("/caf%c3%a9/x", false),
            ("/~joe", false),
            ("/a/b", true),
            ("/a%2Fb", false),
            ("/%zz", false),
        ] {
            check(text, path, expect);
        }
    }

    #[test]
    fn hostile_rules_take_time_in_proportion() {
        let start = std::time::Instant::now();
        let stars = format!("User-agent: *\nDisallow: /{}b$\n", "*a".repeat(100_000));
        assert!(Robots::parse(&stars, "readout").allow(&format!("/{}", "a".repeat(4_000))));
        let many = format!("User-agent: *\n{}", "Disallow: /x\n".repeat(100_000));
        assert_eq!(Robots::parse(&many, "readout").rules.len(), ROBOTS_RULES);
        assert_eq!(Robots::parse("User-agent: *\nCrawl-delay: NaN\nCrawl-delay: 2.5", "readout").delay, Some(2.5));
        assert!(start.elapsed().as_secs() < 5);
    }
}
