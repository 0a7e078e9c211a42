//! What is wrong with answers, said at the field in plain words.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    AskedField, AskedPage, FieldKind, Form, Profile, QuestionSet,
    pages::QUICK,
    read::{Fault, notices, read},
};
use crate::answers::Answers;

/// Something to say at a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Full path of the field; also the name of its inputs.
    pub field: String,
    /// What it is, for machines and tests: `empty`, `too_long`, `date` …
    pub code: String,
    /// What is said, in plain words.
    pub message: String,
}

impl QuestionSet {
    /// What keeps this page's answers from being complete. Saving never depends on it.
    #[must_use]
    pub fn check_page(&self, page: &AskedPage, answers: &Answers, profile: &Profile) -> Vec<Problem> {
        let fields = page.fields(answers, profile);
        fields.iter().filter_map(|field| self.check_field(field, answers, profile)).collect()
    }

    /// What keeps the report from being sent. A quick report needs only its own questions, but what has been answered
    /// beyond them must be readable too.
    #[must_use]
    pub fn check_all(&self, form: Form, answers: &Answers, profile: &Profile) -> Vec<Problem> {
        let pages = self.form_pages(form, answers, profile);
        let mut problems: Vec<Problem> =
            pages.iter().flat_map(|page| self.check_page(page, answers, profile)).collect();
        if form == Form::Quick {
            for page in self.pages(answers, profile) {
                let further = self.check_page(&page, answers, profile).into_iter();
                let unreadable = further.filter(|problem| answers.filled(&problem.field));
                for problem in unreadable {
                    if !problems.iter().any(|known| known.field == problem.field) {
                        problems.push(problem);
                    }
                }
            }
        }
        problems
    }

    /// What is to be said about this page's answers although they are taken.
    #[must_use]
    pub fn notices_page(&self, page: &AskedPage, answers: &Answers, profile: &Profile) -> Vec<Problem> {
        let fields = page.fields(answers, profile);
        let of_field = |asked: &AskedField| {
            let faults = notices(asked.field, answers.many(&asked.key));
            let said = |fault: Fault| Problem {
                field: asked.key.clone(),
                code: fault.code.to_owned(),
                message: self.words(&self.notices, &BTreeMap::new(), &fault),
            };
            faults.into_iter().map(said).collect::<Vec<_>>()
        };
        fields.iter().flat_map(of_field).collect()
    }

    /// All notices of a form.
    #[must_use]
    pub fn notices_all(&self, form: Form, answers: &Answers, profile: &Profile) -> Vec<Problem> {
        let pages = self.form_pages(form, answers, profile);
        pages.iter().flat_map(|page| self.notices_page(page, answers, profile)).collect()
    }

    /// Where a field is asked: section and name of its page.
    #[must_use]
    pub fn address_of(
        &self,
        form: Form,
        field: &str,
        answers: &Answers,
        profile: &Profile,
    ) -> Option<(String, String)> {
        let asks = |page: &AskedPage| page.fields(answers, profile).iter().any(|asked| asked.key == field);
        let mut pages = self.form_pages(form, answers, profile);
        if form == Form::Quick {
            pages.extend(self.pages(answers, profile));
        }
        let page = pages.into_iter().find(asks)?;
        Some((page.section.to_owned(), page.slug))
    }

    fn check_field(&self, asked: &AskedField, answers: &Answers, profile: &Profile) -> Option<Problem> {
        let fault = match read(self, asked.field, answers.many(&asked.key), profile) {
            Ok(Some(_)) => return None,
            Ok(None) if !asked.required => return None,
            Ok(None) => Fault { code: self.empty_code(asked), with: Vec::new() },
            Err(fault) => fault,
        };
        // A field's own words for `empty` serve its kind of emptiness too.
        let code = if fault.code.starts_with("empty") { "empty" } else { fault.code };
        let own = asked.field.errors.get(code);
        let message = match own {
            Some(words) => fill(words, &fault),
            None => self.words(&self.errors, &asked.field.errors, &fault),
        };
        Some(Problem { field: asked.key.clone(), code: code.to_owned(), message })
    }

    fn empty_code(&self, asked: &AskedField) -> &'static str {
        match asked.field.kind {
            FieldKind::Choice | FieldKind::YesNo => "empty_choice",
            FieldKind::Choices => "empty_choices",
            _ => "empty",
        }
    }

    fn words(&self, general: &BTreeMap<String, String>, own: &BTreeMap<String, String>, fault: &Fault) -> String {
        let words = own.get(fault.code).or_else(|| general.get(fault.code));
        words.map_or_else(|| fault.code.to_owned(), |words| fill(words, fault))
    }

    /// Whether this section name is the quick report's.
    #[must_use]
    pub fn is_quick(section: &str) -> bool {
        section == QUICK
    }
}

/// Puts the fault's values into the message, in one pass: a value that looks like a placeholder stays what it is.
fn fill(words: &str, fault: &Fault) -> String {
    let mut filled = String::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        let value = fault.with.iter().find(|(known, _)| *known == name);
        filled.push_str(value.map_or("", |(_, value)| value));
        rest = behind;
    }
    filled.push_str(rest);
    filled
}
