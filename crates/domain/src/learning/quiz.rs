//! Answering a quiz: reading what was chosen in a form, and what it comes to.
//!
//! An answer is a list of places of options (from 0) per question, in the order of the module's version. Options that do not
//! exist are passed over; a question without an option is not answered, and a quiz is graded only once all are.

use super::{Module, Question};
use crate::answers::Answers;

/// What was chosen: per question the places of the options, in rising order.
pub type Chosen = Vec<Vec<usize>>;

/// What a quiz came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graded {
    /// Which questions were answered rightly, in their order.
    pub right: Vec<bool>,
    /// Whether enough were.
    pub passed: bool,
}

impl Graded {
    /// How many were answered rightly.
    #[must_use]
    pub fn points(&self) -> usize {
        self.right.iter().filter(|right| **right).count()
    }
}

/// Name of a question's field in a form; the first question has place 0.
#[must_use]
pub fn field(place: usize) -> String {
    format!("q{}", place + 1)
}

/// What a form chose.
///
/// # Errors
/// The places of the questions that are not answered.
pub fn read(module: &Module, typed: &Answers) -> Result<Chosen, Vec<usize>> {
    let chosen: Chosen = module
        .questions
        .iter()
        .enumerate()
        .map(|(place, question)| options(question, typed.many(&field(place))))
        .collect();
    let missing: Vec<usize> =
        chosen.iter().enumerate().filter(|(_, options)| options.is_empty()).map(|(place, _)| place).collect();
    if missing.is_empty() { Ok(chosen) } else { Err(missing) }
}

fn options(question: &Question, sent: &[String]) -> Vec<usize> {
    (0..question.options.len()).filter(|place| sent.iter().any(|value| *value == value_of(*place))).collect()
}

/// What a form sends for an option.
#[must_use]
pub fn value_of(option: usize) -> String {
    (option + 1).to_string()
}

/// What an answer comes to.
#[must_use]
pub fn grade(module: &Module, chosen: &Chosen) -> Graded {
    let nothing = Vec::new();
    let right: Vec<bool> = module
        .questions
        .iter()
        .enumerate()
        .map(|(place, question)| question.is_right(chosen.get(place).unwrap_or(&nothing)))
        .collect();
    let points = right.iter().filter(|right| **right).count();
    let passed = !right.is_empty() && points * 100 >= usize::from(module.pass_mark) * right.len();
    Graded { right, passed }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::learning::modules;

    fn all_right(module: &Module) -> Answers {
        let mut typed = Answers::new();
        for (place, question) in module.questions.iter().enumerate() {
            let right = question.options.iter().enumerate().filter(|(_, option)| option.right);
            typed.set(&field(place), right.map(|(option, _)| value_of(option)));
        }
        typed
    }

    #[test]
    fn every_module_is_passed_with_the_right_options_and_failed_with_the_others() {
        for module in modules() {
            let chosen = read(module, &all_right(module)).unwrap();
            let graded = grade(module, &chosen);
            assert!(graded.passed && graded.points() == module.questions.len(), "{}", module.slug);
            let wrong = module
                .questions
                .iter()
                .map(|question| (0..question.options.len()).filter(|place| !question.options[*place].right).collect());
            assert!(!grade(module, &wrong.collect()).passed, "{}", module.slug);
            assert!(!grade(module, &Vec::new()).passed, "{}: an answer of another version", module.slug);
        }
    }

    #[test]
    fn what_is_not_answered_is_named_and_what_does_not_exist_is_passed_over() {
        let module = &modules()[0];
        let mut typed = all_right(module);
        typed.set("q1", ["0", "99", "x", ""]);
        typed.forget("q2");
        assert_eq!(read(module, &typed), Err(vec![0, 1]));
        typed.set("q1", ["1", "1", "-1"]);
        typed.set("q2", ["2"]);
        assert_eq!(read(module, &typed).unwrap()[..2], [vec![0], vec![1]]);
    }
}
