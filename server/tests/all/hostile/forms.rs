//! The form of each row of the table, from the page where it stands, and what is sent in its place.

use std::collections::BTreeMap;

use super::texts::{Text, Turns};
use crate::{
    isolation::Case,
    support::{
        cast::Cast,
        html::{Field, Form, Page},
        http::Ask,
        site::Site,
    },
};

/// Kinds of field in which one writes.
const WRITTEN: [&str; 8] = ["text", "textarea", "email", "tel", "search", "number", "url", "date"];

/// A form that somebody may send.
#[derive(Clone, Debug)]
pub struct Target<'c> {
    /// Where it goes and who sends it.
    pub case: Case<'c>,
    /// Its address.
    pub address: String,
    /// The form.
    pub form: Form,
    /// Whether a page has it; else it is made of what [`crate::support::samples`] knows.
    pub is_found: bool,
}

/// How a form is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// Everything is hostile, what nobody sees too.
    Everything,
    /// What the page keeps for itself stays.
    Seen,
    /// What is chosen stays as well: only what is written is hostile.
    Written,
}

/// A value that is sent, and the text it is, if it is one of ours.
pub type Sent = (String, Vec<u8>, Option<&'static Text>);

/// The form of every row, as the first person of those for whom a page has it.
pub async fn targets<'c>(site: &Site, cases: Vec<Case<'c>>) -> Vec<Target<'c>> {
    let mut rows: BTreeMap<&str, Vec<Case<'c>>> = BTreeMap::new();
    for case in cases {
        rows.entry(&case.place.path).or_default().push(case);
    }
    let mut targets = Vec::new();
    for cases in rows.into_values() {
        targets.push(target(site, &cases).await);
    }
    targets
}

async fn target<'c>(site: &Site, cases: &[Case<'c>]) -> Target<'c> {
    for case in cases {
        let address = case.place.address(site.cast, case.org, case.player);
        if let Some(form) = find(site, case, &address).await {
            return Target { case: *case, address, form, is_found: true };
        }
    }
    let case = cases[0];
    let fields = case.place.form(site.cast, case.org, case.player);
    let field = |(name, value)| Field { name, kind: "text".to_owned(), value, sent: true };
    let form = Form { fields: fields.into_iter().map(field).collect(), ..Form::default() };
    Target { case, address: case.place.address(site.cast, case.org, case.player), form, is_found: false }
}

/// On the page at the form's own address, or at one above it.
async fn find(site: &Site, case: &Case<'_>, address: &str) -> Option<Form> {
    let mut at = address;
    loop {
        let answer = site.get(at, case.player).await;
        let page = Page::read(&answer.body);
        let form = page.forms.into_iter().find(|form| form.action.split(['?', '#']).next() == Some(address));
        if form.is_some() || at.matches('/').count() < 3 {
            return form;
        }
        at = &at[..at.rfind('/')?];
    }
}

/// Every name of a form once, with a value: hostile or as somebody would choose it.
pub fn filled(form: &Form, sample: &[(String, String)], fill: Fill, turns: &mut Turns) -> Vec<Sent> {
    let mut sent: Vec<Sent> = Vec::new();
    for field in &form.fields {
        if sent.iter().any(|(name, ..)| *name == field.name) {
            continue;
        }
        let hostile = match fill {
            Fill::Everything => true,
            Fill::Seen => field.kind != "hidden",
            Fill::Written => is_written(field),
        };
        sent.push(if hostile {
            let text = turns.next(&field.kind);
            (field.name.clone(), text.bytes.clone(), Some(text))
        } else {
            (field.name.clone(), chosen(form, sample, &field.name).into_bytes(), None)
        });
    }
    sent
}

/// What somebody who fills in the form sends under a name: the sample, what stands there, or the last that can be chosen.
fn chosen(form: &Form, sample: &[(String, String)], name: &str) -> String {
    if let Some((_, value)) = sample.iter().find(|(known, _)| known == name) {
        return value.clone();
    }
    let fields: Vec<&Field> = form.fields.iter().filter(|field| field.name == name).collect();
    let stands = fields.iter().find(|field| field.sent && !field.value.is_empty());
    stands.or_else(|| fields.last()).map(|field| field.value.clone()).unwrap_or_default()
}

/// Whether one writes in it.
pub fn is_written(field: &Field) -> bool {
    WRITTEN.contains(&field.kind.as_str())
}

/// Fields as a browser sends them.
pub fn encoded(sent: &[Sent]) -> String {
    let encode = |bytes: &[u8]| form_urlencoded::byte_serialize(bytes).collect::<String>();
    let pairs = sent.iter().map(|(name, value, _)| format!("{}={}", encode(name.as_bytes()), encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

impl Target<'_> {
    /// The fields without which it names no object.
    pub fn sample(&self, cast: &Cast) -> Vec<(String, String)> {
        self.case.place.form(cast, self.case.org, self.case.player)
    }

    /// A request with these fields.
    pub fn ask(&self, sent: &[Sent]) -> Ask {
        let ask = Ask::post(&self.address);
        let ask = if self.case.place.route.takes_files { multipart(ask, sent) } else { ask.body(encoded(sent)) };
        // What happens in the background is asked for by islands.
        let ask = if self.case.place.route.is_activity { ask } else { ask.header("accept", "application/json") };
        ask.by_any(self.case.player)
    }
}

/// Fields and two files, one with the last field's text as its name and content.
fn multipart(ask: Ask, sent: &[Sent]) -> Ask {
    let mut body = Vec::new();
    for (name, value, _) in sent {
        let head = format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        body.extend([head.as_bytes(), value.as_slice(), b"\r\n"].concat());
    }
    let last = sent.last().map(|(_, value, _)| value.clone()).unwrap_or_default();
    for field in ["files", "file"] {
        let head = format!("--B\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"");
        body.extend([head.as_bytes(), last.as_slice(), b".csv\"\r\n\r\n", last.as_slice(), b"\r\n"].concat());
    }
    body.extend(b"--B--\r\n");
    ask.without("content-type").header("content-type", "multipart/form-data; boundary=B").body(body)
}
