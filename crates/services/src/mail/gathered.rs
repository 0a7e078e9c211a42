//! The lines of a digest, by topic: neutral sentences that lead somewhere.

use domain::{lang::Lang, notify::Topic};
use store::notify::digest::Line;

use super::{render::escape, words};
use crate::outbox::Template;

/// So many lines are written out; the inbox has them all.
const MOST: usize = 100;

/// What there is of a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    topic: &'static str,
    /// Sentence and address.
    items: Vec<(String, String)>,
}

/// The lines by topic, in the order of the topics. What this program does not know is left out.
pub(super) fn groups(lines: &[Line], base: &str, lang: Lang) -> Vec<Group> {
    let of = |topic: &Topic| {
        let items = lines.iter().take(MOST).filter(|line| line.topic == topic.code());
        let items: Vec<_> = items.filter_map(|line| item(line, base, lang)).collect();
        (!items.is_empty()).then(|| Group { topic: topic.label(), items })
    };
    Topic::ALL.iter().filter_map(of).collect()
}

fn item(line: &Line, base: &str, lang: Lang) -> Option<(String, String)> {
    let sentence = words::words(Template::from_name(&line.line)?, lang).heading;
    let times = if line.many > 1 { format!(" ({} times)", line.many) } else { String::new() };
    let path: String = line.path.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    Some((format!("{sentence}{times}"), format!("{base}/{}{path}", lang.tag())))
}

impl Group {
    pub fn text(&self) -> String {
        let items = self.items.iter().map(|(sentence, link)| format!("- {sentence}\n  {link}"));
        let mut lines = vec![format!("{}\n{}", self.topic, "-".repeat(self.topic.chars().count()))];
        lines.extend(items);
        lines.join("\n")
    }

    pub fn html(&self, ink: &str, petrol: &str) -> String {
        let item = |(sentence, link): &(String, String)| {
            let (sentence, link) = (escape(sentence), escape(link));
            format!("<li style=\"margin:0 0 6px\"><a href=\"{link}\" style=\"color:{petrol}\">{sentence}</a></li>\n")
        };
        let items: String = self.items.iter().map(item).collect();
        let topic = escape(self.topic);
        format!(
            "<h2 style=\"margin:0 0 8px;font-size:17px;line-height:1.3;color:{ink}\">{topic}</h2>\n<ul style=\"margin:0 0 \
             16px;padding:0 0 0 20px\">\n{items}</ul>\n"
        )
    }
}
