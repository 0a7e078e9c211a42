//! One's own account: name, telephone, language, password, and where one is signed in.

use domain::{lang::Lang, time::Timestamp};
use leptos::prelude::*;
use services::{
    account::{self, Profile},
    browser, factor,
    session::{self, Activity, OwnSession},
};

use super::{
    password::{PasswordField, new_password},
    sign_in::signed_out,
};
use crate::{
    components::*,
    format,
    text::{
        account::{Texts, texts},
        fill,
    },
    web::{
        Outcome, Page, Reply, Req, cookie,
        paths::with_query,
        typed::{self, Typed},
    },
};

const PROFILE: &str = "me";
const PASSWORD: &str = "me-password";

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let profile = account::profile(req.ctx(), &req.principal).await?;
    let sessions = session::list(req.ctx(), &req.principal).await?;
    let own = own_session(&req).await?;
    let has_factor = factor::is_set_up(req.ctx(), &req.principal).await?;
    let (about, password) = (Typed::open(&req, PROFILE).await?, Typed::open(&req, PASSWORD).await?);
    let wrong = about.is_wrong() || password.is_wrong();
    let title = texts(req.lang).me_title;
    Page::new(title, move || whole(&req, &profile, &about, &password, has_factor, sessions, own.as_deref()))
        .errors(wrong)
        .into()
}

/// Which of the sign-ins this browser uses.
async fn own_session(req: &Req) -> Result<Option<String>, services::Refusal> {
    let Some(token) = &req.session_token else { return Ok(None) };
    let signed = session::resolve(req.ctx(), token, Activity::Background).await?;
    Ok(signed.map(|signed| signed.id.to_string()))
}

fn whole(
    req: &Req,
    profile: &Profile,
    about: &Typed,
    password: &Typed,
    has_factor: bool,
    sessions: Vec<OwnSession>,
    own: Option<&str>,
) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let errors: Vec<_> = about.errors().into_iter().chain(password.errors()).collect();
    let banner = errors.is_empty().then(|| banner(t, req.query.get("done")));
    let zone = req.zone();
    let parts = view! {
        {profile_form(t, req.lang, req.to("/me"), profile, about)}
        {password_form(req.lang, req.to("/me/password"), &profile.email, password)}
        {factor_panel(req.lang, has_factor, req.to("/me/factor"))}
        {sessions_panel(t, &req.to("/me/sessions"), sessions, own, zone)}
    };
    view! {
        <FormPage>
            <ErrorSummary errors/>
            {banner}
            <PageTitle title=t.me_title/>
            {parts}
        </FormPage>
    }
}

fn banner(t: &'static Texts, done: &str) -> Option<impl IntoView + use<>> {
    let (title, body) = match done {
        "saved" => (t.me_saved, None),
        "password" => (t.me_password_saved, Some(t.me_password_saved_body)),
        "ended" => (t.me_ended, None),
        "ended-others" => (t.me_ended_others, None),
        _ => return None,
    };
    let body = body.map(|body| view! { {body} }.into_any());
    Some(view! { <Banner tone=Tone::Ok title body/> })
}

fn profile_form(
    t: &'static Texts,
    lang: Lang,
    action: String,
    profile: &Profile,
    typed: &Typed,
) -> impl IntoView + use<> {
    let languages = Lang::ALL.map(|lang| SelectOption::new(lang.tag(), language_name(lang))).to_vec();
    let language = (languages.len() > 1).then(|| {
        view! { <SelectField name="lang" label=t.me_language options=languages value=lang.tag() no_blank=true width=Width::Medium/> }
    });
    let email = view! { <bdi dir="ltr">{profile.email.clone()}</bdi> }.into_any();
    let inbox = crate::text::inbox::texts(lang);
    let form = view! {
        <form class="stack" method="post" action=action novalidate=true>
            <TextField
                name="name" label=t.your_name hint=t.your_name_hint autocomplete="name" width=Width::Long
                value=typed.value_or("name", &profile.name) error=typed.error("name")
            />
            <TextField
                name="phone" label=t.me_phone kind="tel" autocomplete="tel" optional=true width=Width::Medium
                value=typed.value_or("phone", &profile.phone) error=typed.error("phone")
            />
            {language}
            <Button label=t.me_save/>
        </form>
    };
    view! {
        <Panel title=t.me_profile>
            <Facts facts=vec![(t.me_email.to_owned(), email)]/>
            <p><a href=format!("/{}/me/address", lang.tag())>{inbox.address_change}</a></p>
            <p><a href=format!("/{}/me/told", lang.tag())>{inbox.settings}</a></p>
            {form}
            <p class="muted">{t.me_appearance}</p>
        </Panel>
    }
}

const fn language_name(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "English",
    }
}

fn password_form(lang: Lang, action: String, email: &str, typed: &Typed) -> impl IntoView + use<> {
    let t = texts(lang);
    // Password managers file the new password under the name that stands in the form.
    let email = email.to_owned();
    let form = view! {
        <form class="stack" method="post" action=action novalidate=true>
            <input type="hidden" name="username" autocomplete="username" value=email/>
            <PasswordField
                name="current_password" label=t.me_current_password autocomplete="current-password"
                error=typed.error("current_password")
            />
            {new_password(lang, "password", t.new_password, typed.error("password"))}
            <p class="muted">{t.me_password_note}</p>
            <Button label=t.me_password_act kind=ButtonKind::Secondary/>
        </form>
    };
    view! { <Panel title=t.me_password>{form}</Panel> }
}

fn factor_panel(lang: Lang, is_held: bool, href: String) -> impl IntoView + use<> {
    let t = crate::text::factor::texts(lang);
    let now = if is_held { t.me_held } else { t.me_none };
    view! {
        <Panel title=t.me_title>
            <p>{now}</p>
            <p><LinkButton href label=t.me_link kind=ButtonKind::Secondary/></p>
        </Panel>
    }
}

fn sessions_panel(
    t: &'static Texts,
    action: &str,
    sessions: Vec<OwnSession>,
    own: Option<&str>,
    zone: &str,
) -> impl IntoView + use<> {
    let columns =
        vec![Column::new(t.me_device), Column::new(t.me_since), Column::new(t.me_last), Column::unlabelled(t.me_end)];
    let several = sessions.len() > 1;
    let rows = sessions.into_iter().map(|session| row(t, action, session, own, zone)).collect_view();
    let end_all = |which: &str, label: &'static str| {
        let hidden = vec![("session".to_owned(), which.to_owned())];
        view! { <PostButton action=action.to_owned() label kind=ButtonKind::Secondary hidden/> }
    };
    let others = several.then(|| end_all("others", t.me_end_others));
    let everywhere = end_all("everywhere", t.me_end_everywhere);
    view! {
        <Panel title=t.me_sessions>
            <p>{t.me_sessions_lead}</p>
            <DataTable id="sessions" caption=t.me_sessions caption_hidden=true columns>{rows}</DataTable>
            <div class="button-row">{others}{everywhere}</div>
            <p class="muted">{t.me_end_everywhere_note}</p>
        </Panel>
    }
}

fn row(t: &'static Texts, action: &str, session: OwnSession, own: Option<&str>, zone: &str) -> impl IntoView + use<> {
    let id = session.id.to_string();
    let since = format::moment(session.since, zone);
    let end = if own == Some(id.as_str()) {
        view! { <Tag text=t.me_this_one tone=Tone::Ok/> }.into_any()
    } else {
        let about = fill(t.me_end_about, &[("when", &since)]);
        let hidden = vec![("session".to_owned(), id)];
        view! { <PostButton action=action.to_owned() label=t.me_end kind=ButtonKind::Quiet hidden about/> }.into_any()
    };
    view! {
        <tr>
            <th scope="row"><bdi>{browser::name(&session.agent).unwrap_or_else(|| t.me_unknown_browser.to_owned())}</bdi></th>
            <td>{moment(session.since, since)}</td>
            <td>{moment(session.last_active, format::moment(session.last_active, zone))}</td>
            <td>{end}</td>
        </tr>
    }
}

fn moment(at: Timestamp, text: String) -> impl IntoView {
    view! { <Moment text datetime=format::machine(at)/> }
}

/// Saves name, telephone and language.
pub(super) async fn save_profile(req: Req) -> Outcome {
    let fields = typed::answers(&req.form);
    if let Err(refusal) = account::set_profile(req.ctx(), &req.principal, &fields).await {
        return typed::again(&req, PROFILE, &req.to("/me"), refusal).await;
    }
    typed::done(&req).await?;
    let mut lang = req.lang;
    if let Some(chosen) = Lang::from_tag(req.form.get("lang")) {
        account::set_lang(req.ctx(), &req.principal, chosen).await?;
        lang = chosen;
    }
    Ok(Reply::to(format!("/{}/me?done=saved", lang.tag())))
}

/// Changes the password; this sign-in goes on under a new token.
pub(super) async fn change_password(req: Req) -> Outcome {
    let token = req.session_token.as_deref().unwrap_or_default();
    let (current, new) = (req.form.get("current_password"), req.form.get("password"));
    match account::change_password(req.ctx(), &req.principal, token, current, new).await {
        Ok(session) => {
            typed::done(&req).await?;
            Ok(Reply::to_with(with_query(&req.to("/me"), "done", "password"), cookie::session(&session.token)))
        }
        Err(refusal) => typed::again(&req, PASSWORD, &req.to("/me"), refusal).await,
    }
}

/// Ends one of the person's other sign-ins, all the others, or every one.
pub(super) async fn end_session(req: Req) -> Outcome {
    let chosen = req.form.get("session");
    if chosen == "others" {
        session::end_all(req.ctx(), &req.principal, req.session_token.as_deref()).await?;
        return Ok(Reply::to(with_query(&req.to("/me"), "done", "ended-others")));
    }
    if chosen == "everywhere" {
        session::end_everywhere(req.ctx(), &req.principal).await?;
        return Ok(signed_out(&req));
    }
    let id = chosen.parse().map_err(|_| services::Refusal::NotFound)?;
    session::end_one(req.ctx(), &req.principal, id).await?;
    Ok(Reply::to(with_query(&req.to("/me"), "done", "ended")))
}
