//! What the worker of this process did last, for the page of the installation's state. Kept in memory: a new process has
//! done nothing yet.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use domain::time::Timestamp;

/// What the worker does again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Job {
    /// Takes due mails out.
    Mail,
    /// Does to reports and drafts what time does to them.
    Clock,
    /// Tries and carries out imports.
    Imports,
    /// Rates customers.
    Ratings,
    /// Publishes notices whose time has come.
    Notices,
    /// Removes what has lapsed.
    Sweep,
    /// Looks into the folder of watch lists.
    Lists,
    /// Looks for customers on watch lists.
    Screening,
    /// Downloads watch lists, where that was asked for.
    Downloads,
    /// Makes mails that gather several lines.
    Digests,
}

impl Job {
    /// Every job.
    pub const ALL: &[Self] = &[
        Self::Mail,
        Self::Clock,
        Self::Imports,
        Self::Ratings,
        Self::Notices,
        Self::Sweep,
        Self::Lists,
        Self::Screening,
        Self::Downloads,
        Self::Digests,
    ];
}

/// How a job went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran {
    /// When it last ended, well or not.
    pub at: Timestamp,
    /// When it last failed, and with what.
    pub failed: Option<(Timestamp, String)>,
}

impl Ran {
    /// Whether the last time went wrong.
    #[must_use]
    pub fn is_failing(&self) -> bool {
        self.failed.as_ref().is_some_and(|(at, _)| *at == self.at)
    }
}

/// The jobs of this process. Cheap to clone; all clones are one.
#[derive(Clone, Debug, Default)]
pub struct Jobs(Arc<Mutex<BTreeMap<Job, Ran>>>);

impl Jobs {
    /// Notes that a job ended.
    pub fn note(&self, job: Job, at: Timestamp, error: Option<&impl fmt::Display>) {
        let mut jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let ran = jobs.entry(job).or_insert(Ran { at, failed: None });
        ran.at = at;
        if let Some(error) = error {
            ran.failed = Some((at, error.to_string()));
        }
    }

    /// How a job went; none if it has not run yet.
    #[must_use]
    pub fn last(&self, job: Job) -> Option<Ran> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&job).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_error_is_remembered_after_it_has_passed() {
        let jobs = Jobs::default();
        assert_eq!(jobs.last(Job::Mail), None);
        jobs.note(Job::Mail, Timestamp(1), Some(&"no room on the disk"));
        assert!(jobs.last(Job::Mail).is_some_and(|ran| ran.is_failing()));
        jobs.clone().note(Job::Mail, Timestamp(2), None::<&str>.as_ref());
        let ran = jobs.last(Job::Mail).map(|ran| (ran.at, ran.is_failing(), ran.failed));
        assert_eq!(ran, Some((Timestamp(2), false, Some((Timestamp(1), "no room on the disk".into())))));
        assert_eq!(jobs.last(Job::Sweep), None);
    }
}
