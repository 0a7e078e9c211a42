//! Every part once, on pages that look like the real ones, and what must hold on all of them.
//!
//! To look at the parts while working on the style sheets, name a folder that holds a link to `style/`:
//! `FORERUNNER_GALLERY=folder cargo test -p app gallery` writes one file per page there.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::*;
use leptos::prelude::*;
use std::collections::BTreeSet;

struct Sample {
    name: &'static str,
    signed_in: bool,
    body: AnyView,
}

fn samples() -> Vec<Sample> {
    vec![
        public("start", start_page()),
        public("sign-in", sign_in_page()),
        public("substance", substance_page()),
        public("article", article_page()),
        company("overview", overview_page()),
        company("tasks", tasks_page()),
        company("question", question_page(Vec::new())),
        company("question-errors", question_page(question_errors())),
        company("fields", fields_page(false)),
        company("fields-errors", fields_page(true)),
        company("check", check_page()),
        company("sent", sent_page()),
        company("report", report_page()),
        company("confirm", confirm_page()),
        company("reports", reports_page()),
        company("empty", empty_page()),
        company("desk", desk_page()),
        company("admin", admin_page()),
    ]
}

fn public(name: &'static str, body: AnyView) -> Sample {
    Sample { name, signed_in: false, body }
}

fn company(name: &'static str, body: AnyView) -> Sample {
    Sample { name, signed_in: true, body }
}

fn start_page() -> AnyView {
    let door =
        |icon, title: &str, text: &str| Door { icon, title: title.into(), href: "/en/x".into(), text: text.into() };
    let doors = vec![
        door(
            Icon::NewReport,
            "Report an order",
            "A suspicious order, enquiry, theft or loss. About ten minutes; you can save and come back.",
        ),
        door(Icon::Assess, "Check a customer", "Compare an order with sixty known warning signs before you deliver."),
        door(Icon::Substance, "Look up a substance", "Lists, thresholds and warning signs, by name, CAS or HS number."),
    ];
    view! {
        <DeskPage>
            <Hero
                title="Tell the authority before the drum leaves the yard"
                lead="Forerunner takes reports of suspicious orders of drug precursors to the competent national authority, and helps companies to know their customers."
                acts=view! {
                    <LinkButton href="/en/report/start" label="Start a report"/>
                    <LinkButton href="/en/sign-in" label="Sign in" kind=ButtonKind::Secondary/>
                }.into_any()
            />
            <UrgentStrip title="Delivery within 48 hours?" text="Call the duty officer." phone="+43 1 555 01 10"/>
            <Doors doors/>
            <Panel title="Latest notices" title_id="notices">
                <LinkRows
                    labelled_by="notices"
                    rows=vec![
                        LinkRow::new("Requests for red phosphorus by newly founded firms", "/n/1").text("Ministry of Health, 18 Nov 2026").end(view! { <Tag text="Act now" tone=Tone::Danger/> }.into_any()),
                        LinkRow::new("Tablet presses offered without a CE mark", "/n/2").text("Chemical Distributors' Association, 9 Nov 2026"),
                    ]
                />
            </Panel>
        </DeskPage>
    }
    .into_any()
}

fn sign_in_page() -> AnyView {
    let errors = vec![FieldError::new("email", "Enter your e-mail address, like name@example.com")];
    let message = error_of(&errors, "email");
    view! {
        <AuthCard title="Sign in" lead="With the address your organisation knows you by." errors foot=view! { <p><a href="/x">"I have forgotten my password"</a></p><p><a href="/y">"My organisation has no account yet"</a></p> }.into_any()>
            <form class="stack" method="post" action="/en/sign-in" novalidate=true>
                <TextField name="email" label="E-mail address" kind="email" autocomplete="username" value="okoye" error=message/>
                <TextField name="password" label="Password" kind="password" autocomplete="current-password"/>
                <Button label="Sign in"/>
            </form>
        </AuthCard>
    }
    .into_any()
}

fn substance_page() -> AnyView {
    view! {
        <FormPage aside=substance_aside() aside_label="About this substance">
            <BackLink href="/en/substances" label="All substances"/>
            <LabelHeader
                kind="Substance"
                title="Acetic anhydride"
                subtitle="ethanoic anhydride, acetyl oxide"
                status=view! { <Tag text="Scheduled: Table I" tone=Tone::Danger/> }.into_any()
                bottle=true
                fields=vec![
                    LabelField::code("CAS", "108-24-7"),
                    LabelField::code("EC", "203-564-8"),
                    LabelField::code("HS 2022", "2915.24"),
                    LabelField::code("Formula", "C₄H₆O₃"),
                    LabelField::text("EU category", "2A"),
                    LabelField::text("Threshold", "100 l a year"),
                ]
                foot=view! { <ChainMark text="Entry unchanged since 2 Mar 2026" href="/proof"/> }.into_any()
            />
            <div class="prose">
                <h2>"Lawful uses"</h2>
                <p>"Acetylation of cellulose for film and cigarette filters, medicines, dyes, and explosives for mining."</p>
                <h2>"Warning signs"</h2>
                <ul><li>"The buyer wants small drums although the price favours tanks."</li><li>"Payment in cash or through a third country."</li></ul>
                <Callout tone=Tone::Warn title="Source not verified"><p>"The national threshold comes from a secondary source and waits for a check."</p></Callout>
            </div>
        </FormPage>
    }
    .into_any()
}

fn substance_aside() -> AnyView {
    view! {
        <Panel title="Something odd about an order?" title_id="odd">
            <p>"A report takes about ten minutes. Zero warning signs never stop one."</p>
            <LinkButton href="/en/report/start" label="Report with this substance"/>
        </Panel>
        <Details summary="What the numbers mean">
            <Glossary terms=vec![("CAS".into(), "Number of the Chemical Abstracts Service; its last digit is a check.".into()), ("HS".into(), "Customs heading of the Harmonized System.".into())]/>
        </Details>
    }
    .into_any()
}

fn article_page() -> AnyView {
    view! {
        <ReadingPage>
            <PageTitle title="What we do with your data" caption="Privacy" lead="In plain words, in the order people ask."/>
            <h2>"Who can see a report"</h2>
            <p>"The person who wrote it, people named on it, the administrators of your company, and the officers of the authority of your country. "<a href="/x">"The list of roles"</a>" says what each may do."</p>
            <h3>"How long it is kept"</h3>
            <p>"Closed reports are kept for as long as the law of your country asks, then erased. "<Reference code="FR-7K3M-9QTD-X"/>" stays as a number without content."</p>
            <CodeBlock label="Fingerprint of the log" code="sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"/>
        </ReadingPage>
    }
    .into_any()
}

fn overview_page() -> AnyView {
    let drafts = vec![
        LinkRow::new("Acetone, Nordwest Lacke GmbH", "/1")
            .text("Draft, kept until 12 Dec 2026")
            .end(view! { <Status shape=Shape::Open word="Draft" tone=Tone::Info/> }.into_any()),
        LinkRow::new("Tablet press, unnamed caller", "/2")
            .text("Draft, kept until 20 Dec 2026")
            .end(view! { <Status shape=Shape::Open word="Draft" tone=Tone::Info/> }.into_any()),
    ];
    let asked = vec![
        LinkRow::new("FR-7K3M-9QTD-X: who picked up the drums?", "/3")
            .text("From the authority, 22 Nov 2026")
            .end(view! { <Deadline due="Due 24 Nov, 14:00 CET" left="26 h left" clock=Clock::Soon/> }.into_any()),
    ];
    let stat = |value: &str, label: &str, note: Option<&str>| Stat {
        value: value.into(),
        label: label.into(),
        note: note.map(Into::into),
        href: Some("/l".into()),
    };
    view! {
        <DeskPage>
            <Banner tone=Tone::Ok title="Draft saved" body=view! { <p>"You can go on any time until 23 Dec 2026."</p> }.into_any()/>
            <PageTitle title="Good morning, Adaeze" caption="Danubia Chemie AG" acts=view! { <LinkButton href="/new" label="New report" icon=Icon::NewReport/> }.into_any()/>
            <Stats stats=vec![stat("2", "Drafts", None), stat("1", "Answer needed", Some("by 24 Nov, 14:00")), stat("17", "Reports this year", None), stat("3", "Unread notices", None)]/>
            <div class="panels">
                <Panel title="The authority asks" title_id="asked"><LinkRows labelled_by="asked" rows=asked/></Panel>
                <Panel title="Your drafts" title_id="drafts" end=view! { <a href="/all">"All reports"</a> }.into_any()><LinkRows labelled_by="drafts" rows=drafts/></Panel>
            </div>
        </DeskPage>
    }
    .into_any()
}

fn tasks_page() -> AnyView {
    let task = |title: &str, hint: Option<&str>, state, word: &str| Task {
        title: title.into(),
        href: "/t".into(),
        hint: hint.map(Into::into),
        state,
        word: word.into(),
    };
    let tasks = vec![
        task("What happened", Some("An enquiry by telephone"), TaskState::Completed, "Completed"),
        task("Substances", Some("Acetic anhydride, 2 t"), TaskState::Completed, "Completed"),
        task(
            "The other party",
            Some("Name and country are there, the address is missing"),
            TaskState::Begun,
            "In progress",
        ),
        task("Order and delivery", None, TaskState::NotStarted, "Not started"),
        task("Why it looks suspicious", None, TaskState::Problem, "There is a problem"),
        task("What you did", None, TaskState::NotStarted, "Not started"),
        task("Check and send", Some("When everything else is complete"), TaskState::CannotStart, "Cannot start yet"),
    ];
    view! {
        <FormPage aside=indicator_panel() aside_label="Indicators">
            <BackLink href="/c" label="Reports"/>
            <PageTitle title="Suspicious enquiry for acetic anhydride" caption="Report draft" lead="Do the parts in any order. The draft is kept until 23 Dec 2026."/>
            <h2 id="parts">"Parts of the report"</h2>
            <TaskList tasks labelled_by="parts"/>
            <ButtonRow><PostButton action="/d" label="Delete draft" kind=ButtonKind::Quiet/></ButtonRow>
        </FormPage>
    }
    .into_any()
}

fn indicator_panel() -> AnyView {
    let reason = |text: &str, weight: &str, source: &str| Reason {
        text: text.into(),
        weight: weight.into(),
        source: Some(source.into()),
    };
    view! {
        <Panel title="Indicators">
            <p><Litmus cells=4 word="High"/></p>
            <Reasons reasons=vec![
                reason("More than ten times the yearly threshold", "weighs 4", "EU guidelines for operators, 3.2"),
                reason("Payment in cash offered", "weighs 3", "INCB guidelines, annex 1"),
            ]/>
            <p class="small muted">"Guidance, not a decision. It is sent with the report."</p>
        </Panel>
        <SaveStatus text="Saved 14:02"/>
    }
    .into_any()
}

fn question_errors() -> Vec<FieldError> {
    vec![FieldError::new("delivery.place", "Choose where the goods should go, or “Not known”")]
}

fn question_page(errors: Vec<FieldError>) -> AnyView {
    let message = error_of(&errors, "delivery.place");
    let chosen = errors.is_empty();
    let other =
        view! { <TextField name="delivery.address" label="Address" hint="Street, town, postcode" autocomplete="off"/> }
            .into_any();
    view! {
        <QuestionFrame title="Where should the goods be delivered?" back_href="/c" caption="Report draft, part 3 of 7: The other party" step=Some((3, 7)) hint="As the customer said it, even if you doubt it." errors aside=indicator_panel() aside_label="Indicators">
            <form class="stack" method="post" action="/q" novalidate=true>
                <Choices
                    name="delivery.place"
                    legend="Where should the goods be delivered?"
                    legend_hidden=true
                    error=message
                    options=vec![
                        Choice::new("file", "The customer's address on file").hint("Hafenstraße 12, 1020 Wien"),
                        Choice::new("forwarder", "A freight forwarder"),
                        Choice::new("other", "Another address").checked(chosen).reveals(other),
                        Choice::new("unknown", "Not known").after("or"),
                    ]
                />
                <ButtonRow><Button label="Save and continue"/><Button label="Save and exit" kind=ButtonKind::Quiet name="then" value="exit"/></ButtonRow>
            </form>
        </QuestionFrame>
    }
    .into_any()
}

fn fields_page(wrong: bool) -> AnyView {
    let errors = if wrong {
        vec![
            FieldError::new("cas", "Check the CAS number: its last digit should be 7"),
            FieldError::new("quantity", "Enter the quantity with a figure, like 2 t or 20 drums of 25 l"),
            FieldError::new("date", "Enter a date that exists"),
            FieldError::new("why", "Shorten the text to 4000 characters"),
        ]
    } else {
        Vec::new()
    };
    let units = vec![SelectOption::new("kg", "kg"), SelectOption::new("l", "l"), SelectOption::new("t", "t")];
    let countries = vec![SelectOption::new("AT", "Austria"), SelectOption::new("BE", "Belgium")];
    view! {
        <QuestionFrame title="Substance and quantity" back_href="/c" errors=errors.clone()>
            <form class="stack" method="post" action="/f" novalidate=true>
                <TextField name="cas" label="CAS number" hint="On the safety data sheet, section 3." code=true width=Width::Medium value="108-24-1" error=error_of(&errors, "cas") list="cas-list"/>
                <Suggestions id="cas-list" values=vec!["108-24-7".into(), "67-64-1".into()]/>
                <QuantityField name="quantity" unit_name="unit" label="Quantity" units hint="As it was said: “20 drums of 25 l” is fine." value="20 drums of 25" unit="l" read_as="500 l" error=error_of(&errors, "quantity")/>
                <SelectField name="country" label="Country" options=countries value="XX" optional=true width=Width::Long/>
                <DateField name="noticed" label="When did you notice?" hint="For example 23 11 2026" value="23 11 2026"/>
                <DateParts name="date" legend="Delivery date" values=["31".into(), "2".into(), "2026".into()] error=error_of(&errors, "date")/>
                <FieldGroup legend="Contact" hint="Whom the authority may call." row=true>
                    <TextField name="contact.name" label="Name" autocomplete="name"/>
                    <TextField name="contact.phone" label="Telephone" kind="tel" autocomplete="tel" optional=true/>
                </FieldGroup>
                <TextField name="price" label="Price" prefix="EUR" suffix="per t" inputmode="decimal" width=Width::Medium/>
                <TextArea name="why" label="Why does it look suspicious?" value="\nTwo lines\nand a third" limit=4000 error=error_of(&errors, "why")/>
                <Choices name="signs" legend="Which of these did you notice?" many=true hint="Tick all that apply." options=vec![Choice::new("cash", "Payment in cash").checked(true), Choice::new("urgent", "Unusual hurry").hint("Wants it before papers can be checked")]/>
                <Choices name="again" legend="Has the customer ordered before?" inline=true options=vec![Choice::new("yes", "Yes").checked(true), Choice::new("no", "No")]/>
                <Checkbox name="declare" label="What I have written is true as far as I know." checked=true/>
                <ButtonRow><Button label="Save and continue"/><Button label="Remove" kind=ButtonKind::Danger about="acetic anhydride"/><Button label="Add another" kind=ButtonKind::Secondary/></ButtonRow>
                <SaveStatus text="Saved 14:02"/>
            </form>
            <ComboSample/>
        </QuestionFrame>
    }
    .into_any()
}

/// What the picker island draws, so that its look can be judged here.
#[component]
fn ComboSample() -> impl IntoView {
    view! {
        <div class="field">
            <label class="field__label" for="combo">"Substance"</label>
            <div class="combo">
                <input class="input" id="combo" role="combobox" aria-expanded="true" aria-controls="combo-list" aria-autocomplete="list" value="acet"/>
                <ul class="combo__list" id="combo-list" role="listbox" aria-label="Substances">
                    <li class="combo__option" role="option" aria-selected="true"><span class="combo__name"><mark>"Acet"</mark>"ic anhydride"</span><span class="combo__code" dir="ltr">"108-24-7"</span><span class="combo__note">"Table I"</span></li>
                    <li class="combo__option" role="option" aria-selected="false"><span class="combo__name"><mark>"Acet"</mark>"one"</span><span class="combo__code" dir="ltr">"67-64-1"</span><span class="combo__note">"Table II"</span></li>
                </ul>
            </div>
        </div>
    }
}

fn check_page() -> AnyView {
    view! {
        <FormPage>
            <BackLink href="/c"/>
            <PageTitle title="Check your answers before you send the report" caption="Report draft"/>
            <SummarySection title="What happened">
                <SummaryList rows=vec![
                    SummaryRow::text("Kind", "An enquiry by telephone").change("/1"),
                    SummaryRow::text("When you noticed", "23 Nov 2026, 09:40 CET").change("/2"),
                    SummaryRow::text("In your words", "Caller wanted 2 t \"for leather\".\nCould not name the tannery.").change("/3"),
                ]/>
            </SummarySection>
            <SummarySection title="Substance 1: acetic anhydride" act_href="/rm" act_label="Remove">
                <SummaryList rows=vec![
                    SummaryRow::view("CAS", view! { <Reference code="108-24-7"/> }.into_any()).change("/4"),
                    SummaryRow::text("Concentration", "").change("/5"),
                    SummaryRow::text("Compared with the threshold", "2 000 l; the threshold is 100 l a year"),
                ]/>
            </SummarySection>
            <Callout tone=Tone::Hold title="Do not tell the customer"><p>"Whoever is told that a report was made can warn others. In many countries telling is an offence."</p></Callout>
            <form class="stack" method="post" action="/send" novalidate=true>
                <Checkbox name="true" label="What I have written is true as far as I know."/>
                <ButtonRow><Button label="Send report"/></ButtonRow>
            </form>
        </FormPage>
    }
    .into_any()
}

fn sent_page() -> AnyView {
    view! {
        <FormPage>
            <PrintBlock service="Forerunner" address="https://forerunner.example/en/c/danubia/reports/FR-7K3M-9QTD-X" moment="23 Nov 2026, 14:05 UTC" reference="FR-7K3M-9QTD-X"/>
            <Receipt title="Report sent" reference="FR-7K3M-9QTD-X" moment="23 Nov 2026, 14:03 UTC (15:03 in Vienna)" mark=view! { <ChainMark text="In the log at position 1 204" href="/proof"/> }.into_any()/>
            <h2>"What happens next"</h2>
            <p>"The authority looks at your report by "<Moment text="24 Nov 2026, 15:00 CET" datetime="2026-11-24T14:00:00Z"/>". If it has a question, you get an e-mail without details and find the question here."</p>
            <Callout tone=Tone::Hold title="Do not tell the customer"><p>"Not that you reported, not why an order waits."</p></Callout>
            <UrgentStrip title="Delivery within 48 hours?" text="Call the duty officer." phone="+43 1 555 01 10"/>
            <ButtonRow>
                <LinkButton href="/print" label="Print the record" icon=Icon::Print kind=ButtonKind::Secondary/>
                <LinkButton href="/again" label="Report another like this" kind=ButtonKind::Quiet/>
            </ButtonRow>
        </FormPage>
    }
    .into_any()
}

fn report_label(nested: bool) -> impl IntoView {
    view! {
        <LabelHeader
            kind="Report"
            nested
            title="Acetic anhydride, 2 t, for a tannery nobody knows"
            reference="FR-7K3M-9QTD-X"
            status=view! { <Status shape=Shape::ThreeQuarter word="In review"/> }.into_any()
            fields=vec![
                LabelField::text("Reporter", "Danubia Chemie AG"),
                LabelField::text("Received", "23 Nov 2026, 15:03 CET"),
                LabelField::text("Basis", "Mandatory, Art. 8 (1)"),
                LabelField::text("Officer", "A. Okoye"),
            ]
            foot=view! {
                <Litmus cells=4 word="High" href="/why"/>
                <Deadline due="Due 24 Nov, 15:00 CET" left="2 h left" clock=Clock::Soon gone=Some(84)/>
            }.into_any()
        />
    }
}

fn report_page() -> AnyView {
    let event = |title: &str, time: &str, who: Option<&str>, kind| TimelineItem {
        title: title.into(),
        time: time.into(),
        datetime: "2026-11-23T14:00:00Z".into(),
        who: who.map(Into::into),
        kind,
        is_new: kind == EventKind::Internal,
        body: Part::default(),
    };
    let message = |side, author: &str, text: &str, unread| ThreadMessage {
        side,
        author: author.into(),
        time: "23 Nov 2026, 16:10 CET".into(),
        datetime: "2026-11-23T15:10:00Z".into(),
        text: text.into(),
        unread,
        foot: Part::default(),
    };
    let tab = |label: &str, current, count| Tab { label: label.into(), href: "/t".into(), current, count };
    view! {
        <FormPage>
            {report_label(false)}
            <Tabs label="Parts of the report" tabs=vec![tab("Messages", true, Some(1)), tab("Answers", false, None), tab("Timeline", false, None)]/>
            <h2 id="messages">"Messages"</h2>
            <Thread labelled_by="messages" messages=vec![
                message(Side::Authority, "Competent authority", "Who picked up the drums?\nPlease send the registration number of the lorry.", false),
                message(Side::Reporter, "Adaeze Okonkwo", "A forwarder named in the delivery note. W-48213 K.", true),
            ]/>
            <InternalSheet title="Internal notes">
                <InternalNote author="A. Okoye" time="23 Nov 2026, 16:20 CET" datetime="2026-11-23T15:20:00Z" text="Same telephone number as in FR-2F8A-0001-K."/>
                <form class="stack" method="post" action="/note" novalidate=true><TextArea name="note" label="Add a note" rows=2/><Button label="Add note" kind=ButtonKind::Secondary/></form>
            </InternalSheet>
            <h2 id="timeline">"Timeline"</h2>
            <Timeline labelled_by="timeline" items=vec![
                event("Note added", "23 Nov, 16:20", Some("A. Okoye"), EventKind::Internal),
                event("Question answered", "23 Nov, 16:10", Some("Danubia Chemie AG"), EventKind::Reporter),
                event("Question asked", "23 Nov, 15:40", Some("Competent authority"), EventKind::Authority),
                event("Received and sealed", "23 Nov, 15:03", None, EventKind::System),
            ]/>
        </FormPage>
    }
    .into_any()
}

fn confirm_page() -> AnyView {
    view! {
        <ConfirmPage title="Withdraw this report?" action="/w" confirm="Withdraw report" cancel_href="/c" danger=true>
            <p>"The authority keeps what it has received and sees that you withdrew it, with your reason."</p>
            <TextArea name="reason" label="Reason" rows=3/>
        </ConfirmPage>
        <Dialog id="keys" title="Keys">
            <KeyList caption="On the list" rows=vec![KeyRow { keys: vec!["J".into(), "K".into()], meaning: "Next, previous".into() }]/>
        </Dialog>
    }
    .into_any()
}

fn reports_page() -> AnyView {
    let columns = vec![
        Column::unlabelled("Select"),
        Column::new("Reference"),
        Column::new("Substance").sortable("?sort=s", None),
        Column::numeric("Quantity").sortable("?sort=q", None),
        Column::new("Sent").sortable("?sort=-t", Some(Sorted::Descending)),
        Column::new("State"),
    ];
    let row = |code: &'static str, substance: &'static str, quantity: &'static str, shape, word: &'static str| {
        view! {
            <tr>
                <SelectCell value=code about=code form="bulk"/>
                <th scope="row"><a href="/r"><Reference code/></a></th>
                <td>{substance}</td>
                <td class="num">{quantity}</td>
                <td>"23 Nov 2026"</td>
                <td><Status shape word/></td>
            </tr>
        }
    };
    view! {
        <DeskPage>
            <PageTitle title="Reports" acts=view! { <LinkButton href="/new" label="New report" icon=Icon::NewReport/> }.into_any()/>
            <SearchForm action="/s" label="Search reports" button="Search"/>
            <FilterForm action="/c/reports" open=true>
                <SelectField name="state" label="State" options=vec![SelectOption::new("sent", "Sent")] value="sent"/>
                <SelectField name="substance" label="Substance" blank="Any" options=vec![SelectOption::new("a", "Acetone")]/>
            </FilterForm>
            <Chips chips=vec![Chip { label: "State: sent".into(), remove_href: "?".into() }, Chip { label: "Substance: acetone".into(), remove_href: "?".into() }] clear_href="?"/>
            <ListHead count="312 reports" acts=view! { <DensitySwitch action="/density" compact=false return_to="/c/reports"/> }.into_any()/>
            <DataTable id="reports" caption="Reports" caption_hidden=true columns>
                {row("FR-7K3M-9QTD-X", "Acetic anhydride", "2 000 l", Shape::ThreeQuarter, "In review")}
                {row("FR-2F8A-0001-K", "Acetone", "400 l", Shape::HalfAsked, "Question asked")}
                {row("FR-93BD-77QA-2", "Tablet press", "1", Shape::FullRuled, "Closed")}
                {row("FR-11ZZ-40PP-M", "Ephedrine", "25 kg", Shape::Struck, "Withdrawn")}
            </DataTable>
            <BulkBar form_id="bulk" action="/bulk"><Button label="Export" kind=ButtonKind::Secondary name="act" value="export"/></BulkBar>
            <Pagination previous="?before=1" next="?after=2" text="51 to 100 of 312"/>
        </DeskPage>
    }
    .into_any()
}

fn empty_page() -> AnyView {
    view! {
        <DeskPage>
            <PageTitle title="Reports"/>
            <EmptyState title="No reports yet" act=view! { <LinkButton href="/new" label="Write the first report"/> }.into_any()>
                <p>"Drafts and sent reports will be listed here. "<a href="/help">"What should be reported?"</a></p>
            </EmptyState>
        </DeskPage>
    }
    .into_any()
}

fn desk_page() -> AnyView {
    let row =
        |reference: &str, title: &str, cells, word: &str, due: &str, left: &str, clock, current, unread| QueueRow {
            reference: reference.into(),
            title: title.into(),
            href: "/r".into(),
            preview_href: Some(format!("?sel={reference}")),
            current,
            news: bool::then(unread, || "New: report".into()),
            band: view! { <Litmus cells word=word small=true/> }.into_any().into(),
            clock: view! { <Deadline due left clock/> }.into_any().into(),
            status: view! { <Status shape=Shape::Half word="New"/> }.into_any().into(),
            facts: vec!["Danubia Chemie AG".into(), "Austria".into(), "2 000 l".into()],
            viewers: current.then(|| "Open at: B. Lindqvist".into()),
        };
    let rows = vec![
        row(
            "FR-2F8A-0001-K",
            "Ephedrine, 25 kg, theft from a lorry",
            5,
            "Very high",
            "Due 22 Nov, 18:00 CET",
            "overdue by 20 h",
            Clock::Overdue,
            false,
            true,
        ),
        row(
            "FR-7K3M-9QTD-X",
            "Acetic anhydride, 2 t, for a tannery nobody knows",
            4,
            "High",
            "Due 24 Nov, 15:00 CET",
            "2 h left",
            Clock::Soon,
            true,
            false,
        ),
        row(
            "FR-93BD-77QA-2",
            "Tablet press, offered online",
            2,
            "Medium",
            "Due 27 Nov, 10:00 CET",
            "4 days left",
            Clock::Calm,
            false,
            false,
        ),
        row("FR-11ZZ-40PP-M", "Acetone, 400 l", 0, "None", "Clock stands", "paused", Clock::Paused, false, false),
    ];
    let list = view! {
        <Chips chips=vec![Chip { label: "New".into(), remove_href: "?".into() }] clear_href="?"/>
        <QueueList rows form="desk-bulk"/>
        <BulkBar form_id="desk-bulk" action="/bulk"><Button label="Assign to me" kind=ButtonKind::Secondary key="I"/></BulkBar>
        <Pagination next="?after=9"/>
    }
    .into_any();
    let preview = view! {
        {report_label(true)}
        <ButtonRow>
            <Button label="Accept" key="1"/>
            <Button label="Duplicate" kind=ButtonKind::Secondary key="2"/>
            <Button label="Close" kind=ButtonKind::Secondary key="3"/>
            <Button label="Ask the reporter" kind=ButtonKind::Secondary key="4"/>
        </ButtonRow>
        <Panel title="Shared facts" title_id="shared">
            <Facts labelled_by="shared" facts=vec![("Telephone".into(), view! { "also in " <Reference code="FR-2F8A-0001-K"/> }.into_any()), ("Address".into(), view! { "in no other report" }.into_any())]/>
        </Panel>
    }
    .into_any();
    view! {
        <DeskPage>
            <PageTitle title="Queue"/>
            <SplitView list_label="Reports" list preview empty="Choose a report to see it here."/>
        </DeskPage>
    }
    .into_any()
}

fn admin_page() -> AnyView {
    view! {
        <DeskPage>
            <Banner tone=Tone::Warn title="Mail is written to files" body=view! { <p>"No mail server is configured. Nobody receives anything."</p> }.into_any()/>
            <PageTitle title="Organisations" caption="System"/>
            <SplitView list_label="Applications" list=view! { <p>"Two applications wait."</p> }.into_any() empty="Choose an application to see it here."/>
            <p><Status shape=Shape::Square word="Held since 3 Nov" tone=Tone::Hold/></p>
            <p><Status shape=Shape::Full word="Approved" tone=Tone::Ok/></p>
            <p><Tag text="Demo"/>" "<Sticker text="Joint operation" colour="rust"/>" "<Tag text="Unverified" tone=Tone::Warn/>" "<Tag text="Verified" tone=Tone::Ok/>" "<Tag text="New" tone=Tone::Info/>" "<Tag text="Suspended" tone=Tone::Danger/>" "<Unseen text="five tags"/></p>
            <p><Litmus cells=0 word="None"/></p>
            <p><Litmus cells=1 word="Low"/></p>
            <p><Litmus cells=3 word="Medium"/></p>
            <p><Litmus cells=9 word="Very high"/></p>
            <p><Deadline due="Answered 23 Nov, 11:00 CET" left="in time" clock=Clock::Met gone=Some(40)/></p>
        </DeskPage>
    }
    .into_any()
}

fn spine() -> AnyView {
    let item =
        |icon, label: &str, current, count| NavItem { icon, label: label.into(), href: "/c".into(), current, count };
    let items = vec![
        item(Icon::Overview, "Overview", false, None),
        item(Icon::Report, "Reports", true, Some(1)),
        item(Icon::Customer, "Customers", false, None),
        item(Icon::Assess, "Assess", false, Some(0)),
        item(Icon::Learn, "Learn", false, None),
        item(Icon::Team, "Organisations", false, None),
    ];
    view! { <SpineNav items/> }.into_any()
}

fn page(sample: Sample) -> String {
    let signed_in = sample.signed_in;
    let organisation = if signed_in {
        view! { <OrgSwitch icon=Icon::Company name="Danubia Chemie AG" others=vec![FootLink::new("Danubia Logistics", "/c/2")]/> }.into_any()
    } else {
        view! { <OrgSwitch icon=Icon::Authority name="Austria"/> }.into_any()
    };
    let end = if signed_in {
        view! { <Menu label="Adaeze Okonkwo" icon=Icon::Account><MenuLink label="My account" href="/me"/><MenuAct label="Sign out" action="/out"/></Menu> }.into_any()
    } else {
        view! { <a href="/en/substances">"Substances"</a><LinkButton href="/en/sign-in" label="Sign in" kind=ButtonKind::Secondary/> }.into_any()
    };
    let language = |tag: &str, name: &str, current| LanguageLink {
        tag: tag.into(),
        name: name.into(),
        href: format!("/{tag}/"),
        current,
    };
    let languages =
        vec![language("en", "English", true), language("fr", "Français", false), language("ar", "العربية", false)];
    let footer = view! {
        <PageFooter
            links=vec![FootLink::new("Help", "/h"), FootLink::new("Accessibility", "/a"), FootLink::new("Privacy", "/p")]
            languages=view! { <LanguageRow languages/> }.into_any()
            theme=view! { <ThemeSwitch action="/theme" current=Theme::System return_to="/en/"/> }.into_any()
            imprint="Forerunner 0.1"
        />
    };
    let spine: Part = signed_in.then(spine).into();
    view! {
        <Shell
            header=view! { <ServiceHeader service="Forerunner" home_href="/en/" organisation end/> }.into_any()
            spine
            footer=footer.into_any()
            band=view! { <TrainingBand text="Training data. Nothing on this installation is real and nothing leaves it."/> }.into_any()
        >
            {sample.body}
        </Shell>
    }
    .into_any()
    .to_html()
}

fn rendered() -> Vec<(&'static str, String)> {
    Owner::new().with(|| samples().into_iter().map(|sample| (sample.name, page(sample))).collect())
}

/// Values of an attribute in a page, in order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn gallery_can_be_written() {
    let pages = rendered();
    assert!(pages.len() >= 18);
    let Some(folder) = std::env::var_os("FORERUNNER_GALLERY") else { return };
    let folder = std::path::PathBuf::from(folder);
    for (name, body) in pages {
        let head = "<meta charset=utf-8><meta name=viewport content='width=device-width'><link rel=stylesheet href=style/main.css>";
        let html =
            format!("<!doctype html><html lang=en><head><title>{name}</title>{head}</head><body>{body}</body></html>");
        std::fs::write(folder.join(format!("{name}.html")), html).unwrap();
    }
}

#[test]
fn no_style_attributes() {
    for (name, html) in rendered() {
        assert!(values(&html, "style").is_empty(), "{name} has a style attribute");
    }
}

#[test]
fn ids_are_unique_and_every_pointer_hits() {
    for (name, html) in rendered() {
        let ids = values(&html, "id");
        let unique: BTreeSet<_> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{name}: an id is used twice in {ids:?}");
        let pointers = ["for", "aria-describedby", "aria-labelledby", "aria-controls", "form", "list"];
        let fragments = values(&html, "href").into_iter().filter_map(|href| href.strip_prefix('#'));
        let pointed = pointers.into_iter().flat_map(|pointer| values(&html, pointer)).flat_map(str::split_whitespace);
        for target in pointed.chain(fragments) {
            assert!(unique.contains(target), "{name}: nothing has the id {target}");
        }
    }
}

#[test]
fn each_page_has_one_first_heading() {
    for (name, html) in rendered() {
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
    }
}

#[test]
fn a_text_area_keeps_every_character_and_lets_none_out() {
    let typed = "\n a < b & c </textarea><script>\n";
    let html = Owner::new().with(|| view! { <TextArea name="why" label="Why" value=typed/> }.to_html());
    let inside =
        html.split("<textarea").nth(1).unwrap().split_once('>').unwrap().1.split("</textarea>").next().unwrap();
    assert_eq!(inside, "\n\n a &lt; b &amp; c &lt;/textarea>&lt;script>\n");
}

#[test]
fn values_are_escaped() {
    let html =
        Owner::new().with(|| view! { <TextField name="n" label="N" value="\"><script>alert(1)</script>"/> }.to_html());
    assert!(!html.contains("<script>"), "{html}");
}

#[test]
fn a_stored_value_outside_the_list_stays_chosen() {
    let options = vec![SelectOption::new("AT", "Austria")];
    let html = Owner::new().with(|| view! { <SelectField name="c" label="C" options value="XX"/> }.to_html());
    assert!(html.contains("<option value=\"XX\" selected"), "{html}");
}

#[test]
fn the_litmus_strip_never_lights_more_than_it_has() {
    for (cells, lit) in [(0, 0), (3, 3), (5, 5), (9, 5)] {
        let html = Owner::new().with(|| view! { <Litmus cells word="x"/> }.to_html());
        assert_eq!(html.matches("litmus__cell--").count(), lit);
        assert_eq!(values(&html, "data-lit"), [lit.to_string()]);
    }
}

#[test]
fn field_ids_hold_nothing_that_has_to_be_escaped() {
    for (name, id) in [("substance.1.name", "f-substance-1-name"), ("a[b]", "f-a-b-"), ("ü x", "f---x")] {
        assert_eq!(field_id(name), id);
    }
}
