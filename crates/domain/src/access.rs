//! Who may do what, as a table.
//!
//! Every page, form and operation of the product declares one [`Action`]; nothing is reachable without. The table
//! [`Action::need`] is the only place where a right is granted. A right holds **inside an organisation**: the services
//! check it against the membership in the organisation that the object itself belongs to, never against an address or a
//! form field. Foreign and unknown objects give the same answer.
//!
//! To add an operation: a variant here with its row in `need`, then a row in the application's route table.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{OrgId, UserId},
    lang::Lang,
    organisation::{OrgKind, OrgStatus, coded},
};

coded! {
    /// A person's role in one organisation.
    Role {
        /// Runs the company's account; sees all its reports.
        CompanyAdmin = "company_admin", "Company administrator";
        /// Writes reports.
        CompanyOfficer = "company_officer", "Compliance officer";
        /// Reads what is shared with them.
        CompanyReader = "company_reader", "Reader";
        /// Runs the authority's account.
        AuthorityAdmin = "authority_admin", "Authority administrator";
        /// Leads the desk.
        AuthoritySupervisor = "authority_supervisor", "Supervisor";
        /// Works reports.
        AuthorityOfficer = "authority_officer", "Triage officer";
        /// Reads reports.
        AuthorityReader = "authority_reader", "Reader";
        /// Runs the association's account.
        AssociationAdmin = "association_admin", "Association administrator";
        /// Speaks for the association: publishes, answers, invites.
        AssociationEditor = "association_editor", "Editor";
        /// Writes notices for the association; an editor publishes them.
        AssociationSubEditor = "association_sub_editor", "Sub-editor";
        /// Runs the installation; sees no report.
        SystemAdmin = "system_admin", "System administrator";
    }
}

impl Role {
    /// The kind of organisation in which the role exists.
    #[must_use]
    pub const fn org_kind(self) -> OrgKind {
        match self {
            Self::CompanyAdmin | Self::CompanyOfficer | Self::CompanyReader => OrgKind::Company,
            Self::AuthorityAdmin | Self::AuthoritySupervisor | Self::AuthorityOfficer | Self::AuthorityReader => {
                OrgKind::Authority
            }
            Self::AssociationAdmin | Self::AssociationEditor | Self::AssociationSubEditor => OrgKind::Association,
            Self::SystemAdmin => OrgKind::Operator,
        }
    }

    /// The roles that exist in a kind of organisation, the administrator first.
    pub fn of(kind: OrgKind) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |role| role.org_kind() == kind)
    }

    /// Whether the role runs its organisation's account. The last such person cannot leave.
    #[must_use]
    pub const fn is_admin(self) -> bool {
        matches!(self, Self::CompanyAdmin | Self::AuthorityAdmin | Self::AssociationAdmin | Self::SystemAdmin)
    }

    /// Whether the role asks for a second factor: everybody at an authority, and whoever runs an account.
    #[must_use]
    pub const fn needs_factor(self) -> bool {
        self.is_admin() || matches!(self.org_kind(), OrgKind::Authority)
    }
}

/// What an action asks of the one who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Anybody.
    Nothing,
    /// Any person who has signed in.
    SignIn,
    /// One of these roles in the organisation that the object belongs to.
    Roles(&'static [Role]),
}

macro_rules! actions {
    ($($(#[doc = $about:literal])+ $name:ident: $need:expr;)+) => {
        /// Everything that can be done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Action {
            $($(#[doc = $about])+ $name,)+
        }

        impl Action {
            /// Every action.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its name in the audit log.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),+ }
            }

            /// What it is in words, as the access table says it.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self { $(Self::$name => concat!($($about),+).trim_ascii()),+ }
            }

            /// What it asks: the access table.
            #[must_use]
            pub const fn need(self) -> Need {
                match self { $(Self::$name => $need),+ }
            }
        }
    };
}

const COMPANY: &[Role] = &[Role::CompanyAdmin, Role::CompanyOfficer, Role::CompanyReader];
const COMPANY_WRITERS: &[Role] = &[Role::CompanyAdmin, Role::CompanyOfficer];
const DESK: &[Role] = &[Role::AuthorityAdmin, Role::AuthoritySupervisor, Role::AuthorityOfficer, Role::AuthorityReader];
const DESK_WORKERS: &[Role] = &[Role::AuthorityAdmin, Role::AuthoritySupervisor, Role::AuthorityOfficer];
const DESK_LEADERS: &[Role] = &[Role::AuthorityAdmin, Role::AuthoritySupervisor];
const REFERENCE_READERS: &[Role] = &[
    Role::AuthorityAdmin,
    Role::AuthoritySupervisor,
    Role::AuthorityOfficer,
    Role::AuthorityReader,
    Role::SystemAdmin,
];
const REFERENCE_AUTHORS: &[Role] = &[Role::AuthorityAdmin, Role::AuthoritySupervisor, Role::SystemAdmin];
const REFERENCE_APPROVERS: &[Role] = &[Role::AuthoritySupervisor, Role::SystemAdmin];
/// Those who speak for an association.
const ASSOCIATION: &[Role] = &[Role::AssociationAdmin, Role::AssociationEditor];
const ASSOCIATION_WRITERS: &[Role] = &[Role::AssociationAdmin, Role::AssociationEditor, Role::AssociationSubEditor];
const BODIES: &[Role] = &[
    Role::AuthorityAdmin,
    Role::AuthoritySupervisor,
    Role::AuthorityOfficer,
    Role::AuthorityReader,
    Role::AssociationAdmin,
    Role::AssociationEditor,
    Role::AssociationSubEditor,
];
/// Those who write notices: of an authority who works on reports, of an association everybody.
const NOTICE_WRITERS: &[Role] = &[
    Role::AuthorityAdmin,
    Role::AuthoritySupervisor,
    Role::AuthorityOfficer,
    Role::AssociationAdmin,
    Role::AssociationEditor,
    Role::AssociationSubEditor,
];
/// Those who may be the second person of a notice.
const NOTICE_PUBLISHERS: &[Role] =
    &[Role::AuthorityAdmin, Role::AuthoritySupervisor, Role::AssociationAdmin, Role::AssociationEditor];
/// Those who may ask whether somebody stands on a watch list.
const SCREENERS: &[Role] = &[
    Role::CompanyAdmin,
    Role::CompanyOfficer,
    Role::AuthorityAdmin,
    Role::AuthoritySupervisor,
    Role::AuthorityOfficer,
    Role::AuthorityReader,
];
/// Those who put drafts before others and ask what they think.
const CONSULTERS: &[Role] =
    &[Role::AuthorityAdmin, Role::AuthoritySupervisor, Role::AssociationAdmin, Role::AssociationEditor];
const MEMBERS: &[Role] = Role::ALL;
const ADMINS: &[Role] = &[Role::CompanyAdmin, Role::AuthorityAdmin, Role::AssociationAdmin, Role::SystemAdmin];
/// Those who may allow a system administrator to read reports: another one, or who leads the desk that has them.
const GLASS_KEEPERS: &[Role] = &[Role::SystemAdmin, Role::AuthorityAdmin, Role::AuthoritySupervisor];
/// Those who say what their people are to learn: who runs an account where people work.
const TRAINERS: &[Role] = &[Role::CompanyAdmin, Role::AuthorityAdmin, Role::AssociationAdmin];
const LOG_READERS: &[Role] =
    &[Role::CompanyAdmin, Role::AuthorityAdmin, Role::AuthoritySupervisor, Role::AssociationAdmin, Role::SystemAdmin];

actions! {
    /// Public pages: start, help, substances, statements.
    ViewPublic: Need::Nothing;
    /// Signing in and out, asking for a reset.
    SignIn: Need::Nothing;
    /// Applying for an organisation's account.
    Register: Need::Nothing;
    /// Opening and consuming a one-time link, or one that unsubscribes; the token is the right.
    UseLink: Need::Nothing;
    /// Asking to be told what is published.
    Subscribe: Need::Nothing;
    /// One's own account and settings, and the choice among one's organisations.
    ManageSelf: Need::SignIn;
    /// One's own second factor; open also to those who may do nothing else before they have one.
    EnrolFactor: Need::SignIn;
    /// What catalogue entries say to officers only: related drug, stand-ins.
    ViewRegulatoryDetail: Need::SignIn;

    /// The company's home page.
    ViewCompany: Need::Roles(COMPANY);
    /// The list of the company's reports that one may see, and each of them.
    ReadOwnReports: Need::Roles(COMPANY);
    /// Everything that a company has to show an inspector for a year, in one file.
    TakeInspectionPack: Need::Roles(&[Role::CompanyAdmin]);
    /// Writing and sending reports, answering the authority.
    WriteReports: Need::Roles(COMPANY_WRITERS);

    /// The company's own files of its customers. No authority has it: what a company knows of its customers is the company's.
    ReadCustomers: Need::Roles(COMPANY);
    /// Writing those files: customers, documents, imports.
    WriteCustomers: Need::Roles(COMPANY_WRITERS);
    /// Deciding whether somebody in those files is the one on a watch list.
    DecideHits: Need::Roles(COMPANY_WRITERS);

    /// Asking an authority to confirm a licence, and taking that back. Who reads the company's customers reads the answers.
    AskLicences: Need::Roles(COMPANY_WRITERS);

    /// Asking the authority for advice on one sale, and what was asked before.
    AskAdvice: Need::Roles(COMPANY_WRITERS);
    /// Sending an anonymous concern, and its mailbox; the phrase is the right.
    SendConcern: Need::Nothing;
    /// Whether the authority takes anonymous concerns.
    OpenConcerns: Need::Roles(DESK_LEADERS);
    /// Passing a member's concern on, and reading what comes of it.
    PassOnConcerns: Need::Roles(ASSOCIATION);

    /// Neutral wordings for talking to a customer.
    ReadWordings: Need::Roles(COMPANY);

    /// Companies' requests for advice.
    ReadAdvice: Need::Roles(DESK);
    /// Giving advice: taking requests, asking back, advising.
    GiveAdvice: Need::Roles(DESK_WORKERS);
    /// Deciding whether a customer may buy, agreeing to what a colleague decided, and setting the risk by hand.
    DecideCustomers: Need::Roles(COMPANY_WRITERS);

    /// The authority's home, queue and reports.
    ReadReports: Need::Roles(DESK);
    /// Assigning, asking, noting, deciding, rating, putting aside, labelling.
    WorkReports: Need::Roles(DESK_WORKERS);
    /// What the desk works with: the authority's labels and macros.
    ManageDesk: Need::Roles(DESK_LEADERS);
    /// Entering a report taken by telephone for a company.
    TakeReports: Need::Roles(DESK_WORKERS);
    /// The authority's register of licensed operators and of permits, and requests to confirm a licence.
    ReadLicences: Need::Roles(DESK);
    /// Keeping that register: entries, suspensions, imports; answering requests to confirm a licence.
    KeepLicences: Need::Roles(DESK_WORKERS);
    /// Figures of the desk: how fast it answers, what waits, what comes in.
    ReadFigures: Need::Roles(DESK_WORKERS);
    /// Readers of one's countries, and how far each is trusted.
    TrustReaders: Need::Roles(DESK_LEADERS);
    /// Who is on duty on which days, other people's absences, and whether reports are given by rule.
    ManageDuty: Need::Roles(DESK_LEADERS);
    /// One's own absences with a deputy, and what one speaks and knows.
    NameDeputy: Need::Roles(DESK_WORKERS);
    /// The authority's companies and applications.
    ReadOrganisations: Need::Roles(DESK);
    /// Approving and refusing applications.
    DecideApplications: Need::Roles(DESK_LEADERS);

    /// Reference data: what holds, and since when.
    ReadReferenceData: Need::Roles(REFERENCE_READERS);
    /// Proposing another version of one's own reference data.
    ChangeReferenceData: Need::Roles(REFERENCE_AUTHORS);
    /// Approving and refusing what somebody else proposed.
    ApproveReferenceData: Need::Roles(REFERENCE_APPROVERS);

    /// Asking whether somebody stands on a watch list, and what one's own organisation asked before.
    ScreenNames: Need::Roles(SCREENERS);
    /// The installation's watch lists: loading, comparing, putting in force, going back.
    ManageLists: Need::Roles(&[Role::SystemAdmin]);

    /// The association's own lists: loading them, and with which members they are shared. It never sees a member's hits.
    ShareLists: Need::Roles(ASSOCIATION);
    /// Lists that associations share with the company: looking at what is offered, accepting, declining, leaving.
    TakeSharedLists: Need::Roles(COMPANY_WRITERS);

    /// The organisation's own notices, in every state.
    ReadNotices: Need::Roles(BODIES);
    /// Writing notices and asking for a second person's look.
    WriteNotices: Need::Roles(NOTICE_WRITERS);
    /// Publishing, scheduling and sending back notices that others wrote, and withdrawing notices.
    PublishNotices: Need::Roles(NOTICE_PUBLISHERS);
    /// Approving associations' notices before they are published, or sending them back.
    ApproveNotices: Need::Roles(DESK_WORKERS);
    /// Which associations need the authority's approval for their notices.
    RequireApproval: Need::Roles(DESK_LEADERS);
    /// Making a notice of one's own from an authority's.
    AdaptNotices: Need::Roles(ASSOCIATION_WRITERS);
    /// Notices that concern the company.
    ReceiveNotices: Need::Roles(COMPANY);
    /// Saying that one has taken note of a notice that one sees.
    AcknowledgeNotices: Need::SignIn;
    /// Who the association's members are: inviting companies, ending memberships.
    ManageMembers: Need::Roles(ASSOCIATION);
    /// Answering what members ask. Who asked, the association never sees.
    AnswerMembers: Need::Roles(ASSOCIATION);
    /// What is reported in the sector of the association's members, in figures that tell of nobody.
    ReadSector: Need::Roles(ASSOCIATION);
    /// The association's calendar for its members.
    KeepCalendar: Need::Roles(ASSOCIATION);
    /// Consultations on draft rules: writing, opening, reading what was answered, closing with a response.
    RunConsultations: Need::Roles(CONSULTERS);
    /// What associations are to the company: memberships, answers, calendar, consultations.
    ReadAssociations: Need::Roles(COMPANY);
    /// Acting towards associations for the company: accepting and leaving memberships, asking, taking a position.
    TakePartInAssociations: Need::Roles(COMPANY_WRITERS);
    /// Signing answers that associations give to their members, or sending them back.
    SignAnswers: Need::Roles(DESK_LEADERS);

    /// The association's home page.
    ViewAssociation: Need::Roles(ASSOCIATION_WRITERS);
    /// Why one's authority or association may not work for now; a company reads that on its home page.
    ViewStanding: Need::Roles(BODIES);

    /// One's own learning: what was read, quizzes, certificates. Reading and the quiz itself are for everybody.
    Learn: Need::SignIn;
    /// What the people of one's organisation are to learn, by role and day, and how far they are.
    ManageLearning: Need::Roles(TRAINERS);

    /// Who belongs to one's organisation.
    ReadTeam: Need::Roles(MEMBERS);
    /// Inviting, changing and removing colleagues.
    ManageTeam: Need::Roles(ADMINS);

    /// What was done for one's organisation, by whom and when; for a company also who opened its reports.
    ReadLog: Need::Roles(LOG_READERS);

    /// Asking for access to reports in need, and ending it.
    AskBreakGlass: Need::Roles(&[Role::SystemAdmin]);
    /// Reading a report in need, for as long as a second person has allowed it.
    BreakGlass: Need::Roles(&[Role::SystemAdmin]);
    /// Approving and refusing access in need that somebody else asked for, and ending it.
    DecideBreakGlass: Need::Roles(GLASS_KEEPERS);

    /// The installation: organisations, outbox, version.
    ViewSystem: Need::Roles(&[Role::SystemAdmin]);
    /// Letting an administrator in anew whom nobody of the organisation can help: one proposes, another confirms.
    RescueAdministrators: Need::Roles(&[Role::SystemAdmin]);
    /// Making, suspending and reinstating authorities and associations, re-sending mail.
    ManageSystem: Need::Roles(&[Role::SystemAdmin]);
}

impl Action {
    /// Whether `role`, held in the object's own organisation, allows the action.
    #[must_use]
    pub fn allows(self, role: Role) -> bool {
        match self.need() {
            Need::Nothing | Need::SignIn => true,
            Need::Roles(roles) => roles.contains(&role),
        }
    }
}

/// A person's place in one organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The organisation.
    pub org: OrgId,
    /// Its handle in addresses.
    pub handle: String,
    /// Its name.
    pub org_name: String,
    /// Its kind.
    pub kind: OrgKind,
    /// Its country, ISO 3166-1 alpha-2.
    pub country: String,
    /// Where it stands.
    pub status: OrgStatus,
    /// The person's role in it.
    pub role: Role,
}

impl Membership {
    /// Whether this place asks for a second factor: from the day on which the organisation may work.
    #[must_use]
    pub const fn needs_factor(&self) -> bool {
        self.role.needs_factor() && matches!(self.status, OrgStatus::Approved)
    }
}

/// Somebody who has signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Identity.
    pub id: UserId,
    /// Name as shown to colleagues.
    pub name: String,
    /// Address for sign-in and mail.
    pub email: String,
    /// Language of pages and mails.
    pub lang: Lang,
}

/// Whoever asks: a person with memberships, or nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Principal {
    /// The person; `None` for an anonymous request.
    pub person: Option<Person>,
    /// The organisations they belong to.
    pub memberships: Vec<Membership>,
}

/// Why an action is not allowed. The web layer answers both with the sign-in page or the same "not found".
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// Nobody has signed in.
    #[error("sign in first")]
    NotSignedIn,
    /// Signed in, without the right; indistinguishable from an object that does not exist.
    #[error("there is no such page for you")]
    NotFound,
}

impl Principal {
    /// The membership that allows `action` in the organisation `org`.
    ///
    /// A company that is not approved yet, or no longer, allows nothing but its home page and its team.
    ///
    /// # Errors
    /// [`Denied::NotSignedIn`] for nobody, [`Denied::NotFound`] for everybody else without the right.
    pub fn allowed_in(&self, org: OrgId, action: Action) -> Result<&Membership, Denied> {
        self.person.as_ref().ok_or(Denied::NotSignedIn)?;
        self.memberships
            .iter()
            .find(|membership| {
                membership.org == org && action.allows(membership.role) && open_in(membership.status, action)
            })
            .ok_or(Denied::NotFound)
    }

    /// The person, for actions that ask only for sign-in.
    ///
    /// # Errors
    /// [`Denied::NotSignedIn`] for nobody.
    pub fn signed_in(&self) -> Result<&Person, Denied> {
        self.person.as_ref().ok_or(Denied::NotSignedIn)
    }

    /// The membership with this workspace handle.
    #[must_use]
    pub fn membership(&self, handle: &str) -> Option<&Membership> {
        self.memberships.iter().find(|membership| membership.handle == handle)
    }
}

/// Which actions an organisation of this status still has.
const fn open_in(status: OrgStatus, action: Action) -> bool {
    match status {
        OrgStatus::Approved => true,
        OrgStatus::Suspended | OrgStatus::Refused => matches!(action, Action::ViewCompany | Action::ViewStanding),
        OrgStatus::Applied | OrgStatus::Unconfirmed => {
            matches!(action, Action::ViewCompany | Action::ViewAssociation | Action::ReadTeam)
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn member(role: Role, status: OrgStatus) -> Principal {
        let org = OrgId(Uuid::from_u128(1));
        let person =
            Person { id: UserId(Uuid::from_u128(2)), name: "A".into(), email: "a@x.example".into(), lang: Lang::En };
        let membership = Membership {
            org,
            handle: "h".into(),
            org_name: "Org".into(),
            kind: role.org_kind(),
            country: "NL".into(),
            status,
            role,
        };
        Principal { person: Some(person), memberships: vec![membership] }
    }

    #[test]
    fn a_right_ends_at_the_organisation() {
        let officer = member(Role::CompanyOfficer, OrgStatus::Approved);
        let own = officer.memberships[0].org;
        assert!(officer.allowed_in(own, Action::WriteReports).is_ok());
        assert_eq!(officer.allowed_in(own, Action::ManageTeam), Err(Denied::NotFound));
        assert_eq!(officer.allowed_in(OrgId(Uuid::from_u128(9)), Action::WriteReports), Err(Denied::NotFound));
        assert_eq!(Principal::default().allowed_in(own, Action::WriteReports), Err(Denied::NotSignedIn));
    }

    #[test]
    fn an_applicant_can_only_look_at_its_own_state() {
        for status in [OrgStatus::Unconfirmed, OrgStatus::Applied, OrgStatus::Refused, OrgStatus::Suspended] {
            let admin = member(Role::CompanyAdmin, status);
            let own = admin.memberships[0].org;
            assert!(admin.allowed_in(own, Action::ViewCompany).is_ok());
            assert!(admin.allowed_in(own, Action::WriteReports).is_err(), "{status:?}");
            assert!(admin.allowed_in(own, Action::ManageTeam).is_err(), "{status:?}");
        }
    }

    #[test]
    fn a_suspended_organisation_reads_why_and_nothing_else() {
        for role in Role::ALL.iter().filter(|role| **role != Role::SystemAdmin) {
            let member = member(*role, OrgStatus::Suspended);
            let own = member.memberships[0].org;
            let of_roles = Action::ALL.iter().filter(|action| matches!(action.need(), Need::Roles(_)));
            let open: Vec<_> = of_roles.filter(|action| member.allowed_in(own, **action).is_ok()).collect();
            let why = if role.org_kind() == OrgKind::Company { Action::ViewCompany } else { Action::ViewStanding };
            assert_eq!(open, [&why], "{role:?}");
        }
    }

    #[test]
    fn authority_staff_and_every_administrator_need_a_second_factor_once_they_can_work() {
        for role in Role::ALL {
            let needs = role.is_admin() || role.org_kind() == OrgKind::Authority;
            assert_eq!(member(*role, OrgStatus::Approved).memberships[0].needs_factor(), needs, "{role:?}");
            assert!(!member(*role, OrgStatus::Applied).memberships[0].needs_factor(), "{role:?}");
        }
    }

    #[test]
    fn every_action_says_what_it_is() {
        for action in Action::ALL {
            let about = action.about();
            assert!(about.ends_with('.') && about.starts_with(char::is_uppercase), "{action:?}: {about}");
        }
    }

    #[test]
    fn the_system_administrator_reads_no_report() {
        for action in [Action::ReadReports, Action::ReadOwnReports, Action::WorkReports, Action::WriteReports] {
            assert!(!action.allows(Role::SystemAdmin), "{action:?}");
        }
    }

    #[test]
    fn a_sub_editor_writes_and_does_not_speak_for_the_association() {
        let may: Vec<_> = Action::ALL
            .iter()
            .filter(|action| matches!(action.need(), Need::Roles(_)) && action.allows(Role::AssociationSubEditor))
            .collect();
        let [read, write, adapt] = [Action::ReadNotices, Action::WriteNotices, Action::AdaptNotices];
        let [home, standing, team] = [Action::ViewAssociation, Action::ViewStanding, Action::ReadTeam];
        assert_eq!(may, [&read, &write, &adapt, &home, &standing, &team]);
    }

    #[test]
    fn every_role_can_do_something_and_no_role_everything() {
        for role in Role::ALL {
            let of_roles = || Action::ALL.iter().filter(|action| matches!(action.need(), Need::Roles(_)));
            assert!(of_roles().any(|action| action.allows(*role)), "{role:?}");
            assert!(!of_roles().all(|action| action.allows(*role)), "{role:?}");
        }
    }
}
