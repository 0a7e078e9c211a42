// Every page there is, with who looks at it and how to get there. The tests of accessibility and look go through this
// list; a new page gets a row here.

import { expect } from '@playwright/test';

import { choose, fill, follow, leads, press } from './form.ts';
import { DEMO, givePassword } from './people.ts';
import { begin } from './report.ts';
import type { Page } from '@playwright/test';

export interface Look {
  /** What it is called in results and screenshots. */
  name: string;
  /** The address, or the way there. */
  go: string | ((page: Page) => Promise<unknown>);
  /** Whether it is for people who are not to be told of this service. */
  nameless?: boolean;
}

/** Pages by the address of the person who looks at them; `anybody` is nobody who has signed in. */
export const PAGES: Record<string, { who?: string; looks: Look[] }> = {
  anybody: {
    looks: [
      { name: 'start', go: '/en/' },
      { name: 'before-a-report', go: '/en/report/start' },
      { name: 'blank-form', go: '/en/report/blank-form' },
      { name: 'substances', go: '/en/substances' },
      { name: 'substances-found', go: '/en/substances?q=anhydride' },
      { name: 'substances-nothing', go: '/en/substances?q=zzzzqqqq' },
      { name: 'substance', go: '/en/substances/acetic-anhydride' },
      { name: 'substance-check', go: '/en/substances/check' },
      { name: 'duties', go: '/en/duties?substance=acetic-anhydride&country=NL&role=distributor&to=CA' },
      { name: 'duties-wrong', go: '/en/duties?substance=zzzz&country=' },
      { name: 'red-flags', go: '/en/red-flags' },
      { name: 'check-a-customer', go: '/en/check' },
      { name: 'library', go: '/en/library' },
      { name: 'library-nothing', go: '/en/library?kind=form&since=2025' },
      { name: 'library-entry', go: '/en/library/resolution-60-5' },
      { name: 'find', go: '/en/search' },
      { name: 'find-found', go: '/en/search?q=voluntray+partnerships' },
      { name: 'find-substance', go: '/en/search?q=acetic+anhydride' },
      { name: 'find-nothing', go: '/en/search?q=zzzzqqqq' },
      { name: 'statistics', go: '/en/statistics' },
      { name: 'openness', go: '/en/openness' },
      { name: 'notices', go: '/en/notices' },
      { name: 'notices-none', go: '/en/notices?kind=event&severity=urgent' },
      { name: 'notice', go: (page) => first(page, '/en/notices', '.notices__title a[href*="NT-"]') },
      { name: 'notice-event', go: (page) => first(page, '/en/notices?kind=event', '.notices__title a') },
      { name: 'answers', go: '/en/answers' },
      { name: 'help', go: '/en/help' },
      { name: 'learn', go: '/en/learn' },
      { name: 'learn-nothing', go: '/en/learn?for=health&minutes=10' },
      { name: 'learn-module', go: '/en/learn/what-precursors-are' },
      { name: 'learn-page', go: '/en/learn/what-precursors-are/2' },
      { name: 'learn-term', go: (page) => page.goto('/en/learn/what-precursors-are/1').then(() => page.locator('button.term').first().click()) },
      { name: 'learn-print', go: '/en/learn/what-precursors-are/print' },
      { name: 'quiz', go: '/en/learn/what-precursors-are/quiz' },
      { name: 'quiz-wrong', go: (page) => page.goto('/en/learn/what-precursors-are/quiz').then(() => press(page, 'See the result')) },
      { name: 'case', go: '/en/learn/cases/paint-maker' },
      { name: 'case-decided', go: '/en/learn/cases/paint-maker?choice=1' },
      { name: 'glossary', go: '/en/glossary' },
      { name: 'verify-certificate', go: '/en/verify/certificate' },
      { name: 'accessibility', go: '/en/accessibility' },
      { name: 'privacy', go: '/en/privacy' },
      { name: 'status', go: '/en/status' },
      { name: 'verify', go: '/en/verify' },
      { name: 'verify-not-a-receipt', go: notAReceipt },
      { name: 'sign-in', go: '/en/sign-in' },
      { name: 'sign-in-wrong', go: wrongPassword },
      { name: 'sign-in-code', go: afterPassword },
      { name: 'sign-in-recovery', go: (page) => afterPassword(page).then(() => page.goto('/en/sign-in/code?use=recovery')) },
      { name: 'sign-in-code-wrong', go: wrongCode },
      { name: 'forgotten', go: '/en/forgot' },
      { name: 'forgotten-sent', go: '/en/forgot/sent' },
      { name: 'register', go: '/en/register' },
      { name: 'register-wrong', go: (page) => page.goto('/en/register').then(() => press(page, 'Send the application')) },
      { name: 'concern', go: '/en/concern' },
      { name: 'concern-form', go: '/en/concern?country=NL' },
      { name: 'concern-wrong', go: (page) => page.goto('/en/concern?country=NL').then(() => press(page, 'Send the concern')) },
      { name: 'follow-up', go: '/en/follow-up' },
      { name: 'follow-up-wrong', go: (page) => page.goto('/en/follow-up').then(() => press(page, 'Open the mailbox')) },
      { name: 'concern-phrase', go: (page) => concern(page) },
      { name: 'concern-mailbox', go: (page) => concern(page).then((phrase) => mailbox(page, phrase)) },
      { name: 'subscribe', go: '/en/subscribe' },
      { name: 'subscribe-wrong', go: (page) => page.goto('/en/subscribe').then(() => press(page, 'Send the link')) },
      { name: 'subscribe-sent', go: '/en/subscribe/sent' },
      { name: 'unsubscribe-unknown', go: '/en/unsubscribe/0000' },
      { name: 'account-deleted', go: '/en/account-deleted' },
      { name: 'dead-link', go: '/en/link/0000' },
      { name: 'declare-dead-link', go: '/en/declare/0000', nameless: true },
      { name: 'not-found', go: '/en/nowhere' },
    ],
  },
  company: {
    who: DEMO.companyOfficer,
    looks: [
      { name: 'overview', go: '/en/c/meridian/' },
      { name: 'inbox', go: '/en/me/inbox' },
      { name: 'inbox-nothing', go: '/en/me/inbox?topic=learning' },
      { name: 'told', go: '/en/me/told' },
      { name: 'feeds', go: '/en/me/feeds' },
      { name: 'feeds-open', go: (page) => page.goto('/en/me/feeds').then(() => leads(page, () => page.locator('form[action$="/me/feeds"] button').click())) },
      { name: 'address', go: '/en/me/address' },
      { name: 'address-wrong', go: (page) => page.goto('/en/me/address').then(() => press(page, 'Send the link')) },
      { name: 'reports', go: '/en/c/meridian/reports' },
      { name: 'report-new', go: '/en/c/meridian/reports/new' },
      { name: 'report', go: (page) => first(page, '/en/c/meridian/reports', '#reports tbody a') },
      { name: 'report-amend', go: amend },
      { name: 'report-changes', go: (page) => amended(page, '/en/c/meridian') },
      { name: 'tasks', go: (page) => draft(page) },
      { name: 'question-choice', go: (page) => draft(page, 'what/kind') },
      { name: 'question-dates-wrong', go: wrongDate },
      { name: 'question-substance', go: (page) => draft(page, 'substances/name-1') },
      { name: 'question-party', go: (page) => draft(page, 'party/name') },
      { name: 'question-payment', go: (page) => draft(page, 'order/payment') },
      { name: 'question-signs', go: (page) => draft(page, 'why/signs-customer') },
      { name: 'evidence', go: evidence },
      { name: 'check-incomplete', go: (page) => draft(page, 'check') },
      { name: 'quick', go: (page) => begin(page, 'quick') },
      { name: 'associations', go: '/en/c/meridian/associations' },
      { name: 'association-questions', go: '/en/c/meridian/questions' },
      { name: 'consultations', go: '/en/c/meridian/consultations' },
      { name: 'consultation', go: (page) => first(page, '/en/c/meridian/consultations', '#consultations a') },
      { name: 'association-calendar', go: '/en/c/meridian/calendar' },
      { name: 'customers', go: '/en/c/meridian/customers' },
      { name: 'customers-nobody', go: '/en/c/meridian/customers?state=ended&q=0193b0c0ffee7000800000000000dead' },
      { name: 'customer', go: (page) => customer(page) },
      { name: 'customer-new-wrong', go: (page) => page.goto('/en/c/meridian/customers/new').then(() => press(page, 'Add the customer')) },
      { name: 'customer-owner', go: (page) => customer(page).then(() => follow(page, 'Add: Owner')) },
      { name: 'customer-history', go: (page) => customer(page).then(() => follow(page, 'History')) },
      { name: 'customer-version', go: (page) => customer(page, '#history tbody a', '/history') },
      { name: 'customer-document', go: (page) => customer(page, '#papers tbody th a') },
      { name: 'customer-document-new', go: (page) => customer(page).then(() => follow(page, 'Add a document')) },
      { name: 'customers-due', go: '/en/c/meridian/customers/due' },
      { name: 'hits', go: '/en/c/meridian/hits?state=all' },
      { name: 'hits-nothing', go: '/en/c/meridian/hits?state=gone' },
      { name: 'hit', go: (page) => first(page, '/en/c/meridian/hits?state=all', '#hits tbody th a') },
      { name: 'hit-wrong', go: (page) => first(page, '/en/c/meridian/hits', '#hits tbody th a').then(() => press(page, 'Decide')) },
      { name: 'customer-known', go: (page) => customer(page).then(() => follow(page, 'What did we know on a day?')) },
      { name: 'customer-hits', go: (page) => first(page, '/en/c/meridian/hits', '#hits tbody td a') },
      { name: 'declaration-shapes', go: (page) => customer(page).then(() => follow(page, 'Ask for a declaration')) },
      { name: 'declaration-new', go: (page) => customer(page).then(() => page.goto(`${page.url()}/declarations/new/ca-end-use`)) },
      { name: 'declaration-new-wrong', go: (page) => customer(page).then(() => page.goto(`${page.url()}/declarations/new/eu-several`)).then(() => press(page, 'Go on')) },
      { name: 'declaration', go: (page) => declaration(page, 'Rheintal Chemie GmbH') },
      { name: 'declaration-to-check', go: (page) => declaration(page, 'Apotheek Groothandel Oost B.V.') },
      { name: 'declaration-used-up', go: (page) => declaration(page, 'Zakłady Chemiczne Wisła Sp. z o.o.') },
      { name: 'declaration-opened', go: (page) => declaration(page, 'Универсал Лаб ООО') },
      { name: 'customer-decision', go: (page) => customer(page).then(() => follow(page, 'Decide')) },
      {
        name: 'customer-decision-wrong',
        go: (page) => customer(page).then(() => follow(page, 'Decide')).then(() => press(page, 'See what it comes to')),
      },
      { name: 'imports', go: '/en/c/meridian/imports' },
      { name: 'imports-wrong', go: (page) => page.goto('/en/c/meridian/imports').then(() => press(page, 'Read the file')) },
      { name: 'assess', go: '/en/c/meridian/assess' },
      { name: 'assess-result', go: (page) => assessed(page) },
      { name: 'screen', go: '/en/c/meridian/screen' },
      { name: 'screen-wrong', go: (page) => page.goto('/en/c/meridian/screen').then(() => press(page, 'Check the lists')) },
      { name: 'check', go: (page) => first(page, '/en/c/meridian/screen', '#checks tr:last-child a') },
      { name: 'shared-lists', go: '/en/c/meridian/shared-lists' },
      { name: 'check-nobody', go: (page) => first(page, '/en/c/meridian/screen', '#checks a') },
      { name: 'advice', go: '/en/c/meridian/advice' },
      { name: 'advice-new', go: (page) => customer(page).then(() => follow(page, 'Ask the authority about a sale')) },
      { name: 'advice-wrong', go: (page) => page.goto('/en/c/meridian/advice/new').then(() => press(page, 'Save and look at it')) },
      { name: 'advice-unsent', go: (page) => first(page, '/en/c/meridian/advice', '#advice tbody tr:first-child a') },
      { name: 'advice-question', go: (page) => first(page, '/en/c/meridian/advice', '#advice tbody tr:last-child a') },
      { name: 'wordings', go: '/en/c/meridian/wordings' },
      { name: 'wordings-none', go: '/en/c/meridian/wordings?q=zzzz' },
      { name: 'licences', go: '/en/c/meridian/licences' },
      { name: 'licence-asked', go: (page) => first(page, '/en/c/meridian/licences', '#requests tbody a') },
      { name: 'licence-answered', go: (page) => first(page, '/en/c/meridian/licences', '#requests tr:last-child a') },
      { name: 'licence-ask-wrong', go: (page) => page.goto('/en/c/meridian/licences/new').then(() => press(page, 'Ask the authority')) },
      { name: 'notices', go: '/en/c/meridian/notices' },
      { name: 'notice', go: (page) => first(page, '/en/c/meridian/notices?kind=law_change', '.notices__title a') },
      { name: 'me', go: '/en/me' },
      { name: 'my-learning', go: '/en/me/learning' },
      { name: 'quiz-result', go: '/en/learn/what-precursors-are/result' },
      { name: 'go', go: '/en/go' },
      { name: 'kept-nothing', go: '/en/kept' },
      { name: 'factor-setting-up', go: '/en/me/factor' },
    ],
  },
  companyAdmin: {
    who: DEMO.companyAdmin,
    looks: [
      { name: 'team', go: '/en/c/meridian/team' },
      { name: 'inspection', go: '/en/c/meridian/inspection' },
      { name: 'learning', go: '/en/c/meridian/learning' },
      { name: 'learning-wrong', go: (page) => page.goto('/en/c/meridian/learning').then(() => press(page, 'Assign it')) },
      { name: 'factor', go: '/en/me/factor' },
      { name: 'factor-codes', go: '/en/me/factor/codes' },
      { name: 'team-role', go: '/en/c/meridian/team/roles/company_officer' },
      { name: 'team-remove', go: (page) => first(page, '/en/c/meridian/team', '#members a[href$="/end"]') },
      { name: 'log', go: '/en/c/meridian/log' },
      { name: 'log-wrong', go: '/en/c/meridian/log?from=31+February+2026&report=FR-0000' },
      { name: 'log-check', go: '/en/c/meridian/log/check' },
    ],
  },
  applicant: { who: DEMO.applicant, looks: [{ name: 'application', go: '/en/c/titration/application' }] },
  refused: { who: DEMO.refused, looks: [{ name: 'application-refused', go: '/en/c/quickpress/application' }] },
  authority: {
    who: DEMO.supervisor,
    looks: [
      { name: 'readers', go: '/en/a/pco-nl/readers' },
      { name: 'readers-none', go: '/en/a/pco-nl/readers?audience=platforms&trust=3' },
      { name: 'reader', go: (page) => first(page, '/en/a/pco-nl/readers', '#readers tbody a') },
      { name: 'reader-wrong', go: (page) => first(page, '/en/a/pco-nl/readers', '#readers tbody a').then(() => press(page, 'Set the level')) },
      { name: 'overview', go: '/en/a/pco-nl/' },
      { name: 'queue', go: '/en/a/pco-nl/queue' },
      { name: 'queue-preview', go: (page) => first(page, '/en/a/pco-nl/queue', '[data-queue] a[href*="sel="]') },
      { name: 'queue-news', go: '/en/a/pco-nl/queue?view=news' },
      { name: 'queue-closed', go: '/en/a/pco-nl/queue?view=closed' },
      { name: 'queue-aside', go: '/en/a/pco-nl/queue?view=aside' },
      { name: 'queue-nothing', go: '/en/a/pco-nl/queue?substance=ephedrine&band=green&overdue=yes' },
      { name: 'advice', go: '/en/a/pco-nl/advice' },
      { name: 'advice-done', go: '/en/a/pco-nl/advice?view=done' },
      { name: 'advice-one', go: (page) => first(page, '/en/a/pco-nl/advice', '.queue__title a') },
      { name: 'notices', go: '/en/a/pco-nl/notices' },
      { name: 'notice-review', go: (page) => first(page, '/en/a/pco-nl/notices?state=review', '#own-notices tbody a') },
      { name: 'notice-published', go: (page) => first(page, '/en/a/pco-nl/notices?state=published', '#own-notices tbody a') },
      { name: 'notice-acknowledgements', go: (page) => noticeAcknowledgements(page, '/en/a/pco-nl/notices') },
      { name: 'notice-draft', go: (page) => first(page, '/en/a/pco-nl/notices?state=draft', '#own-notices tbody a') },
      { name: 'notice-edit', go: (page) => first(page, '/en/a/pco-nl/notices?state=draft', '#own-notices tbody a').then(() => follow(page, 'Edit')) },
      { name: 'notice-preview', go: noticePreview },
      { name: 'approvals', go: '/en/a/pco-nl/approvals' },
      { name: 'approval', go: (page) => first(page, '/en/a/pco-nl/approvals', '#waiting tbody a') },
      { name: 'approval-wrong', go: (page) => first(page, '/en/a/pco-nl/approvals', '#waiting tbody a').then(() => press(page, 'Send back')) },
      { name: 'handover', go: '/en/a/pco-nl/handover' },
      { name: 'report', go: (page) => first(page, '/en/a/pco-nl/queue', '.queue__title a') },
      { name: 'report-changes', go: (page) => amended(page, '/en/a/pco-nl') },
      { name: 'report-close-wrong', go: closeWithoutReason },
      { name: 'search', go: '/en/a/pco-nl/search' },
      { name: 'search-found', go: (page) => search(page, 'orchid bay') },
      { name: 'search-mistyped', go: (page) => search(page, 'acetoen') },
      { name: 'figures', go: '/en/a/pco-nl/figures' },
      { name: 'duty', go: '/en/a/pco-nl/duty' },
      { name: 'phone', go: '/en/a/pco-nl/phone' },
      { name: 'keys', go: '/en/a/pco-nl/keys' },
      { name: 'concerns', go: '/en/a/pco-nl/concerns' },
      { name: 'labels', go: '/en/a/pco-nl/labels' },
      { name: 'labels-wrong', go: (page) => page.goto('/en/a/pco-nl/labels').then(() => press(page, 'Add the label')) },
      { name: 'label', go: (page) => first(page, '/en/a/pco-nl/labels', '#labels tbody a') },
      { name: 'views', go: '/en/a/pco-nl/views?band=red' },
      { name: 'go', go: '/en/go' },
      { name: 'go-wrong', go: '/en/go?to=FR-0000' },
      { name: 'selection', go: (page) => selection(page, 'close') },
      { name: 'selection-labels', go: (page) => selection(page, 'label') },
      { name: 'selection-none', go: '/en/a/pco-nl/selection?act=assign' },
      { name: 'macros', go: '/en/a/pco-nl/macros' },
      { name: 'macro', go: (page) => first(page, '/en/a/pco-nl/macros', '#macros tbody a') },
      { name: 'label-remove', go: (page) => first(page, '/en/a/pco-nl/labels', '#labels tbody a').then(() => follow(page, 'Remove the label')) },
      { name: 'organisations', go: '/en/a/pco-nl/organisations' },
      { name: 'organisation', go: '/en/a/pco-nl/organisations/titration' },
      { name: 'organisation-suspended', go: '/en/a/pco-nl/organisations/kustlijn' },
      { name: 'organisation-refuse', go: '/en/a/pco-nl/organisations/titration/refuse' },
      { name: 'team', go: '/en/a/pco-nl/team' },
      { name: 'log', go: '/en/a/pco-nl/log' },
      { name: 'reference', go: '/en/a/pco-nl/reference' },
      { name: 'reference-kind', go: '/en/a/pco-nl/reference/deadlines' },
      { name: 'reference-indicators', go: '/en/a/pco-nl/reference/indicators' },
      { name: 'reference-version', go: '/en/a/pco-nl/reference/deadlines/versions/1' },
      { name: 'reference-to-approve', go: '/en/a/pco-nl/reference/deadlines/change' },
      { name: 'break-glass', go: '/en/a/pco-nl/break-glass' },
      { name: 'associations', go: '/en/a/pco-nl/associations' },
      { name: 'association-answer', go: (page) => first(page, '/en/a/pco-nl/associations', '#decided a, #to-sign a') },
      { name: 'screen', go: '/en/a/pco-nl/screen' },
      { name: 'check', go: (page) => first(page, '/en/a/pco-nl/screen', '#checks tbody a') },
      { name: 'licences', go: '/en/a/pco-nl/licences' },
      { name: 'licences-nothing', go: '/en/a/pco-nl/licences?standing=ahead' },
      { name: 'permits', go: '/en/a/pco-nl/licences?sort=permit' },
      { name: 'licence', go: (page) => first(page, '/en/a/pco-nl/licences?standing=suspended', '#licences tbody a') },
      { name: 'licence-check', go: licenceCheck },
      { name: 'licence-edit', go: (page) => first(page, '/en/a/pco-nl/licences', '#licences tbody a').then(() => follow(page, 'Change')) },
      { name: 'licence-new-wrong', go: (page) => page.goto('/en/a/pco-nl/licences/new').then(() => press(page, 'Add to the register')) },
      { name: 'permit-new', go: '/en/a/pco-nl/licences/new?sort=permit' },
      { name: 'licence-version', go: (page) => first(page, '/en/a/pco-nl/licences', '#licences tbody a').then(() => page.locator('#history tbody a').first().click()) },
      { name: 'licence-files', go: '/en/a/pco-nl/licence-files' },
      { name: 'licence-file', go: licenceFile },
      { name: 'licence-requests', go: '/en/a/pco-nl/licence-requests' },
      { name: 'licence-request', go: (page) => first(page, '/en/a/pco-nl/licence-requests', '.queue__title a') },
      { name: 'licence-request-answered', go: (page) => first(page, '/en/a/pco-nl/licence-requests?state=answered', '.queue__title a') },
    ],
  },
  authorityAdmin: {
    who: DEMO.authorityAdmin,
    looks: [{ name: 'team-factor', go: (page) => first(page, '/en/a/pco-nl/team', '#members a[href$="/factor"]') }],
  },
  association: {
    who: DEMO.association,
    looks: [
      { name: 'overview', go: '/en/n/chemtrade-assoc/' },
      { name: 'notices', go: '/en/n/chemtrade-assoc/notices' },
      { name: 'notice-acknowledgements', go: (page) => noticeAcknowledgements(page, '/en/n/chemtrade-assoc/notices') },
      { name: 'notice-withdrawn', go: (page) => first(page, '/en/n/chemtrade-assoc/notices?state=withdrawn', '#own-notices tbody a') },
      { name: 'notices-adapt-wrong', go: (page) => adaptNothing(page) },
      { name: 'notice-with-the-authority', go: (page) => first(page, '/en/n/chemtrade-assoc/notices?state=approval', '#own-notices tbody a') },
      { name: 'notice-adapted', go: (page) => first(page, '/en/n/chemtrade-assoc/notices?state=draft', '#own-notices tbody a') },
      { name: 'lists', go: '/en/n/chemtrade-assoc/lists' },
      { name: 'lists-wrong', go: (page) => page.goto('/en/n/chemtrade-assoc/lists').then(() => press(page, 'Load the list')) },
      { name: 'list', go: (page) => first(page, '/en/n/chemtrade-assoc/lists', '#lists a') },
      { name: 'concerns', go: '/en/n/chemtrade-assoc/concerns' },
      { name: 'concern-new', go: '/en/n/chemtrade-assoc/concerns/new?country=NL' },
      { name: 'concern-passed', go: (page) => first(page, '/en/n/chemtrade-assoc/concerns', '#concerns tbody a') },
      { name: 'members', go: '/en/n/chemtrade-assoc/members' },
      { name: 'members-wrong', go: (page) => page.goto('/en/n/chemtrade-assoc/members').then(() => press(page, 'Send the invitation')) },
      { name: 'member-questions', go: '/en/n/chemtrade-assoc/questions' },
      { name: 'member-question', go: (page) => first(page, '/en/n/chemtrade-assoc/questions', '#questions a') },
      { name: 'consultations', go: '/en/n/chemtrade-assoc/consultations' },
      { name: 'consultation', go: (page) => first(page, '/en/n/chemtrade-assoc/consultations', '#consultations a') },
      { name: 'calendar', go: '/en/n/chemtrade-assoc/calendar' },
      { name: 'sector', go: '/en/n/chemtrade-assoc/sector' },
    ],
  },
  subEditor: {
    who: DEMO.associationSubEditor,
    looks: [{ name: 'overview', go: '/en/n/chemtrade-assoc/' }],
  },
  system: {
    who: DEMO.system,
    looks: [
      { name: 'overview', go: '/en/s/installation/' },
      { name: 'organisations', go: '/en/s/installation/organisations' },
      { name: 'new-authority', go: '/en/s/installation/organisations/new-authority' },
      { name: 'new-association', go: '/en/s/installation/organisations/new-association' },
      { name: 'organisation-suspend', go: '/en/s/installation/organisations/pco-ca/suspend' },
      { name: 'mail', go: '/en/s/installation/mail' },
      { name: 'rescues', go: '/en/s/installation/rescues' },
      { name: 'reference', go: '/en/s/installation/reference' },
      { name: 'reference-law', go: '/en/s/installation/reference/deadlines?table=report' },
      { name: 'reference-substances', go: '/en/s/installation/reference/substances?q=anhydride' },
      { name: 'reference-library', go: '/en/s/installation/reference/library' },
      { name: 'reference-holidays', go: '/en/s/installation/reference/calendars?table=holiday&q=NL' },
      { name: 'reference-change', go: (page) => referenceChange(page, 'change') },
      { name: 'reference-row', go: (page) => referenceChange(page, 'change/reason/1') },
      { name: 'reference-row-wrong', go: (page) => referenceChange(page, 'change/reason/new').then(() => press(page, 'Save the row')) },
      { name: 'reference-import', go: (page) => referenceChange(page, 'change/import') },
      { name: 'lists', go: '/en/s/installation/lists' },
      { name: 'lists-wrong', go: (page) => page.goto('/en/s/installation/lists').then(() => press(page, 'Load the file')) },
      { name: 'list', go: '/en/s/installation/lists/demo-watch' },
      { name: 'list-version', go: '/en/s/installation/lists/demo-watch/versions/1' },
      { name: 'list-activate', go: '/en/s/installation/lists/demo-watch/versions/1/activate' },
      { name: 'state', go: '/en/s/installation/state' },
      { name: 'break-glass', go: '/en/s/installation/break-glass' },
      { name: 'break-glass-one', go: (page) => first(page, '/en/s/installation/break-glass', '#break-glass tbody a') },
    ],
  },
};

/** Goes to a page of the list. */
export async function visit(page: Page, look: Look): Promise<void> {
  if (typeof look.go === 'string') await page.goto(look.go);
  else await look.go(page);
}

/** Sends a concern; the words of its phrase. */
export async function concern(page: Page, story = 'Drums leave the yard at night.'): Promise<string> {
  await page.goto('/en/concern?country=NL');
  await fill(page, { 'What worries you?': story });
  await press(page, 'Send the concern');
  await expect(page.locator('#phrase-words li')).toHaveCount(12);
  return (await page.locator('#phrase-words li').allInnerTexts()).join(' ');
}

/** Opens the mailbox of a phrase. */
export async function mailbox(page: Page, phrase: string): Promise<void> {
  await page.goto('/en/follow-up');
  await fill(page, { 'Your phrase': phrase });
  await press(page, 'Open the mailbox');
}

/** The form that adapts a notice, without a notice. */
async function adaptNothing(page: Page): Promise<void> {
  await page.goto('/en/n/chemtrade-assoc/notices');
  await page.locator('summary', { hasText: 'Adapt a notice of an authority' }).click();
  await press(page, 'Adapt');
}

async function first(page: Page, list: string, link: string): Promise<void> {
  await page.goto(list);
  const href = await page.locator(link).first().getAttribute('href');
  await page.goto(href ?? `no ${link} on ${list}`);
}

/** The demo's customer with owners and documents; with a link, what it leads to from there. */
async function customer(page: Page, link = '', room = ''): Promise<void> {
  await page.goto('/en/c/meridian/customers');
  const href = await page.getByRole('link', { name: 'Noorderlicht Coatings B.V.' }).getAttribute('href');
  const file = href ?? 'no such customer';
  if (link) await first(page, `${file}${room}`, link);
  else await page.goto(file);
}

/** A planned sale with much that is odd, assessed. */
async function assessed(page: Page): Promise<void> {
  await page.goto('/en/c/meridian/assess');
  await fill(page, { 'Name of the substance or product': 'Acetic anhydride', Quantity: '99 l', 'Name of the company or person': 'Brightwater Café' });
  await page.getByLabel('What kind of place is it?').selectOption('A post box or mailbox shop');
  await fill(page, { 'Country of destination': 'Canada' });
  await page.getByLabel('Line of business (ISIC or NACE)').selectOption('56');
  await press(page, 'Assess');
}

/** The last declaration of one of the demo's customers. */
async function declaration(page: Page, name: string): Promise<void> {
  await page.goto('/en/c/meridian/customers');
  const href = await page.getByRole('link', { name, exact: true }).getAttribute('href');
  await first(page, href ?? 'no such customer', '#declared tbody a');
}

/** The list of tasks of the draft that a browser's pages share. */
const drafts = new WeakMap<Page, string>();

/** A draft of an order of chemicals, at one of its pages. */
export async function draft(page: Page, at = ''): Promise<void> {
  const tasks = drafts.get(page) ?? (await newDraft(page));
  drafts.set(page, tasks);
  await page.goto(at ? `${tasks}/${at}` : tasks);
}

async function newDraft(page: Page): Promise<string> {
  await page.goto('/en/c/meridian/');
  await begin(page, 'full');
  const tasks = page.url();
  await page.goto(`${tasks}/what/kind`);
  await choose(page, 'Someone placed an order');
  await press(page, 'Save and exit');
  await page.goto(`${tasks}/substances/involved`);
  await choose(page, 'Chemicals, medicines or mixtures');
  await press(page, 'Save and exit');
  return tasks;
}

/** The draft of the demo as readers would see it. */
/** The demo has one notice of each organisation that asks to be acknowledged. */
async function noticeAcknowledgements(page: Page, list: string): Promise<void> {
  await page.goto(`${list}?state=published`);
  await follow(page, list.includes('/n/') ? 'What members agreed about telephone orders' : 'New form for the declaration of use from January');
  await follow(page, 'Acknowledgements');
}

async function noticePreview(page: Page): Promise<void> {
  await first(page, '/en/a/pco-nl/notices?state=draft', '#own-notices tbody a');
  await follow(page, 'Edit');
  await page.getByRole('button', { name: 'Show a preview' }).first().click();
  await page.getByRole('region', { name: 'Dark' }).waitFor();
}

/** A draft with two files, and one that was not taken. */
async function evidence(page: Page): Promise<void> {
  await draft(page, 'evidence');
  const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
  const files = [file('Order of May.txt', 'Two drums.'), file('List of drums.csv', '1;200'), file('drawing.svg', '<svg/>')];
  await page.getByLabel('Files', { exact: true }).setInputFiles(files);
  await page.getByRole('button', { name: 'Add the files' }).click();
  await page.getByText(/drawing\.svg: files of this kind/).first().waitFor();
  await page.locator('.evidence__name').nth(1).waitFor();
}

async function wrongDate(page: Page): Promise<void> {
  await draft(page, 'what/when');
  await fill(page.getByRole('group', { name: /become aware/ }), { Day: '31 February 2026' });
  await press(page, 'Save and continue');
}

/** An amendment at its check page, with one answer changed. */
async function amend(page: Page): Promise<void> {
  await page.goto(`${await amendedReport(page, '/en/c/meridian')}`);
  await press(page, 'Amend this report');
  const tasks = page.url();
  await page.goto(`${tasks}/did/steps`);
  await fill(page, { 'What else have you done?': 'We kept the pictures of the gate.' });
  await press(page, 'Save and exit');
  await page.goto(`${tasks}/check`);
}

/** What the demo's amended report changed. */
async function amended(page: Page, at: string): Promise<void> {
  await page.goto(`${await amendedReport(page, at)}/changes`);
}

async function amendedReport(page: Page, at: string): Promise<string> {
  const list = at.startsWith('/en/c/') ? `${at}/reports` : `${at}/queue`;
  await page.goto(list);
  const row = page.locator('tr, .queue__row', { hasText: 'Acetone, 800 l' }).first();
  const href = await row.locator('a[href*="/reports/"]').first().getAttribute('href');
  return (href ?? `no amended report on ${list}`).split('?')[0] ?? '';
}

/** A file for the register with a row that is wrong, after the worker has tried it. */
async function licenceFile(page: Page): Promise<void> {
  await page.goto('/en/a/pco-nl/licence-files');
  await choose(page, 'Licence');
  const buffer = Buffer.from('number,holder,country,valid_from,substances\n,Nobody,NL,2024-01-01,Toluene | use\n');
  await page.getByLabel('File').setInputFiles({ name: 'register.csv', mimeType: 'text/csv', buffer });
  await press(page, 'Try the file');
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('heading', { name: 'What would happen' })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 15_000 });
}

/** What a licence of the demo covers. */
async function licenceCheck(page: Page): Promise<void> {
  await first(page, '/en/a/pco-nl/licences', '#licences tbody a');
  await page.goto(`${page.url()}?substance=Acetone&activity=export`);
}

/** A page of a change of the reason codes, which is begun if there is none. */
async function referenceChange(page: Page, at: string): Promise<void> {
  const kind = '/en/s/installation/reference/reasons';
  await page.goto(kind);
  const begin = page.getByRole('button', { name: 'Propose a change' });
  if (await begin.isVisible()) await press(page, 'Propose a change');
  await page.goto(`${kind}/${at}`);
}

/** The page that says what will happen to the first three reports of the queue. */
async function selection(page: Page, act: string): Promise<void> {
  await page.goto('/en/a/pco-nl/queue');
  const rows = page.locator('[data-row]');
  const chosen: string[] = [];
  for (let n = 0; n < 3; n += 1) chosen.push((await rows.nth(n).getAttribute('data-row')) ?? '');
  await page.goto(`/en/a/pco-nl/selection?act=${act}${chosen.map((one) => `&selected=${one}`).join('')}`);
}

async function search(page: Page, words: string): Promise<void> {
  await page.goto('/en/a/pco-nl/search');
  await fill(page, { 'Words, names or a reference': words });
  await press(page, 'Search');
}

async function wrongPassword(page: Page): Promise<void> {
  await page.goto('/en/sign-in');
  await givePassword(page, 'nobody@nowhere.example', 'this is not the password');
}

async function afterPassword(page: Page): Promise<void> {
  await page.goto('/en/sign-in');
  await givePassword(page, DEMO.supervisor);
}

async function wrongCode(page: Page): Promise<void> {
  await afterPassword(page);
  await fill(page, { Code: 'twelve' });
  await press(page, 'Sign in');
}

async function notAReceipt(page: Page): Promise<void> {
  await page.goto('/en/verify');
  await fill(page, { 'Text of the receipt': 'Dear Sir or Madam' });
  await page.getByRole('button', { name: 'Check the receipt' }).click();
  await expect(page.getByRole('status')).toContainText('This is not a receipt');
}

async function closeWithoutReason(page: Page): Promise<void> {
  await first(page, '/en/a/pco-nl/queue', '.queue__title a');
  await page.locator('[data-act=close] > summary').click();
  await leads(page, () => page.locator('[data-act=close]').getByRole('button', { name: 'Close the report' }).click());
}

