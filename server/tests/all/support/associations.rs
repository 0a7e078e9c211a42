//! What associations and their members have: memberships, questions, consultations, entries in calendars.

use domain::{
    access::Role,
    answers::Answers,
    date::Date,
    ids::{MembershipId, QuestionId},
};
use services::{
    Context,
    association::{calendar, consultations, members, questions},
};

use super::{
    cast::{Cast, SECOND_ASSOCIATION, org_mut},
    site::principal,
};

fn typed(fields: &[(&str, &str)]) -> Answers {
    fields.iter().copied().collect()
}

/// Makes them. The demo's association has members already; another one gets one in the other country.
pub async fn fill(ctx: &Context, cast: &mut Cast) {
    for (association, company, authority) in [
        ("chemtrade-assoc", "meridian", "pco-nl"),
        ("chemtrade-assoc", "noordkust", "pco-nl"),
        (SECOND_ASSOCIATION, "laurentian", "pco-ca"),
    ] {
        let membership = join(ctx, cast, association, company).await;
        for handle in [association, company] {
            org_mut(cast, handle).membership = Some(membership);
        }
        let waits = ask(ctx, cast, company, association).await;
        org_mut(cast, association).question = Some(waits);
        let drafted = ask(ctx, cast, company, association).await;
        let editor = principal(ctx, &cast.player(Role::AssociationEditor, association).email).await;
        let answer = typed(&[("question", "May we?"), ("answer", "You may."), ("authority", authority)]);
        questions::draft(ctx, &editor, cast.org(association).id, (drafted, 1), &answer).await.unwrap();
        org_mut(cast, authority).question = Some(drafted);
        for (owner, role) in [(association, Role::AssociationEditor), (authority, Role::AuthoritySupervisor)] {
            let id = consult(ctx, cast, owner, role).await;
            org_mut(cast, owner).consultation = Some(id);
            org_mut(cast, company).consultation = Some(id);
        }
        let day = Date::from_days(Date::of(ctx.now()).days() + 9).to_string();
        let entry = typed(&[("title", "A meeting"), ("first", &day)]);
        let org = cast.org(association).id;
        calendar::add(ctx, &editor, org, &entry).await.unwrap();
        let ahead = calendar::of_association(ctx, &editor, org).await.unwrap();
        org_mut(cast, association).event = ahead.iter().find_map(|item| item.entry.filter(|_| item.is_own));
    }
}

/// The company's membership; it is invited and accepts where the demo has none.
async fn join(ctx: &Context, cast: &Cast, association: &str, company: &str) -> MembershipId {
    let (ours, own) = (cast.org(association).id, cast.org(company).id);
    let who = principal(ctx, &cast.player(Role::CompanyAdmin, company).email).await;
    if let Some(there) = members::offers(ctx, &who, own).await.unwrap().first() {
        return there.id;
    }
    let editor = principal(ctx, &cast.player(Role::AssociationEditor, association).email).await;
    let row = store::org::by_handle(&mut ctx.db.reader(), company).await.unwrap().unwrap();
    let named = [("member", "A member"), ("country", &row.country), ("registration", &row.registration_number)];
    members::invite(ctx, &editor, ours, &typed(&named)).await.unwrap();
    let id = members::offers(ctx, &who, own).await.unwrap()[0].id;
    members::answer(ctx, &who, own, id, true).await.unwrap();
    id
}

async fn ask(ctx: &Context, cast: &Cast, company: &str, association: &str) -> QuestionId {
    let who = principal(ctx, &cast.player(Role::CompanyOfficer, company).email).await;
    let association = cast.org(association).id.to_string();
    let asked = typed(&[("association", &association), ("question", "May we sell it?")]);
    questions::ask(ctx, &who, cast.org(company).id, &asked).await.unwrap()
}

async fn consult(ctx: &Context, cast: &Cast, owner: &str, role: Role) -> domain::ids::ConsultationId {
    let (who, org) = (principal(ctx, &cast.player(role, owner).email).await, cast.org(owner).id);
    let until = Date::from_days(Date::of(ctx.now()).days() + 30).to_string();
    let draft = typed(&[("title", "A draft"), ("body", "It is **so**."), ("questions", "Is it?"), ("until", &until)]);
    let id = consultations::create(ctx, &who, org, &draft).await.unwrap();
    consultations::open(ctx, &who, org, (id, 1)).await.unwrap();
    id
}
