//! Notices. For readers: [`public`], [`one`], [`company`], [`feeds`]; for those who write them, the same in the workspaces of
//! Notices. For readers: [`public`], [`one`], [`company`], [`feeds`]; for those who write them, the same in the workspaces of
//! authorities and associations: [`own`], [`edit`], [`work`], and whom it reaches: [`reach`], [`acknowledged`]. For associations
//! also [`adapted`], for their authorities [`approvals`]. What a notice looks like is said once, in [`shown`].

mod acknowledged;
mod acts;
mod adapted;
mod approvals;
mod company;
mod edit;
pub(crate) mod feeds;
mod files;
mod one;
mod own;
mod preview;
mod public;
mod reach;
mod shown;
mod work;

pub(crate) use public::{latest, related};

use domain::{access::Action, ids::OrgId, notice::NoticeRef};
use services::Refusal;

use crate::{
    pages::team::at_home,
    routes::{Route, files, get, post},
    text::notices::{Texts, texts},
    web::Req,
};

/// The rows of one kind of workspace.
macro_rules! rows {
    ($letter:literal) => {{
        let (read, write, publish) = (Action::ReadNotices, Action::WriteNotices, Action::PublishNotices);
        macro_rules! at {
            ($end:literal) => {
                concat!("/{lang}/", $letter, "/{org}/notices", $end)
            };
        }
        vec![
            get(at!(""), read, own::page),
            post(at!("/new"), write, own::create),
            get(at!("/{notice}"), read, work::page),
            get(at!("/{notice}/acknowledgements"), read, acknowledged::page),
            post(at!("/{notice}/remind"), write, acknowledged::remind),
            get(at!("/{notice}/edit"), write, edit::page),
            post(at!("/{notice}/edit"), write, edit::save),
            post(at!("/{notice}/preview"), write, edit::preview),
            post(at!("/{notice}/live-preview"), write, edit::live).in_background(),
            post(at!("/{notice}/files"), write, files::add).with_files(),
            get(at!("/{notice}/files/{file}"), read, files::file),
            post(at!("/{notice}/files/{file}/remove"), write, files::remove),
            post(at!("/{notice}/submit"), write, work::submit),
            post(at!("/{notice}/take-back"), write, work::take_back),
            post(at!("/{notice}/revise"), write, work::revise),
            post(at!("/{notice}/discard"), write, work::discard),
            post(at!("/{notice}/duplicate"), write, work::duplicate),
            post(at!("/{notice}/publish"), publish, work::publish),
            post(at!("/{notice}/schedule"), publish, work::schedule),
            post(at!("/{notice}/back"), publish, work::send_back),
            post(at!("/{notice}/withdraw"), publish, work::withdraw),
        ]
    }};
}

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    let all = Action::ViewPublic;
    let public = vec![
        get("/{lang}/notices", all, public::page),
        get("/{lang}/notices/feed.atom", all, feeds::atom),
        get("/{lang}/notices/feed.json", all, feeds::json),
        get("/{lang}/notices/events.ics", all, feeds::events),
        get("/{lang}/feeds/{token}/notices.atom", Action::UseLink, feeds::own_atom),
        get("/{lang}/feeds/{token}/notices.json", Action::UseLink, feeds::own_json),
        get("/{lang}/feeds/{token}/calendar.ics", Action::UseLink, feeds::own_calendar),
        get("/{lang}/notices/{notice}", all, one::page),
        get("/{lang}/notices/{notice}/event.ics", all, feeds::event),
        get("/{lang}/notices/{notice}/files/{file}", all, one::file),
        get("/{lang}/notices/{notice}/revisions/{number}", all, one::revision),
        get("/{lang}/notices/{notice}/revisions/{number}/content", all, one::content),
        get("/{lang}/notices/{notice}/revisions/{number}/seal", all, one::seal),
        get("/{lang}/c/{org}/notices", Action::ReceiveNotices, company::page),
        get("/{lang}/c/{org}/notices/{notice}", Action::ReceiveNotices, company::one),
        post("/{lang}/notices/{notice}/acknowledge", Action::AcknowledgeNotices, one::acknowledge),
        post("/{lang}/c/{org}/notices/{notice}/acknowledge", Action::ReceiveNotices, company::acknowledge),
    ];
    // An association never has a list of people.
    let people =
        files!("/{lang}/a/{org}/notices/{notice}/acknowledgements", Action::ReadNotices, acknowledged::file).to_vec();
    let (approve, adapt) = (Action::ApproveNotices, Action::AdaptNotices);
    let between = vec![
        get("/{lang}/a/{org}/approvals", approve, approvals::page),
        get("/{lang}/a/{org}/approvals/{notice}", approve, approvals::one),
        get("/{lang}/a/{org}/approvals/{notice}/files/{file}", approve, approvals::file),
        post("/{lang}/a/{org}/approvals/{notice}/approve", approve, approvals::approve),
        post("/{lang}/a/{org}/approvals/{notice}/back", approve, approvals::back),
        post("/{lang}/n/{org}/notices/adapt", adapt, adapted::adapt),
        post("/{lang}/n/{org}/notices/{notice}/original", adapt, adapted::looked),
    ];
    [public, people, rows!("a"), rows!("n"), between].into_iter().flatten().collect()
}

/// A notice of the workspace of an address.
#[derive(Clone, Debug)]
struct At {
    t: &'static Texts,
    org: OrgId,
    notice: NoticeRef,
    here: String,
}

impl At {
    fn of(req: &Req) -> Result<Self, Refusal> {
        at_home(req)?;
        let notice: NoticeRef = req.parsed("notice")?;
        let here = req.here(&format!("/notices/{notice}"));
        Ok(Self { t: texts(req.lang), org: req.workspace()?.org, notice, here })
    }

    fn own(&self) -> services::notice::Own<'_> {
        (self.org, &self.notice)
    }

    fn to(&self, end: &str) -> String {
        format!("{}{end}", self.here)
    }
}
