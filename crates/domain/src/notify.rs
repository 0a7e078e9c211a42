//! Who is told what, and how: topics of news, the ways in which they reach a person, and when a digest leaves.
//!
//! Every piece of news stands in the person's inbox. The channel says whether a mail goes with it. Topics with a clock and
//! those about the account itself always go at once: whoever misses them loses time, or the account.

use serde::{Deserialize, Serialize};

use crate::organisation::{OrgKind, coded};

coded! {
    /// How news of a topic reaches a person, beside the inbox.
    Channel {
        /// No mail.
        Portal = "portal", "In the inbox only";
        /// A mail of its own, at once.
        AtOnce = "at_once", "By e-mail at once";
        /// In one mail a day.
        Daily = "daily", "In a daily e-mail";
        /// In one mail a week.
        Weekly = "weekly", "In a weekly e-mail";
    }
}

impl Channel {
    /// Whether news waits for a mail that gathers several.
    #[must_use]
    pub const fn is_digest(self) -> bool {
        matches!(self, Self::Daily | Self::Weekly)
    }
}

/// Whom a topic can concern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum For {
    Everybody,
    Companies,
    Desks,
    CompaniesAndDesks,
    DesksAndOperator,
}

macro_rules! topics {
    ($($(#[doc = $about:literal])+ $name:ident = $code:literal, $label:literal, $whom:ident, $channel:ident $(, $fixed:ident)?;)+) => {
        coded! {
            /// What news is about.
            Topic {
                $($(#[doc = $about])+ $name = $code, $label;)+
            }
        }

        impl Topic {
            /// What it covers, in a sentence.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self { $(Self::$name => concat!($($about),+).trim_ascii()),+ }
            }

            /// How it reaches somebody who has not chosen.
            #[must_use]
            pub const fn standard(self) -> Channel {
                match self { $(Self::$name => Channel::$channel),+ }
            }

            /// Whether it cannot be switched off.
            #[must_use]
            pub const fn is_fixed(self) -> bool {
                match self { $(Self::$name => topics!(@fixed $($fixed)?)),+ }
            }

            const fn whom(self) -> For {
                match self { $(Self::$name => For::$whom),+ }
            }
        }
    };
    (@fixed fixed) => { true };
    (@fixed) => { false };
}

topics! {
    /// Questions that stop a clock or a delivery until you answer.
    Questions = "questions", "Questions to you", Companies, AtOnce, fixed;
    /// Reports that cannot wait, deadlines that end, access in need.
    Urgent = "urgent", "What cannot wait", Desks, AtOnce, fixed;
    /// New and amended reports.
    Reports = "reports", "Reports", Desks, AtOnce;
    /// Messages and answers about a report.
    Messages = "messages", "Messages", CompaniesAndDesks, AtOnce;
    /// What the authority decided about a report of yours.
    Outcomes = "outcomes", "Outcomes", Companies, AtOnce;
    /// Requests for advice and what comes of them.
    Advice = "advice", "Advice", CompaniesAndDesks, AtOnce;
    /// Licences that somebody asks you to confirm, and answers.
    Licences = "licences", "Licences", CompaniesAndDesks, AtOnce;
    /// Names in your files that a watch list has too.
    Hits = "hits", "Watch lists", Companies, AtOnce;
    /// Documents that end and declarations that were signed.
    Documents = "documents", "Documents and declarations", Companies, AtOnce;
    /// Customers due for review, and decisions that need two people.
    Reviews = "reviews", "Reviews and decisions", Companies, AtOnce;
    /// Lists that an association shares with you.
    Lists = "lists", "Shared lists", Companies, AtOnce;
    /// Memberships in associations, questions and answers, consultations.
    Associations = "associations", "Associations", CompaniesAndDesks, AtOnce;
    /// Imports that have ended.
    Imports = "imports", "Imports", CompaniesAndDesks, Portal;
    /// Work and drafts that colleagues hand to you, drafts that will be deleted.
    Work = "work", "Work handed over", CompaniesAndDesks, AtOnce;
    /// Companies that apply.
    Applications = "applications", "Applications", Desks, AtOnce;
    /// Changes of reference data that wait for you or were decided.
    ReferenceData = "reference_data", "Reference data", DesksAndOperator, AtOnce;
    /// Warnings that authorities and associations publish for you.
    Alerts = "alerts", "Alerts", Everybody, AtOnce;
    /// Guidance, changes of law and events.
    Notices = "notices", "Other notices", Everybody, Daily;
    /// Notices that you are still asked to acknowledge.
    Acknowledgements = "acknowledgements", "Acknowledgements", Everybody, AtOnce;
    /// Modules to learn, and certificates that end.
    Learning = "learning", "Learning", Everybody, AtOnce;
    /// Your account, its security, and whether your organisation may work.
    Account = "account", "Your account", Everybody, AtOnce, fixed;
}

impl Topic {
    /// Whether news of this topic can come to somebody who belongs to such organisations; readers belong to none.
    #[must_use]
    pub fn concerns(self, kinds: &[OrgKind]) -> bool {
        let any = |wanted: &[OrgKind]| kinds.iter().any(|kind| wanted.contains(kind));
        match self.whom() {
            For::Everybody => true,
            For::Companies => any(&[OrgKind::Company]),
            For::Desks => any(&[OrgKind::Authority]),
            For::CompaniesAndDesks => any(&[OrgKind::Company, OrgKind::Authority]),
            For::DesksAndOperator => any(&[OrgKind::Authority, OrgKind::Operator]),
        }
    }

    /// How it reaches somebody who chose `chosen`, or nothing.
    #[must_use]
    pub const fn channel(self, chosen: Option<Channel>) -> Channel {
        match chosen {
            Some(channel) if !self.is_fixed() => channel,
            _ => self.standard(),
        }
    }
}

/// When a person's digests leave, by the clock of their organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Times {
    /// Hour of the day, 0 to 23.
    pub hour: u8,
    /// Day of the weekly one, 1 (Monday) to 7.
    pub weekday: u8,
}

impl Default for Times {
    /// In the morning; the weekly one on Mondays.
    fn default() -> Self {
        Self { hour: 7, weekday: 1 }
    }
}

impl Times {
    /// Reads what was stored or sent; none if it is no hour or no day.
    #[must_use]
    pub fn new(hour: i64, weekday: i64) -> Option<Self> {
        let fits = (0..24).contains(&hour) && (1..=7).contains(&weekday);
        let (hour, weekday) = (u8::try_from(hour).ok()?, u8::try_from(weekday).ok()?);
        fits.then_some(Self { hour, weekday })
    }
}

/// So many mails to an address must have come back before no news is sent there any more.
pub const BOUNCES: i64 = 3;

/// Bounces that count together, in days.
pub const BOUNCE_DAYS: i64 = 30;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_read_back() {
        for topic in Topic::ALL {
            assert_eq!(Topic::from_code(topic.code()), Some(*topic));
            assert!(!topic.about().is_empty());
        }
    }

    #[test]
    fn what_is_fixed_goes_at_once_whatever_was_chosen() {
        for topic in Topic::ALL {
            if topic.is_fixed() {
                assert_eq!(topic.standard(), Channel::AtOnce, "{topic:?}");
                assert_eq!(topic.channel(Some(Channel::Portal)), Channel::AtOnce, "{topic:?}");
            } else {
                assert_eq!(topic.channel(Some(Channel::Weekly)), Channel::Weekly, "{topic:?}");
                assert_eq!(topic.channel(None), topic.standard(), "{topic:?}");
            }
        }
    }

    #[test]
    fn readers_are_asked_about_what_can_come_to_them() {
        let theirs: Vec<_> = Topic::ALL.iter().filter(|topic| topic.concerns(&[])).collect();
        assert_eq!(
            theirs,
            [&Topic::Alerts, &Topic::Notices, &Topic::Acknowledgements, &Topic::Learning, &Topic::Account]
        );
        assert!(Topic::Outcomes.concerns(&[OrgKind::Company]) && !Topic::Outcomes.concerns(&[OrgKind::Authority]));
        assert!(Topic::ReferenceData.concerns(&[OrgKind::Operator]));
    }

    #[test]
    fn times_are_hours_and_days() {
        assert_eq!(Times::new(7, 1), Some(Times::default()));
        for (hour, weekday) in [(24, 1), (-1, 1), (7, 0), (7, 8), (i64::MAX, i64::MIN)] {
            assert_eq!(Times::new(hour, weekday), None);
        }
    }
}
