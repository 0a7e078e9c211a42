//! Reading pages: forms with their fields as a browser would send them, links, ids. A scanner for what our own pages
//! hold, not a parser for the web.

use std::collections::BTreeSet;

/// A control of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Name it is sent under.
    pub name: String,
    /// `text`, `hidden`, `checkbox`, `radio`, `select`, `textarea`, `password`, `submit`, …
    pub kind: String,
    /// Value in the page.
    pub value: String,
    /// Whether a browser would send it as it stands.
    pub sent: bool,
}

/// A form of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Where it goes; empty for the page's own address.
    pub action: String,
    /// `get` or `post`.
    pub method: String,
    /// Its controls, in order. Each entry of a select is a field of its own.
    pub fields: Vec<Field>,
}

impl Form {
    /// What a browser would send without anybody touching it, but for buttons.
    pub fn untouched(&self) -> Vec<(String, String)> {
        let sent = self.fields.iter().filter(|field| field.sent);
        sent.map(|field| (field.name.clone(), field.value.clone())).collect()
    }
}

/// What a page holds.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Its forms.
    pub forms: Vec<Form>,
    /// Targets of its links.
    pub links: Vec<String>,
    /// Addresses of style sheets, scripts and pictures.
    pub sources: Vec<String>,
    /// Every id.
    pub ids: BTreeSet<String>,
    /// Ids that stand twice.
    pub doubled: Vec<String>,
    /// What the error summary links to.
    pub errors: Vec<String>,
    /// Name of every tag in it with its attributes.
    pub tags: Vec<Tag>,
}

/// An opening tag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tag {
    /// In lower case.
    pub name: String,
    /// Name and decoded value.
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    /// An attribute's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn text(&self, name: &str) -> String {
        self.get(name).unwrap_or_default().to_owned()
    }
}

impl Page {
    /// Reads a page.
    pub fn read(html: &str) -> Self {
        let mut reader = Reader { rest: html, page: Self::default(), form: None, select: None, in_errors: false };
        while let Some(tag) = reader.next_tag() {
            reader.take(tag);
        }
        reader.page
    }

    /// The values that a field shows, in the order of the page: text, chosen entries, ticked boxes.
    pub fn shown(&self, name: &str) -> Vec<&str> {
        let fields = self.forms.iter().flat_map(|form| &form.fields);
        fields.filter(|field| field.name == name && field.sent).map(|field| field.value.as_str()).collect()
    }
}

struct Reader<'h> {
    rest: &'h str,
    page: Page,
    form: Option<Form>,
    /// Name of the open select and whether an entry of it is chosen.
    select: Option<(String, bool)>,
    in_errors: bool,
}

impl Reader<'_> {
    /// The next tag, opening or closing; the text of scripts and comments is passed over.
    fn next_tag(&mut self) -> Option<Tag> {
        loop {
            let at = self.rest.find('<')?;
            self.rest = &self.rest[at + 1..];
            if let Some(comment) = self.rest.strip_prefix("!--") {
                self.rest = comment.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            let tag = read_tag(&mut self.rest);
            if tag.name == "script" || tag.name == "style" {
                let end = format!("</{}", tag.name);
                self.rest = self.rest.find(&end).map_or("", |at| &self.rest[at..]);
            }
            return Some(tag);
        }
    }

    fn take(&mut self, tag: Tag) {
        if let Some(id) = tag.get("id")
            && !self.page.ids.insert(id.to_owned())
        {
            self.page.doubled.push(id.to_owned());
        }
        self.in_errors |= tag.get("id") == Some("errors");
        match tag.name.as_str() {
            "/section" => self.in_errors = false,
            "a" => {
                let href = tag.text("href");
                if self.in_errors {
                    self.page.errors.push(href.clone());
                }
                self.page.links.push(href);
            }
            "link" => self.page.sources.push(tag.text("href")),
            "script" | "img" if tag.get("src").is_some() => self.page.sources.push(tag.text("src")),
            "form" => {
                self.form = Some(Form { action: tag.text("action"), method: tag.text("method"), fields: Vec::new() })
            }
            "/form" => self.page.forms.extend(self.form.take()),
            "/select" => self.select = None,
            "input" | "button" | "select" | "textarea" | "option" => self.control(&tag),
            _ => {}
        }
        if !tag.name.starts_with('/') {
            self.page.tags.push(tag);
        }
    }

    fn control(&mut self, tag: &Tag) {
        let name = tag.text("name");
        let kind = match tag.name.as_str() {
            "input" => tag.get("type").unwrap_or("text").to_owned(),
            "button" => "submit".to_owned(),
            other => other.to_owned(),
        };
        let value = match kind.as_str() {
            "textarea" => {
                let text = self.rest.split_once("</textarea").map_or("", |(text, _)| text);
                decode(text.strip_prefix('\n').unwrap_or(text))
            }
            "checkbox" | "radio" => tag.get("value").unwrap_or("on").to_owned(),
            _ => tag.text("value"),
        };
        match kind.as_str() {
            "select" => self.select = Some((name, false)),
            "option" => {
                let Some((name, chosen)) = &mut self.select else { return };
                let selected = tag.get("selected").is_some();
                let name = name.clone();
                // Without a chosen entry a browser sends the first.
                let first = !selected
                    && self.form.as_ref().is_some_and(|form| form.fields.iter().all(|field| field.name != name));
                if selected {
                    *chosen = true;
                    let fields = self.form.iter_mut().flat_map(|form| &mut form.fields);
                    fields
                        .filter(|field| field.name == name && field.kind == "select")
                        .for_each(|field| field.sent = false);
                }
                self.add(Field { name, kind: "select".to_owned(), value, sent: selected || first });
            }
            _ if name.is_empty() => {}
            "checkbox" | "radio" => {
                let sent = tag.get("checked").is_some();
                self.add(Field { name, kind, value, sent });
            }
            "submit" | "button" | "image" => self.add(Field { name, kind: "submit".to_owned(), value, sent: false }),
            _ => self.add(Field { name, kind, value, sent: true }),
        }
    }

    fn add(&mut self, field: Field) {
        if let Some(form) = &mut self.form {
            form.fields.push(field);
        }
    }
}

/// Reads from behind the `<` to behind the `>`.
fn read_tag(rest: &mut &str) -> Tag {
    let name_end = rest.find(|letter: char| letter.is_whitespace() || letter == '>').unwrap_or(rest.len());
    let mut tag = Tag { name: rest[..name_end].trim_end_matches('/').to_lowercase(), attributes: Vec::new() };
    if rest[..name_end].starts_with('/') {
        tag.name = format!("/{}", rest[1..name_end].to_lowercase());
    }
    *rest = &rest[name_end..];
    loop {
        *rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
        if rest.is_empty() {
            return tag;
        }
        if let Some(after) = rest.strip_prefix('>') {
            *rest = after;
            return tag;
        }
        let end =
            rest.find(|letter: char| letter.is_whitespace() || "=>/".contains(letter)).unwrap_or(rest.len()).max(1);
        let end = if rest.is_char_boundary(end) { end } else { rest.len() };
        let name = rest[..end].to_lowercase();
        *rest = &rest[end..];
        let value = match rest.strip_prefix('=') {
            None => String::new(),
            Some(after) => {
                let (value, behind) = match after.strip_prefix('"') {
                    Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
                    None => after.split_at(
                        after.find(|letter: char| letter.is_whitespace() || letter == '>').unwrap_or(after.len()),
                    ),
                };
                *rest = behind;
                decode(value)
            }
        };
        tag.attributes.push((name, value));
    }
}

/// Character references become their characters: those that our pages write.
pub fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        decoded.push_str(before);
        let known = [
            ("amp;", '&'),
            ("lt;", '<'),
            ("gt;", '>'),
            ("quot;", '"'),
            ("#x27;", '\''),
            ("#39;", '\''),
            ("#x2F;", '/'),
        ];
        let found = known.iter().find_map(|(code, letter)| Some((after.strip_prefix(code)?, *letter)));
        let (behind, letter) = found.unwrap_or((after, '&'));
        decoded.push(letter);
        rest = behind;
    }
    decoded.push_str(rest);
    decoded
}

#[test]
fn forms_are_read_as_browsers_send_them() {
    let page = Page::read(
        "<!DOCTYPE html><!-- <form> --><script>if (a<b) '<form>'</script><section id=\"errors\"><a href=\"#a\">x</a></section>\
         <form method=\"post\" action=\"/en/x?a=1&amp;b=2\"><input type=\"hidden\" name=\"version\" value=\"3\">\
         <input name=\"a\" value=\"&lt;b&gt; &amp;amp; &quot;\"/><!><textarea name=\"t\" rows=\"2\">\n&lt;/textarea> x</textarea>\
         <input type=\"checkbox\" name=\"c\" value=\"1\" checked><input type=\"checkbox\" name=\"c\" value=\"2\">\
         <select name=\"s\"><option value=\"\">Choose</option><option value=\"b\" selected>B</option></select>\
         <select name=\"z\"><option value=\"first\">F</option><option value=\"second\">S</option></select>\
         <button type=\"submit\" name=\"then\" value=\"next\">Go</button></form><p id=\"a\"></p><p id=\"a\"></p>",
    );
    let form = &page.forms[0];
    assert_eq!((form.method.as_str(), form.action.as_str()), ("post", "/en/x?a=1&b=2"));
    let sent = form.untouched();
    let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let expected =
        [("version", "3"), ("a", "<b> &amp; \""), ("t", "</textarea> x"), ("c", "1"), ("s", "b"), ("z", "first")];
    assert_eq!(sent, expected);
    assert_eq!(form.fields.iter().filter(|field| field.name == "s").count(), 2);
    assert_eq!((page.errors.as_slice(), page.doubled.as_slice()), (&["#a".to_owned()][..], &["a".to_owned()][..]));
    assert_eq!(page.shown("t"), ["</textarea> x"]);
}
