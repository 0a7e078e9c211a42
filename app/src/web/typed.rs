//! What was typed into a form that could not be taken, shown again with what to put right.
//!
//! For forms that have no draft of their own: signing in, registering, inviting, deciding. The posted fields and the
//! problems are stored under a token that only this browser holds; the answer leads back to the page of the form, which
//! shows both. Passwords are never kept. The address says only *that* there is something to put right.

use std::collections::BTreeMap;

use domain::answers::Answers;
use services::{Refusal, error::Problem, stash};

use super::{Fields, Outcome, Reply, Req, cookie, paths::with_query};
use crate::components::{FieldError, error_of};

/// What a form shows again: nothing at first, later what was typed and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    fields: Answers,
    problems: Vec<FieldError>,
}

impl Typed {
    /// What was kept for this form in this browser. Problems are shown only where the address asks for them, so that a
    /// form opened anew does not begin with old complaints.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn open(req: &Req, form: &str) -> Result<Self, Refusal> {
        let Some(token) = req.cookie(cookie::STASH) else { return Ok(Self::default()) };
        let Some(kept) = stash::find(req.ctx(), token, form).await? else { return Ok(Self::default()) };
        let problems = if req.query.has("errors") { kept.problems } else { Vec::new() };
        Ok(Self::new(kept.typed, problems))
    }

    /// Fields and problems as they are.
    #[must_use]
    pub fn new(fields: Answers, problems: Vec<Problem>) -> Self {
        let problems = problems.into_iter().map(|problem| FieldError::new(problem.field, problem.message)).collect();
        Self { fields, problems }
    }

    /// The same with the problems in the order in which the page shows the fields.
    #[must_use]
    pub fn in_order(mut self, fields: &[&str]) -> Self {
        let place =
            |problem: &FieldError| fields.iter().position(|field| *field == problem.field).unwrap_or(fields.len());
        self.problems.sort_by_key(place);
        self
    }

    /// What was typed into a field, exactly.
    #[must_use]
    pub fn value(&self, field: &str) -> String {
        self.fields.one(field).to_owned()
    }

    /// Everything that was typed.
    #[must_use]
    pub const fn fields(&self) -> &Answers {
        &self.fields
    }

    /// The same, or what stood there before anything was typed.
    #[must_use]
    pub fn value_or(&self, field: &str, before: &str) -> String {
        if self.fields.seen(field) { self.value(field) } else { before.to_owned() }
    }

    /// Whether an entry was chosen.
    #[must_use]
    pub fn chose(&self, field: &str, entry: &str) -> bool {
        self.fields.many(field).iter().any(|chosen| chosen == entry)
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn error(&self, field: &str) -> Option<String> {
        error_of(&self.problems, field)
    }

    /// Everything to put right.
    #[must_use]
    pub fn errors(&self) -> Vec<FieldError> {
        self.problems.clone()
    }

    /// Whether there is anything to put right.
    #[must_use]
    pub const fn is_wrong(&self) -> bool {
        !self.problems.is_empty()
    }
}

/// Answers a refused form: what was typed is stored and `path` shows it again. Other refusals pass through.
///
/// # Errors
/// The refusal itself where it is not about what was typed.
pub async fn again(req: &Req, form: &str, path: &str, refusal: Refusal) -> Outcome {
    let problems = match refusal {
        Refusal::Invalid(problems) => problems,
        Refusal::NotPossible(why) => vec![Problem::new("", why)],
        other => return Err(other),
    };
    let token = stash::keep(req.ctx(), req.cookie(cookie::STASH), form, &kept(&req.form), &problems).await?;
    Ok(Reply::to_with(format!("{}#errors", with_query(path, "errors", "1")), cookie::stash(&token)))
}

/// Keeps a form that nothing is wrong with; `path` with `look` shows what it would come to before it is done.
///
/// # Errors
/// If the store fails.
pub async fn look(req: &Req, form: &str, path: &str) -> Outcome {
    let token = stash::keep(req.ctx(), req.cookie(cookie::STASH), form, &kept(&req.form), &[]).await?;
    Ok(Reply::to_with(with_query(path, "look", "1"), cookie::stash(&token)))
}

/// Forgets what was kept, once the form was taken.
///
/// # Errors
/// If the store fails.
pub async fn done(req: &Req) -> Result<(), Refusal> {
    match req.cookie(cookie::STASH) {
        Some(token) => stash::forget(req.ctx(), token).await,
        None => Ok(()),
    }
}

/// The fields of a form as the services read them.
#[must_use]
pub fn answers(fields: &Fields) -> Answers {
    let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, value) in &fields.0 {
        by_name.entry(name).or_default().push(value);
    }
    let mut answers = Answers::new();
    for (name, values) in by_name {
        answers.set(name, values);
    }
    answers
}

/// What may be stored of a form: no secrets, and not the form's own machinery.
fn kept(fields: &Fields) -> Answers {
    answers(fields).only(|name| !is_secret(name) && !name.starts_with('_'))
}

/// What is neither stored nor handed back to the browser, and must be typed anew: passwords, tokens, codes.
pub(super) fn is_secret(name: &str) -> bool {
    name.contains("password") || name == "token" || name == "code"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_never_kept() {
        let fields = Fields::parse(
            b"email=a%40b.example&password=secret&current_password=x&role=producer&role=broker&_who=1&token=t&code=123456",
        );
        let kept = kept(&fields);
        assert_eq!(kept.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["email", "role"]);
        assert_eq!(kept.many("role"), ["producer", "broker"]);
    }

    #[test]
    fn problems_follow_the_page() {
        let problems = ["c", "", "a", "b"].map(|field| Problem::new(field, "x"));
        let typed = Typed::new(Answers::new(), problems.into()).in_order(&["a", "b", "c"]);
        assert_eq!(typed.errors().iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), ["a", "b", "c", ""]);
    }

    #[test]
    fn typed_values_win_over_stored_ones_even_when_emptied() {
        let mut fields = Answers::new();
        fields.set_one("name", "");
        let typed = Typed::new(fields, vec![Problem::new("name", "Enter your name.")]);
        assert_eq!(typed.value_or("name", "A. Person"), "");
        assert_eq!(typed.value_or("phone", "+31"), "+31");
        assert_eq!(typed.error("name").as_deref(), Some("Enter your name."));
        assert!(typed.is_wrong());
    }
}
